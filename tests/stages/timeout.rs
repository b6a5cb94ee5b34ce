use std::{pin::pin, time::Duration};

use futures::{StreamExt as _, stream};
use gen_runtime::{
    prelude::*,
    stages::{from_stream, timeout, timeout_or_else},
};
use tokio::time::{Instant, advance, error::Elapsed, sleep};

use crate::support::{Log, finish, panics, poll_next};

const LIMIT: Duration = Duration::from_millis(100);

/// Gives each number after as many milliseconds, with a cleanup.
#[async_generator]
async fn after<const N: usize>(log: &Log, waits: [u64; N]) -> u64 {
    defer! {
        sleep(Duration::from_millis(1)).await;
        log.push("closed");
    }
    for wait in waits {
        sleep(Duration::from_millis(wait)).await;
        yield_!(wait);
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_late_comes_after_an_error_for_each_limit() {
    let log = Log::default();
    let mut items = pin!(timeout(after(&log, [99, 250, 0]), LIMIT));
    let start = Instant::now();
    assert_eq!(items.next().await.unwrap().unwrap(), 99);
    assert!(items.next().await.unwrap().is_err());
    assert!(items.next().await.unwrap().is_err());
    assert_eq!(start.elapsed(), Duration::from_millis(299));
    assert_eq!(items.next().await.unwrap().unwrap(), 250);
    assert_eq!(items.next().await.unwrap().unwrap(), 0);
    assert!(items.next().await.is_none());
    assert_eq!(log.take(), ["closed"]);
}

#[tokio::test(start_paused = true)]
async fn the_time_of_the_consumer_does_not_count() {
    let log = Log::default();
    let mut items = pin!(timeout(after(&log, [60, 60]), LIMIT));
    assert!(items.next().await.unwrap().is_ok());
    advance(Duration::from_secs(60)).await;
    assert!(items.next().await.unwrap().is_ok());
}

#[tokio::test(start_paused = true)]
async fn closed_while_it_waits_it_closes_the_source() {
    let log = Log::default();
    let mut items = pin!(timeout(after(&log, [50]), LIMIT));
    assert!(poll_next(items.as_mut()).is_pending());
    items.close().await;
    assert_eq!(log.take(), ["closed"]);
}

#[tokio::test(start_paused = true)]
async fn the_first_error_can_end_it() {
    #[async_generator]
    async fn strict(log: &Log) -> Result<u64, Elapsed> {
        #[for_await]
        for item in timeout(after(log, [1, 101, 1]), LIMIT) {
            yield_!(Ok(item?));
        }
    }
    let log = Log::default();
    let items: Vec<_> = strict(&log).collect().await;
    assert!(matches!(items[..], [Ok(1), Err(_)]));
    assert_eq!(log.take(), ["closed"]);
}

#[tokio::test(start_paused = true)]
async fn a_borrowed_source_is_left_where_it_stood() {
    let log = Log::default();
    let mut all = pin!(after(&log, [150, 1]));
    {
        let mut items = pin!(timeout(all.as_mut(), LIMIT));
        assert!(items.next().await.unwrap().is_err());
        items.close().await;
    }
    assert_eq!(all.next().await, Some(150));
}

#[tokio::test(start_paused = true)]
async fn a_default_fills_the_gaps() {
    let log = Log::default();
    let mut beats = 1000..;
    let items = timeout_or_else(after(&log, [250, 1]), LIMIT, || beats.next().unwrap());
    assert_eq!(items.collect::<Vec<_>>().await, [1000, 1001, 250, 1]);
    assert_eq!(log.take(), ["closed"]);
}

#[tokio::test(start_paused = true)]
async fn any_stream_is_a_source() {
    let slow = stream::iter([1]).chain(stream::pending());
    let mut items = pin!(timeout_or_else(from_stream(slow), LIMIT, || 0));
    assert_eq!((items.next().await, items.next().await), (Some(1), Some(0)));
    items.close().await;
    assert_eq!(items.next().await, None);
}

#[test]
fn outside_a_runtime_it_panics() {
    let mut items = pin!(timeout(from_stream(stream::iter([1])), LIMIT));
    // The message on the terminal is Tokio's.
    assert!(panics(|| _ = poll_next(items.as_mut())));
    finish(items.close());
}

#[test]
fn it_is_send_if_its_source_is() {
    fn send<T: Send>(stage: T) -> T {
        stage
    }
    drop(send(timeout(stream! { yield 1; }, LIMIT)));
    drop(send(timeout_or_else(stream! { yield 1; }, LIMIT, || 2)));
}
