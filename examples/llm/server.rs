//! A server of chat completions whose model is a parrot, and what it reports of its answers.

use std::convert::Infallible;
use std::io;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::sse::{Event, Sse};
use axum::routing::post;
use axum::{Json, Router};
use futures::Stream;
use gen_runtime::prelude::*;
use serde::Deserialize;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::sleep;

type Reports = UnboundedSender<&'static str>;

/// A running server.
pub struct Server {
    reports: UnboundedReceiver<&'static str>,
}

impl Server {
    /// Starts a server on a free port of loopback, and gives its address.
    pub async fn start() -> io::Result<(Self, String)> {
        let (sender, reports) = unbounded_channel();
        let app = Router::new().route("/v1/chat/completions", post(completions)).with_state(sender);
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let base = format!("http://{}", listener.local_addr()?);
        tokio::spawn(axum::serve(listener, app).into_future());
        Ok((Self { reports }, base))
    }

    /// Waits for the end of an answer.
    pub async fn next_report(&mut self) -> &'static str {
        self.reports.recv().await.expect("the server runs as long as the program")
    }
}

#[derive(Deserialize)]
struct Request {
    messages: Vec<Message>,
    max_tokens: Option<u32>,
}

#[derive(Deserialize)]
struct Message {
    content: String,
}

async fn completions(
    State(reports): State<Reports>,
    Json(request): Json<Request>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, StatusCode> {
    let prompt = request.messages.into_iter().last().map(|message| message.content);
    let prompt = prompt.filter(|prompt| !prompt.is_empty()).ok_or(StatusCode::BAD_REQUEST)?;
    // When the client goes away, axum drops the answer: then its cleanup runs on the runtime.
    Ok(Sse::new(answer(prompt, request.max_tokens, reports).close_on_drop_tokio()))
}

/// Repeats the prompt, for ever if there is no limit: first the role, then tokens, then the reason to
/// stop, each in an event of its own.
#[async_generator]
async fn answer(
    prompt: String,
    max_tokens: Option<u32>,
    reports: Reports,
) -> Result<Event, Infallible> {
    let event = |delta, reason: Option<&str>| {
        let choice = json!({ "index": 0, "delta": delta, "finish_reason": reason });
        let chunk = json!({ "object": "chat.completion.chunk", "choices": [choice] });
        Ok(Event::default().data(chunk.to_string()))
    };
    let mut report = "cancelled, the model is free";
    defer! { reports.send(report).ok(); }

    yield_!(event(json!({ "role": "assistant" }), None));
    let mut left = max_tokens;
    for letter in prompt.chars().cycle() {
        if left == Some(0) {
            break;
        }
        left = left.map(|left| left - 1);
        // It takes its time to think.
        sleep(Duration::from_millis(1)).await;
        yield_!(event(json!({ "content": letter }), None));
    }
    yield_!(event(json!({}), Some("length")));
    // Who has read this may hang up at once.
    report = "answered to the end";
    yield_!(Ok(Event::default().data("[DONE]")));
}
