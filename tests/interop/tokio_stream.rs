//! The combinators of `tokio_stream`, and generators as readers.

use std::{io, pin::pin, time::Duration};

use bytes::Bytes;
use gen_runtime::prelude::*;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _};
use tokio_stream::{StreamExt as _, StreamMap};
use tokio_util::io::StreamReader;

use crate::{Open, counted};

#[async_generator]
async fn slow() -> &'static str {
    yield_!("at once");
    tokio::time::sleep(Duration::from_secs(3)).await;
    yield_!("late");
}

#[tokio::test(start_paused = true)]
async fn timeout_says_what_is_late_and_loses_nothing() {
    let mut items = pin!(slow().timeout(Duration::from_secs(2)));
    assert!(matches!(items.next().await, Some(Ok("at once"))));
    assert!(matches!(items.next().await, Some(Err(_))));
    assert!(matches!(items.next().await, Some(Ok("late"))));
    assert!(items.next().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn a_timed_out_next_can_be_asked_for_again() {
    let mut items = pin!(slow());
    assert_eq!(items.next().await, Some("at once"));
    let limit = Duration::from_secs(2);
    assert!(tokio::time::timeout(limit, items.next()).await.is_err());
    assert_eq!(tokio::time::timeout(limit, items.next()).await, Ok(Some("late")));
}

#[tokio::test(start_paused = true)]
async fn throttle_spaces_items_out() {
    let start = tokio::time::Instant::now();
    let items = counted(Open::default(), 3).throttle(Duration::from_secs(1));
    assert_eq!(items.collect::<Vec<_>>().await, [1, 2, 3]);
    assert!(start.elapsed() >= Duration::from_secs(2));
}

#[tokio::test]
async fn merge_takes_from_both() {
    let merged = counted(Open::default(), 3).merge(counted(Open::default(), 2).map(|n| 10 * n));
    let mut merged: Vec<_> = merged.collect().await;
    merged.sort_unstable();
    assert_eq!(merged, [1, 2, 3, 10, 20]);
}

#[tokio::test]
async fn a_stream_map_holds_generators_by_key() {
    let open = Open::default();
    let mut map = StreamMap::new();
    map.insert("short", Box::pin(counted(open.clone(), 1)));
    map.insert("long", Box::pin(counted(open.clone(), 3)));
    let mut seen = Vec::new();
    while let Some((key, n)) = map.next().await {
        seen.push((key, n));
        if n == 2 {
            let mut long = map.remove("long").unwrap();
            long.close().await;
        }
    }
    seen.sort_unstable();
    assert_eq!(seen, [("long", 1), ("long", 2), ("short", 1)]);
    assert_eq!(open.now(), 0);
}

#[async_generator]
async fn body(parts: &[&'static str]) -> io::Result<Bytes> {
    for part in parts {
        if part.is_empty() {
            Err(io::ErrorKind::ConnectionReset)?;
        }
        yield_!(Ok(Bytes::from_static(part.as_bytes())));
    }
}

#[tokio::test]
async fn a_generator_of_bytes_is_read_from() {
    let mut reader = pin!(StreamReader::new(body(&["one\ntw", "o\nthr", "ee"])));
    let mut line = String::new();
    reader.read_line(&mut line).await.unwrap();
    assert_eq!(line, "one\n");
    let mut rest = String::new();
    reader.read_to_string(&mut rest).await.unwrap();
    assert_eq!(rest, "two\nthree");
}

#[tokio::test]
async fn an_error_in_the_body_is_an_error_of_the_reader() {
    let mut reader = pin!(StreamReader::new(body(&["one", "", "two"])));
    let mut text = String::new();
    let error = reader.read_to_string(&mut text).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::ConnectionReset);
}
