//! Generators with cleanup in tasks and `select!`.

use std::{future, pin::pin, sync::Arc};

use futures::StreamExt as _;
use gen_runtime::{BoxGenerator, prelude::*};

use crate::stepping::{Log, finish, pending, ready, stuck, tick};

#[async_generator]
async fn busy(log: Arc<Log>) -> Result<u32, String> {
    defer! {
        tick().await;
        log.add("outer");
    }
    'rounds: for round in 0..3 {
        defer! {
            tick().await;
            log.add(format_args!("inner {round}"));
        }
        let parsed: Result<u32, std::num::ParseIntError> = async {
            defer! { log.add("block"); }
            tick().await;
            yield_!(Ok(round));
            let text = round.to_string();
            Ok(text.parse::<u32>()?)
        }
        .await;
        #[for_await]
        for item in stream_of![item for item in 10..20] {
            yield_!(Ok(item));
            if parsed.is_ok() {
                continue 'rounds;
            }
        }
    }
}

#[test]
fn a_generator_with_cleanups_is_send_and_runs_in_a_spawned_task() {
    let log = Arc::new(Log::default());
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let theirs = Arc::clone(&log);
    let items = runtime.block_on(async {
        let spawned = tokio::spawn(async move {
            let mut items = Vec::new();
            for_await!(item in busy(theirs) {
                items.push(item);
                if items.len() == 3 {
                    break;
                }
            });
            items
        });
        spawned.await.expect("the task does not panic")
    });
    assert_eq!(items, [Ok(0), Ok(10), Ok(1)]);
    assert_eq!(log.take(), ["block", "inner 0", "block", "inner 1", "outer"]);
}

#[test]
fn close_of_a_generator_is_send() {
    let log = Arc::new(Log::default());
    let mut items = BoxGenerator::new(busy(Arc::clone(&log)));
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let spawned = tokio::spawn(async move {
            assert_eq!(items.next().await, Some(Ok(0)));
            items.close().await;
        });
        spawned.await.expect("the task does not panic");
    });
    assert_eq!(log.take(), ["block", "inner 0", "outer"]);
}

#[async_generator]
async fn rows(log: &Log) -> u32 {
    defer! {
        log.add("closing");
        tick().await;
        tick().await;
        log.add("closed");
    }
    yield_!(1);
    future::pending::<()>().await;
}

#[test]
fn close_that_loses_a_select_goes_on_later() {
    let log = Log::default();
    let mut rows = pin!(rows(&log));
    assert_eq!(ready(rows.next()), Some(1));
    let won = finish(async {
        tokio::select! {
            biased;
            () = rows.close() => "close",
            () = tick() => "tick",
        }
    });
    assert_eq!(won, "tick");
    assert_eq!(log.take(), ["closing"]);
    assert!(rows.has_pending_cleanup());
    finish(rows.close());
    assert_eq!(log.take(), ["closed"]);
}

#[test]
fn next_that_loses_a_select_may_be_followed_by_close() {
    let log = Log::default();
    let mut rows = pin!(rows(&log));
    assert_eq!(ready(rows.next()), Some(1));
    finish(async {
        tokio::select! {
            biased;
            _ = rows.next() => panic!("it never has another item"),
            () = tick() => rows.close().await,
        }
    });
    assert_eq!(log.take(), ["closing", "closed"]);
}

#[async_generator]
async fn merges(log: &Log) -> u32 {
    let mut left = pin!(rows(log));
    let mut right = pin!(rows(log));
    defer! {
        log.add("merge closing");
        tokio::join!(left.close(), right.close());
        log.add("merge closed");
    }
    loop {
        tokio::select! {
            biased;
            Some(item) = left.next() => yield_!(item),
            Some(item) = right.next() => yield_!(item + 1),
            else => return,
        }
    }
}

#[test]
fn a_region_around_select_closes_what_it_selected_from() {
    let log = Log::default();
    let mut items = pin!(merges(&log));
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(ready(items.next()), Some(2));
    stuck(items.next());
    pending(items.close());
    pending(items.close());
    ready(items.close());
    let expected = ["merge closing", "closing", "closing", "closed", "closed", "merge closed"];
    assert_eq!(log.take(), expected);
}

#[async_generator]
async fn delegates_in_select(log: &Log) -> u32 {
    defer! { log.add("outer"); }
    tokio::select! {
        () = tick() => {
            #[for_await]
            for row in rows(log) {
                yield_!(row);
            }
        }
    }
}

#[test]
fn a_for_await_inside_select_is_closed_where_it_stands() {
    let log = Log::default();
    let mut items = pin!(delegates_in_select(&log));
    assert_eq!(finish(items.next()), Some(1));
    finish(items.close());
    assert_eq!(log.take(), ["closing", "closed", "outer"]);
}
