//! Where a `defer!` may stand: any block of a body, in every form of generator.

use std::pin::pin;

use futures::StreamExt as _;
use gen_runtime::{BoxGenerator, generator_syntax, prelude::*, stream, try_stream};

use crate::stepping::{Log, finish, pending, ready, tick};

#[async_generator]
async fn arms(log: &Log, choice: Option<bool>) -> u32 {
    let value = match choice {
        Some(wanted) => {
            defer! { log.add("arm"); }
            if wanted {
                defer! { log.add("then"); }
                yield_!(1);
                10
            } else {
                defer! { log.add("else"); }
                yield_!(2);
                20
            }
        }
        None => 30,
    };
    yield_!(value);
}

#[test]
fn an_arm_of_if_and_match_is_a_region_of_its_own() {
    let log = Log::default();
    assert_eq!(finish(arms(&log, Some(true)).collect::<Vec<_>>()), [1, 10]);
    assert_eq!(log.take(), ["then", "arm"]);
    assert_eq!(finish(arms(&log, Some(false)).collect::<Vec<_>>()), [2, 20]);
    assert_eq!(log.take(), ["else", "arm"]);
    assert_eq!(finish(arms(&log, None).collect::<Vec<_>>()), [30]);
    assert!(log.take().is_empty());
}

#[async_generator]
async fn awaited_block(log: &Log, fails: bool) -> u32 {
    let outcome: Result<u32, String> = async {
        defer! {
            tick().await;
            log.add("block");
        }
        yield_!(1);
        if fails {
            Err(String::from("failed"))?;
        }
        log.add("guarded");
        Ok(2)
    }
    .await;
    log.add(format_args!("{outcome:?}"));
    yield_!(3);
}

#[test]
fn a_question_mark_leaves_an_awaited_block_behind_its_cleanup() {
    let log = Log::default();
    assert_eq!(finish(awaited_block(&log, true).collect::<Vec<_>>()), [1, 3]);
    assert_eq!(log.take(), ["block", r#"Err("failed")"#]);
}

#[test]
fn an_awaited_block_keeps_its_value() {
    let log = Log::default();
    assert_eq!(finish(awaited_block(&log, false).collect::<Vec<_>>()), [1, 3]);
    assert_eq!(log.take(), ["guarded", "block", "Ok(2)"]);
}

#[test]
fn an_awaited_block_is_closed_where_it_stands() {
    let log = Log::default();
    let mut items = pin!(awaited_block(&log, false));
    assert_eq!(ready(items.next()), Some(1));
    finish(items.close());
    assert_eq!(log.take(), ["block"]);
}

#[async_generator]
async fn awaited_block_that_returns(log: &Log) -> u32 {
    let outcome: u32 = async {
        defer! { log.add("outer"); }
        for n in 0..9 {
            defer! { log.add(format_args!("inner {n}")); }
            yield_!(n);
            if n == 1 {
                return 7;
            }
        }
        8
    }
    .await;
    yield_!(outcome);
}

#[test]
fn a_return_leaves_an_awaited_block_with_its_value() {
    let log = Log::default();
    assert_eq!(finish(awaited_block_that_returns(&log).collect::<Vec<_>>()), [0, 1, 7]);
    assert_eq!(log.take(), ["inner 0", "inner 1", "outer"]);
}

#[async_generator]
async fn unsafe_block(log: &Log) -> u8 {
    let bytes = [1, 2];
    let second = unsafe {
        defer! { log.add("cleanup"); }
        yield_!(*bytes.get_unchecked(0));
        *bytes.get_unchecked(1)
    };
    yield_!(second);
}

#[test]
fn an_unsafe_block_may_defer() {
    let log = Log::default();
    assert_eq!(finish(unsafe_block(&log).collect::<Vec<_>>()), [1, 2]);
    assert_eq!(log.take(), ["cleanup"]);
}

#[test]
fn stream_may_defer() {
    let log = &Log::default();
    let mut items = pin!(stream! {
        defer! { tick().await; log.add("outer"); }
        for n in 0..3 {
            defer! { tick().await; log.add(format_args!("inner {n}")); }
            yield n;
        }
    });
    assert_eq!(ready(items.next()), Some(0));
    assert_eq!(finish(items.next()), Some(1));
    finish(items.close());
    assert_eq!(log.take(), ["inner 0", "inner 1", "outer"]);
}

#[test]
fn try_stream_may_defer() {
    let log = &Log::default();
    let items = try_stream! {
        defer! { tick().await; log.add("outer"); }
        for word in ["1", "x", "2"] {
            defer! { tick().await; log.add(format_args!("inner {word}")); }
            let number: u32 = word.parse().map_err(|_| word)?;
            yield number;
        }
    };
    assert_eq!(finish(items.collect::<Vec<Result<u32, &str>>>()), [Ok(1), Err("x")]);
    assert_eq!(log.take(), ["inner 1", "inner x", "outer"]);
}

generator_syntax! {
    #[async_generator]
    async fn with_keywords(log: &Log) -> u32 {
        defer! { tick().await; log.add("outer"); }
        'rows: for await row in stream! { for n in 0..3 { yield n; } } {
            defer! { tick().await; log.add(format_args!("inner {row}")); }
            if row == 0 {
                continue 'rows;
            }
            yield row;
        }
    }
}

#[test]
fn generator_syntax_may_defer() {
    let log = Log::default();
    assert_eq!(finish(with_keywords(&log).collect::<Vec<_>>()), [1, 2]);
    assert_eq!(log.take(), ["inner 0", "inner 1", "inner 2", "outer"]);
}

struct Table {
    log: Log,
}

impl Table {
    #[async_generator]
    async fn rows(&self) -> u32 {
        defer! { tick().await; self.log.add("closed"); }
        yield_!(1);
        yield_!(2);
    }
}

#[test]
fn a_method_may_defer() {
    let table = Table { log: Log::default() };
    let mut rows = pin!(table.rows());
    assert_eq!(ready(rows.next()), Some(1));
    pending(rows.close());
    ready(rows.close());
    assert_eq!(table.log.take(), ["closed"]);
}

#[async_generator(boxed)]
async fn in_a_box(log: &Log) -> u32 {
    defer! { tick().await; log.add("closed"); }
    yield_!(1);
    yield_!(2);
}

#[test]
fn a_boxed_generator_may_defer() {
    let log = Log::default();
    let mut items: BoxGenerator<'_, u32> = in_a_box(&log);
    assert_eq!(ready(items.next()), Some(1));
    assert!(items.has_pending_cleanup());
    finish(items.close());
    assert_eq!(log.take(), ["closed"]);
    assert!(!items.has_pending_cleanup());
}
