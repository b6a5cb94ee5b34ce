//! Streams a paginated HTTP API as if it were one sequence, with one page in memory at a time.
//!
//! `cargo run --example pages`

use std::error::Error;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use futures::{StreamExt as _, TryStreamExt as _};
use gen_runtime::prelude::*;
use indicatif::ProgressBar;
use reqwest::{Client, StatusCode};
use serde::Deserialize;

use server::{PAGE_SIZE, PAGES, Server};

#[path = "pages/server.rs"]
mod server;

/// Yields the records of the API at `base`, from page `first` to the last, within one session.
#[async_generator]
async fn records(client: &Client, base: &str, first: usize) -> reqwest::Result<Record> {
    let id: usize = client.post(format!("{base}/sessions")).send().await?.json().await?;
    let session = format!("{base}/sessions/{id}");
    defer! { client.delete(&session).send().await.ok(); }

    let mut next = Some(first);
    while let Some(number) = next {
        let response = client.get(format!("{session}/pages/{number}")).send().await?;
        let page: Page = response.error_for_status()?.json().await?;
        for record in page.records {
            yield_!(Ok(record));
        }
        next = page.next;
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let (server, base) = Server::start().await?;
    let counts = || server.lock().unwrap().counts();
    // Whatever proxy the environment names, it does not lead to loopback.
    let client = Client::builder().no_proxy().build()?;

    // Lazy: nothing is asked for before the first item is, and one page is enough for five.
    let mut items = pin!(records(&client, &base, 0));
    assert_eq!(counts(), (0, 0));
    let five: Vec<Record> = items.by_ref().take(5).try_collect().await?;
    let (pages, sessions) = counts();
    assert_eq!((five.len(), pages, sessions), (5, 1, 1));
    println!("took {} records: {pages} page fetched, {sessions} session open", five.len());
    drop(five);

    // Stopped early: `close` waits for the cleanup, and so for the answer to the DELETE.
    items.close().await;
    let (pages, sessions) = counts();
    assert_eq!((pages, sessions), (1, 0));
    println!("closed early: {pages} page fetched, {sessions} sessions open");

    // To the end. The bar is drawn on a terminal only.
    let bar = ProgressBar::new((PAGES * PAGE_SIZE) as u64);
    let mut items = pin!(records(&client, &base, 0));
    while let Some(record) = items.try_next().await? {
        assert_eq!(record.name, format!("record {}", bar.position()));
        bar.inc(1);
    }
    bar.finish_and_clear();
    let (all, pages, most) = (bar.position(), counts().0 - pages, MOST_HELD.load(Relaxed));
    assert_eq!((all, pages, most), (5000, PAGES, PAGE_SIZE));
    println!("streamed {all} records: {pages} pages fetched, at most {most} records held at once");

    // Failed: `?` in the body runs the cleanup, and its error is the last item.
    let mut items = pin!(records(&client, &base, PAGES));
    let error = items.try_next().await.err().ok_or("there is no such page")?;
    let (status, (_, sessions)) = (error.status(), counts());
    assert_eq!((status, sessions), (Some(StatusCode::NOT_FOUND), 0));
    println!("past the end: {}, {sessions} sessions open", status.unwrap());
    assert!(items.next().await.is_none());
    Ok(())
}

#[derive(Deserialize)]
struct Page {
    records: Vec<Record>,
    next: Option<usize>,
}

#[derive(Deserialize)]
struct Record {
    name: String,
    #[serde(skip)]
    _held: Held,
}

/// Counts the records that are held.
struct Held;
static HELD: AtomicUsize = AtomicUsize::new(0);
static MOST_HELD: AtomicUsize = AtomicUsize::new(0);

impl Default for Held {
    fn default() -> Self {
        MOST_HELD.fetch_max(1 + HELD.fetch_add(1, Relaxed), Relaxed);
        Self
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        HELD.fetch_sub(1, Relaxed);
    }
}
