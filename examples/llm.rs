//! Streams the tokens of a chat completion, to the end and cancelled half-way. The server speaks the
//! wire format that such services have in common.
//!
//! `cargo run --example llm`

use std::error::Error;
use std::pin::pin;

use futures::TryStreamExt as _;
use gen_runtime::prelude::*;
use reqwest::{Client, Response};
use serde::Deserialize;
use serde_json::json;

use server::Server;

#[path = "llm/server.rs"]
mod server;

type Failure = Box<dyn Error + Send + Sync>;

/// Yields the data of the server-sent events of a response that has one line of data in each.
#[async_generator]
async fn data(mut response: Response) -> Result<String, Failure> {
    let mut buffer = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        buffer.extend_from_slice(&chunk);
        // A chunk may end anywhere, also inside of a character.
        while let Some(end) = buffer.iter().position(|byte| *byte == b'\n') {
            let line = String::from_utf8(buffer.drain(..=end).collect())?;
            if let Some(data) = line.strip_prefix("data:") {
                yield_!(Ok(data.trim().to_owned()));
            }
        }
    }
    Err("the answer was cut off")?;
}

/// Asks for a completion of `prompt`, and yields it token by token.
#[async_generator]
async fn complete(
    client: &Client,
    base: &str,
    prompt: &str,
    max_tokens: Option<u32>,
) -> Result<String, Failure> {
    let request = json!({
        "model": "parrot",
        "messages": [{ "role": "user", "content": prompt }],
        "max_tokens": max_tokens,
        "stream": true,
    });
    let response = client
        .post(format!("{base}/v1/chat/completions"))
        .json(&request)
        .send()
        .await?
        .error_for_status()?;
    #[for_await]
    for event in data(response) {
        let event = event?;
        if event == "[DONE]" {
            return;
        }
        let chunk: Chunk = serde_json::from_str(&event)?;
        for token in chunk.choices.into_iter().filter_map(|choice| choice.delta.content) {
            yield_!(Ok(token));
        }
    }
}

#[derive(Deserialize)]
struct Chunk {
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    delta: Delta,
}

#[derive(Deserialize)]
struct Delta {
    content: Option<String>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let (mut server, base) = Server::start().await?;
    // Whatever proxy the environment names, it does not lead to loopback.
    let client = Client::builder().no_proxy().build()?;

    // To the end, which comes after eight tokens.
    let answer: Vec<String> =
        complete(&client, &base, "Grüße, 世界!", Some(8)).try_collect().await?;
    assert_eq!(answer.len(), 8);
    println!("{}", answer.concat());
    println!("the server: {}", server.next_report().await);

    // Cancelled: this answer has no end. `close` drops the response and so the connection, and the
    // server stops at the next token.
    let mut answer = pin!(complete(&client, &base, "again and ", None));
    let mut text = String::new();
    while text.len() < 30 {
        text += &answer.try_next().await?.ok_or("it has no end")?;
    }
    answer.close().await;
    assert_eq!(answer.try_next().await?, None);
    println!("{text}");
    println!("the server: {}", server.next_report().await);

    // Refused: the error is the one item.
    let mut answer = pin!(complete(&client, &base, "", None));
    let error = answer.try_next().await.unwrap_err();
    assert!(error.to_string().contains("400 Bad Request"));
    println!("no prompt: refused");
    Ok(())
}
