//! A pipeline: a subscription to a feed, filtered, enriched from files, in batches. Closing its last
//! stage ends the subscription.
//!
//! `cargo run --example events`

use std::error::Error;
use std::io;
use std::path::Path;
use std::pin::pin;

use futures::TryStreamExt as _;
use gen_runtime::{prelude::*, stages};
use tokio::fs;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

const FEED: [&str; 7] = ["ada in", "ping", "grace in", "ada out", "ping", "alan in", "grace out"];

/// The source: yields the lines of the feed at `address`, and says goodbye to it on every way out.
#[async_generator]
async fn subscribe(address: &str) -> io::Result<String> {
    let mut feed = BufReader::new(TcpStream::connect(address).await?);
    let mut seen = 0;
    defer! {
        feed.write_all(b"goodbye\n").await.ok();
        // The feed answers when it is done with us.
        while matches!(feed.read_line(&mut String::new()).await, Ok(1..)) {}
        println!("unsubscribed after {seen} lines");
    }
    let mut line = String::new();
    while feed.read_line(&mut line).await? > 0 {
        seen += 1;
        yield_!(Ok(line.trim_end().to_owned()));
        feed.write_all(b"more\n").await?;
        line.clear();
    }
}

/// A stage of our own: adds to each event what is known of its user.
#[async_generator]
async fn enrich(
    events: impl AsyncGenerator<Yield = io::Result<String>>,
    users: &Path,
) -> io::Result<String> {
    #[for_await]
    for event in events {
        let event = event?;
        let (user, action) = event.split_once(' ').ok_or(io::ErrorKind::InvalidData)?;
        let name = fs::read_to_string(users.join(user)).await?;
        yield_!(Ok(format!("{name}: {action}")));
    }
}

/// Yields what people did; `users` has a file for each of them.
#[async_generator]
async fn people(address: &str, users: &Path) -> io::Result<String> {
    let lines = subscribe(address);
    let lines = stages::filter(lines, async |line| !matches!(line.as_deref(), Ok("ping")));
    yield_from!(enrich(lines, users));
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let users = tempfile::tempdir()?;
    for (user, name) in
        [("ada", "Ada Lovelace"), ("grace", "Grace Hopper"), ("alan", "Alan Turing")]
    {
        fs::write(users.path().join(user), name).await?;
    }
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?.to_string();
    let feed = tokio::spawn(serve(listener));

    // To the end: the last batch is a partial one.
    let mut sizes = Vec::new();
    for_await!(batch in stages::chunks(people(&address, users.path()), 2) {
        let batch = batch.into_iter().collect::<io::Result<Vec<_>>>()?;
        println!("{}", batch.join(", "));
        sizes.push(batch.len());
    });
    assert_eq!(sizes, [2, 2, 1]);

    // Left early: the loop closes the pipeline, and so the subscription, before it goes on.
    for_await!(batch in stages::chunks(people(&address, users.path()), 2) {
        println!("{} events, enough", batch.len());
        break;
    });
    println!("left the loop");

    // Failed: the error comes through the stages, behind the cleanup.
    fs::remove_file(users.path().join("grace")).await?;
    let mut events = pin!(people(&address, users.path()));
    assert_eq!(events.try_next().await?.as_deref(), Some("Ada Lovelace: in"));
    let error = events.try_next().await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::NotFound);
    println!("failed: {:?}", error.kind());

    feed.await??;
    Ok(())
}

/// The feed: a line, and the next for each `more`; serves three subscribers one after another.
async fn serve(listener: TcpListener) -> io::Result<()> {
    for _ in 0..3 {
        let mut subscriber = BufReader::new(listener.accept().await?.0);
        for line in FEED {
            subscriber.write_all(format!("{line}\n").as_bytes()).await?;
            let mut answer = String::new();
            subscriber.read_line(&mut answer).await?;
            if answer == "goodbye\n" {
                break;
            }
        }
    }
    Ok(())
}
