//! Server-sent events: a server that cleans up when a client goes away, a client whose parser is a
//! generator, and a page with a live plot.
//!
//! `cargo run --example sse`, or for the page `cargo run --example sse -- serve`

use std::convert::Infallible;
use std::env;
use std::error::Error;
use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use gen_runtime::{prelude::*, stages};
use reqwest::Client;

use client::{Event, Session, events, subscribe};
use server::Server;

#[path = "sse/client.rs"]
mod client;
#[path = "sse/server.rs"]
mod server;

/// A byte order mark, every end of line, a comment, data of several lines, an event without a name,
/// one without data, a field that nobody knows, and an event that is cut off.
const DOCUMENT: &str = "\u{feff}: hello\r\n\
    event: note\rid: 1\rdata: first\rdata:  größer\r\r\
    data\n\n\
    id: 2\nretry: 20\n\n\
    retry: soon\nunknown: 1\ndata:{\"a\":\ndata:1}\n\n\
    data: lost\n";

/// Parses a document that arrives in chunks of `size` bytes.
async fn parse(size: usize) -> (Vec<Event>, Session) {
    let mut session = Session::default();
    let chunks = DOCUMENT.as_bytes().chunks(size).map(|chunk| Ok(Bytes::from_static(chunk)));
    let events = events::<Infallible>(stages::from_stream(stream::iter(chunks)), &mut session);
    let Ok(events) = events.try_collect().await;
    (events, session)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let (mut server, base) = Server::start().await?;
    if env::args().nth(1).as_deref() == Some("serve") {
        println!("{base}/");
        loop {
            println!("{}", server.next_report().await);
        }
    }

    // The parser: wherever the chunks end, the events are the same.
    let event = |name: &str, data: &str, id: &str| Event {
        name: name.to_owned(),
        data: data.to_owned(),
        id: id.to_owned(),
    };
    let expected = [
        event("note", "first\n größer", "1"),
        event("message", "", "1"),
        event("message", "{\"a\":\n1}", "2"),
    ];
    for size in 1..=DOCUMENT.len() {
        let (events, session) = parse(size).await;
        assert_eq!(events, expected);
        assert_eq!(session, Session { last_id: "2".into(), retry: Duration::from_millis(20) });
    }
    println!("parsed {} events, however they were cut", expected.len());

    // A server that hangs up after every third sample: the client comes back for the rest.
    let client = Client::builder().no_proxy().build()?;
    let url = format!("{base}/recording/3");
    let samples: Vec<Event> = subscribe(&client, &url).try_collect().await?;
    let ids: Vec<_> = samples.iter().map(|sample| &*sample.id).collect();
    assert_eq!(ids, ["1", "2", "3", "4", "5", "6", "7"]);
    println!("received {} samples of a recording", samples.len());
    for _ in 0..6 {
        println!("  {}", server.next_report().await);
    }

    // The live feed has no end. The client goes away, and the server cleans up.
    let url = format!("{base}/samples");
    let mut samples = pin!(subscribe(&client, &url));
    let sample = samples.next().await.ok_or("it has no end")??;
    assert_eq!((&*sample.name, sample.data.lines().count()), ("sample", 4));
    println!("received a sample of {} lines", sample.data.lines().count());
    println!("  {}", server.next_report().await);
    samples.close().await;
    println!("  {}", server.next_report().await);
    Ok(())
}
