//! A server of measurements, a page that plots them, and what the server reports of its clients.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, Sse};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use futures::Stream;
use gen_runtime::prelude::*;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::time::interval;

const PAGE: &str = include_str!("plot.html");
/// How many samples the recording has.
const RECORDED: u32 = 7;

/// A running server.
pub struct Server {
    reports: Receiver<String>,
}

#[derive(Clone)]
struct Clients {
    came: Arc<AtomicU32>,
    reports: Sender<String>,
}

impl Server {
    /// Starts a server on a free port of loopback, and gives its address.
    pub async fn start() -> io::Result<(Self, String)> {
        let (sender, reports) = channel(16);
        let app = Router::new()
            .route("/", get(Html(PAGE)))
            .route("/samples", get(live))
            .route("/recording/{count}", get(recording))
            .with_state(Clients { came: Arc::default(), reports: sender });
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let base = format!("http://{}", listener.local_addr()?);
        tokio::spawn(axum::serve(listener, app).into_future());
        Ok((Self { reports }, base))
    }

    /// Waits until a client comes or goes.
    pub async fn next_report(&mut self) -> String {
        self.reports.recv().await.expect("the server runs as long as the program")
    }
}

/// The live feed, for ever.
async fn live(State(clients): State<Clients>, headers: HeaderMap) -> impl IntoResponse {
    Sse::new(watched(clients, last_id(&headers) + 1, u32::MAX))
}

/// The recording, from where the client stood, `count` samples at a time.
async fn recording(
    State(clients): State<Clients>,
    Path(count): Path<u32>,
    headers: HeaderMap,
) -> Response {
    let last = last_id(&headers);
    if last >= RECORDED {
        // This is how a client is told not to come back.
        return StatusCode::NO_CONTENT.into_response();
    }
    Sse::new(watched(clients, last + 1, RECORDED.min(last + count))).into_response()
}

fn last_id(headers: &HeaderMap) -> u32 {
    headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse().ok()).unwrap_or(0)
}

/// When the client goes away, axum drops the stream: then its cleanup runs on the runtime.
fn watched(
    clients: Clients,
    from: u32,
    to: u32,
) -> impl Stream<Item = Result<Event, Infallible>> + Send {
    samples(clients, from, to).close_on_drop_tokio()
}

#[async_generator]
async fn samples(clients: Clients, from: u32, to: u32) -> Result<Event, Infallible> {
    let client = 1 + clients.came.fetch_add(1, Relaxed);
    clients.reports.send(format!("client {client} came")).await.ok();
    defer! { clients.reports.send(format!("client {client} went")).await.ok(); }

    yield_!(Ok(Event::default().retry(Duration::from_millis(10)).comment("welcome")));
    let mut ticks = interval(Duration::from_millis(20));
    for x in from..=to {
        ticks.tick().await;
        let sample = json!({ "x": x, "y": (f64::from(x) / 5.0).sin() });
        let data = format!("{sample:#}");
        yield_!(Ok(Event::default().event("sample").id(x.to_string()).data(data)));
    }
}
