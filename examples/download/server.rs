//! A server of one file, in chunks, and what it reports of each download.

use std::future::{Future, pending};
use std::io;

use axum::Router;
use axum::body::Body;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use futures::StreamExt as _;
use gen_runtime::{Generator, prelude::*};
use sha2::{Digest as _, Sha256};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

const SIZE: usize = 1 << 20;
const CHUNK: usize = 16 << 10;

type Reports = UnboundedSender<&'static str>;

/// What comes of the second half of the file.
#[derive(Clone, Copy)]
enum Rest {
    Sent,
    Changed,
    /// The server has better things to do.
    Stalled,
}

/// A running server.
pub struct Server {
    reports: UnboundedReceiver<&'static str>,
}

impl Server {
    /// Starts a server on a free port of loopback, and gives its address.
    pub async fn start() -> io::Result<(Self, String)> {
        let (sender, reports) = unbounded_channel();
        let etag = format!("\"{:x}\"", Sha256::digest(content()));
        let serve = |rest| get(async move || response(etag, chunks(rest, sender)));
        let app = Router::new()
            .route("/file", serve.clone()(Rest::Sent))
            .route("/changed", serve.clone()(Rest::Changed))
            .route("/stalled", serve(Rest::Stalled));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let base = format!("http://{}", listener.local_addr()?);
        tokio::spawn(axum::serve(listener, app).into_future());
        Ok((Self { reports }, base))
    }

    /// Waits for the end of a download.
    pub async fn next_report(&mut self) -> &'static str {
        self.reports.recv().await.expect("the server runs as long as the program")
    }
}

/// What is in the file.
pub fn content() -> Vec<u8> {
    (0..=250).cycle().take(SIZE).collect()
}

/// Answers with what `chunks` yields. When the client goes away, axum drops the answer: then its cleanup
/// runs on the runtime.
fn response(
    etag: String,
    chunks: Generator<impl Future<Output = ()> + Send + 'static, Vec<u8>>,
) -> impl IntoResponse {
    let headers = [(header::CONTENT_LENGTH, SIZE.to_string()), (header::ETAG, etag)];
    let body = chunks.close_on_drop_tokio().map(io::Result::Ok);
    (headers, Body::from_stream(body))
}

/// Yields the file, and reports whether somebody took all of it.
#[async_generator]
async fn chunks(rest: Rest, reports: Reports) -> Vec<u8> {
    let mut sent = 0;
    defer! {
        let report = if sent == SIZE { "sent to the end" } else { "cut off by the client" };
        reports.send(report).ok();
    }
    for chunk in content().chunks(CHUNK) {
        let mut chunk = chunk.to_vec();
        match rest {
            Rest::Stalled if sent >= SIZE / 2 => pending().await,
            Rest::Changed if sent >= SIZE / 2 => chunk[0] ^= 1,
            _ => {}
        }
        sent += chunk.len();
        yield_!(chunk);
    }
}
