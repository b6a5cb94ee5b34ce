//! What a cleanup may hold: cleanups of its own, loops, sources. All of it runs to its end.

use std::pin::pin;

use futures::{StreamExt as _, stream};
use gen_runtime::{generator_syntax, prelude::*};

use crate::stepping::{Log, finish, finish_counted, pending, ready, tick};

#[async_generator]
async fn nested(log: &Log) -> u32 {
    defer! {
        let _a = log.local("a");
        defer! {
            tick().await;
            log.add("nested 1");
            defer! {
                tick().await;
                log.add("nested 2");
            }
            let _b = log.local("b");
        }
        let _c = log.local("c");
        tick().await;
        log.add("cleanup");
    }
    yield_!(1);
    log.add("guarded");
}

const NESTED: [&str; 6] = ["cleanup", "drop c", "nested 1", "drop b", "nested 2", "drop a"];

#[test]
fn a_defer_in_a_cleanup_runs_while_closing() {
    let log = Log::default();
    let mut items = pin!(nested(&log));
    assert_eq!(ready(items.next()), Some(1));
    let ((), polls) = finish_counted(items.close());
    assert_eq!(log.take(), NESTED);
    assert_eq!(polls, 4);
}

#[test]
fn a_defer_in_a_cleanup_runs_on_a_normal_exit() {
    let log = Log::default();
    assert_eq!(finish(nested(&log).collect::<Vec<_>>()), [1]);
    assert_eq!(log.take(), [&["guarded"], &NESTED[..]].concat());
}

#[test]
fn close_dropped_inside_a_nested_cleanup_goes_on_there() {
    let log = Log::default();
    let mut items = pin!(nested(&log));
    assert_eq!(ready(items.next()), Some(1));
    for _ in 0..3 {
        pending(items.close());
    }
    ready(items.close());
    assert_eq!(log.take(), NESTED);
}

#[async_generator]
async fn rows(log: &Log) -> u32 {
    defer! {
        tick().await;
        log.add("rows closed");
    }
    for n in 0..4 {
        tick().await;
        yield_!(n);
    }
}

#[async_generator]
async fn loops(log: &Log) -> u32 {
    defer! { log.add("outer"); }
    defer! {
        'rounds: for round in 0..3 {
            defer! {
                tick().await;
                log.add(format_args!("end of round {round}"));
            }
            for step in 0..9 {
                defer! { log.add(format_args!("step {step}")); }
                tick().await;
                if step == 1 {
                    continue 'rounds;
                }
                if round == 1 {
                    break 'rounds;
                }
            }
        }
        log.add("loops done");
    }
    yield_!(1);
}

#[test]
fn a_loop_in_a_cleanup_runs_to_its_end() {
    let log = Log::default();
    let mut items = pin!(loops(&log));
    assert_eq!(ready(items.next()), Some(1));
    finish(items.close());
    let expected =
        ["step 0", "step 1", "end of round 0", "step 0", "end of round 1", "loops done", "outer"];
    assert_eq!(log.take(), expected);
}

#[async_generator]
async fn drains(log: &Log) -> u32 {
    defer! { log.add("outer"); }
    defer! {
        #[for_await]
        for row in rows(log) {
            log.add(format_args!("row {row}"));
            if row == 1 {
                break;
            }
        }
        for_await!(n in stream::iter(0..2) {
            tick().await;
            log.add(format_args!("foreign {n}"));
        });
        log.add("drained");
    }
    yield_!(1);
}

const DRAINED: [&str; 7] =
    ["row 0", "row 1", "rows closed", "foreign 0", "foreign 1", "drained", "outer"];

#[test]
fn a_for_await_in_a_cleanup_runs_to_its_end_and_closes_its_source() {
    let log = Log::default();
    let mut items = pin!(drains(&log));
    assert_eq!(ready(items.next()), Some(1));
    finish(items.close());
    assert_eq!(log.take(), DRAINED);
}

#[test]
fn a_for_await_in_a_cleanup_goes_on_after_a_dropped_close() {
    let log = Log::default();
    let mut items = pin!(drains(&log));
    assert_eq!(ready(items.next()), Some(1));
    for _ in 0..5 {
        pending(items.close());
    }
    ready(items.close());
    assert_eq!(log.take(), DRAINED);
}

generator_syntax! {
    #[async_generator]
    async fn drains_with_keywords(log: &Log) -> u32 {
        defer! {
            for await row in rows(log) {
                log.add(format_args!("row {row}"));
                break;
            }
        }
        yield 1;
    }
}

#[test]
fn the_keyword_form_works_in_a_cleanup() {
    let log = Log::default();
    let mut items = pin!(drains_with_keywords(&log));
    assert_eq!(ready(items.next()), Some(1));
    finish(items.close());
    assert_eq!(log.take(), ["row 0", "rows closed"]);
}

#[async_generator]
async fn selects(log: &Log) -> u32 {
    defer! { log.add("outer"); }
    defer! {
        tokio::select! {
            () = tick() => {
                for_await!(row in rows(log) {
                    log.add(format_args!("row {row}"));
                    if row == 1 {
                        break;
                    }
                });
            }
        }
        log.add("selected");
    }
    yield_!(1);
    tokio::select! { () = tick() => yield_!(2) }
}

const SELECTED: [&str; 5] = ["row 0", "row 1", "rows closed", "selected", "outer"];

#[test]
fn a_for_await_inside_a_macro_in_a_cleanup_runs_while_closing() {
    let log = Log::default();
    let mut items = pin!(selects(&log));
    assert_eq!(ready(items.next()), Some(1));
    finish(items.close());
    assert_eq!(log.take(), SELECTED);
}

#[test]
fn a_for_await_inside_a_macro_in_a_cleanup_runs_on_a_normal_exit() {
    let log = Log::default();
    assert_eq!(finish(selects(&log).collect::<Vec<_>>()), [1, 2]);
    assert_eq!(log.take(), SELECTED);
}

#[async_generator]
async fn awaits_a_block(log: &Log) -> u32 {
    defer! {
        let outcome: Result<u32, &str> = async {
            defer! {
                tick().await;
                log.add("block");
            }
            for n in 0..3 {
                defer! { log.add(format_args!("round {n}")); }
                if n == 1 {
                    Err("no")?;
                }
            }
            Ok(1)
        }
        .await;
        log.add(format_args!("{outcome:?}"));
    }
    yield_!(1);
}

#[test]
fn an_awaited_block_in_a_cleanup_may_use_the_question_mark() {
    let log = Log::default();
    let mut items = pin!(awaits_a_block(&log));
    assert_eq!(ready(items.next()), Some(1));
    finish(items.close());
    assert_eq!(log.take(), ["round 0", "round 1", "block", r#"Err("no")"#]);
}

#[async_generator]
async fn closes_another(log: &Log) -> u32 {
    let mut source = pin!(rows(log));
    defer! {
        log.add("before");
        source.close().await;
        log.add("after");
    }
    yield_!(source.next().await.unwrap_or(9));
}

#[test]
fn a_cleanup_may_close_another_generator() {
    let log = Log::default();
    let mut items = pin!(closes_another(&log));
    assert_eq!(finish(items.next()), Some(0));
    pending(items.close());
    ready(items.close());
    assert_eq!(log.take(), ["before", "rows closed", "after"]);
}
