//! `for_await!` in any async code.

use std::pin::pin;

use futures::{StreamExt as _, stream};
use gen_runtime::{BoxGenerator, prelude::*};

use crate::stepping::{Log, finish, pending, ready, tick};

#[async_generator]
async fn rows(log: &Log) -> u32 {
    log.add("open");
    defer! {
        tick().await;
        log.add("close");
    }
    for n in 0..4 {
        yield_!(n);
    }
}

#[test]
fn break_closes_an_owned_source_before_the_next_statement() {
    let log = &Log::default();
    finish(async {
        for_await!(row in rows(log) {
            if row == 1 {
                break;
            }
        });
        log.add("after loop");
    });
    assert_eq!(log.take(), ["open", "close", "after loop"]);
}

#[test]
fn the_close_of_an_owned_source_is_awaited() {
    let log = &Log::default();
    let mut looped = pin!(async {
        for_await!(_row in rows(log) { break; });
    });
    pending(looped.as_mut());
    assert_eq!(log.take(), ["open"]);
    ready(looped);
    assert_eq!(log.take(), ["close"]);
}

#[test]
fn a_loop_is_read_to_the_end() {
    let log = Log::default();
    let sum = finish(async {
        let mut sum = 0;
        for_await!(row in rows(&log) {
            if row == 2 {
                continue;
            }
            sum += row;
        });
        sum
    });
    assert_eq!(sum, 4);
    assert_eq!(log.take(), ["open", "close"]);
}

async fn find(log: &Log, wanted: u32) -> Option<u32> {
    let found = 'search: {
        for_await!(row in rows(log) {
            if row == wanted {
                break 'search Some(row * 100);
            }
        });
        None
    };
    log.add("searched");
    found
}

#[test]
fn a_value_is_carried_to_an_outer_block() {
    let log = Log::default();
    assert_eq!(finish(find(&log, 2)), Some(200));
    assert_eq!(log.take(), ["open", "close", "searched"]);
    assert_eq!(finish(find(&log, 9)), None);
    assert_eq!(log.take(), ["open", "close", "searched"]);
}

#[test]
fn a_value_is_carried_to_an_outer_loop() {
    let log = Log::default();
    let found = finish(async {
        let mut rounds = 0;
        loop {
            rounds += 1;
            let limit = rounds;
            let round = 'round: loop {
                for_await!(row in rows(&log) {
                    if row == limit {
                        break 'round row;
                    }
                });
            };
            if round == 2 {
                break rounds;
            }
        }
    });
    assert_eq!(found, 2);
    assert_eq!(log.take(), ["open", "close", "open", "close"]);
}

#[test]
fn labels_reach_over_nested_loops() {
    let log = Log::default();
    let pairs = finish(async {
        let mut pairs = Vec::new();
        for_await!('rows: row in rows(&log) {
            for_await!(other in stream::iter(0..9) {
                if other > row {
                    continue 'rows;
                }
                if row == 2 {
                    break 'rows;
                }
                pairs.push((row, other));
            });
            log.add("never here");
        });
        pairs
    });
    assert_eq!(pairs, [(0, 0), (1, 0), (1, 1)]);
    assert_eq!(log.take(), ["open", "close"]);
}

#[test]
fn labels_reach_over_nested_owned_sources() {
    let log = Log::default();
    let mut seen = Vec::new();
    finish(async {
        'outer: for round in 0..3 {
            for_await!('rows: row in rows(&log) {
                for_await!(other in rows(&log) {
                    seen.push((round, row, other));
                    match (round, row) {
                        (0, 0) => continue 'rows,
                        (0, _) => continue 'outer,
                        (1, _) => break 'rows,
                        _ => break 'outer,
                    }
                });
            });
            log.add(format_args!("behind round {round}"));
        }
    });
    assert_eq!(seen, [(0, 0, 0), (0, 1, 0), (1, 0, 0), (2, 0, 0)]);
    let expected = [
        "open",
        "open",
        "close",
        "open",
        "close",
        "close", // round 0
        "open",
        "open",
        "close",
        "close",
        "behind round 1", // round 1
        "open",
        "open",
        "close",
        "close", // round 2
    ];
    assert_eq!(log.take(), expected);
}

async fn returns(log: &Log, wanted: u32) -> &'static str {
    for_await!(row in rows(log) {
        if row == wanted {
            return "found";
        }
    });
    log.add("behind loop");
    "not there"
}

#[test]
fn return_leaves_the_function_behind_the_close() {
    let log = Log::default();
    assert_eq!(finish(returns(&log, 1)), "found");
    assert_eq!(log.take(), ["open", "close"]);
    assert_eq!(finish(returns(&log, 9)), "not there");
    assert_eq!(log.take(), ["open", "close", "behind loop"]);
}

async fn parses(log: &Log, words: &[&str]) -> Result<u32, std::num::ParseIntError> {
    let mut sum = 0;
    for_await!(row in rows(log) {
        let Some(word) = words.get(row as usize) else { break };
        sum += word.parse::<u32>()?;
    });
    log.add("behind loop");
    Ok(sum)
}

#[test]
fn a_question_mark_leaves_the_function_behind_the_close() {
    let log = Log::default();
    assert!(finish(parses(&log, &["1", "x"])).is_err());
    assert_eq!(log.take(), ["open", "close"]);
    assert_eq!(finish(parses(&log, &["1", "2"])), Ok(3));
    assert_eq!(log.take(), ["open", "close", "behind loop"]);
}

#[test]
fn a_borrowed_source_is_left_open_and_can_be_resumed() {
    let log = Log::default();
    let mut boxed = BoxGenerator::new(rows(&log));
    let mut pinned = pin!(rows(&log));
    finish(async {
        for_await!(_row in &mut boxed { break; });
        for_await!(_row in pinned.as_mut() { break; });
        for_await!(_row in &mut pinned { break; });
    });
    assert_eq!(log.take(), ["open", "open"]);
    assert_eq!(ready(boxed.next()), Some(1));
    assert_eq!(ready(pinned.next()), Some(2));
    finish(boxed.close());
    finish(pinned.close());
    assert_eq!(log.take(), ["close", "close"]);
}

#[test]
fn a_foreign_stream_is_taken_from() {
    let mut seen = Vec::new();
    finish(async {
        for_await!((n, letter) in stream::iter(["a", "b", "c"]).enumerate() {
            seen.push(format!("{n}{letter}"));
        });
    });
    assert_eq!(seen, ["0a", "1b", "2c"]);
}

#[test]
fn a_temporary_in_the_source_lives_as_long_as_the_loop() {
    finish(async {
        let mut seen = 0;
        for_await!(n in stream::iter(Vec::from([1, 2]).iter()) {
            seen += n;
        });
        assert_eq!(seen, 3);
    });
}

#[test]
fn an_async_closure_may_loop() {
    let log = Log::default();
    let first_over = async |limit: u32| {
        for_await!(row in rows(&log) {
            if row > limit {
                return Some(row);
            }
        });
        None
    };
    assert_eq!(finish(first_over(1)), Some(2));
    assert_eq!(finish(first_over(7)), None);
    assert_eq!(log.take(), ["open", "close", "open", "close"]);
}

#[async_generator]
async fn cleans_up_with_select(log: &Log) -> u32 {
    defer! {
        for_await!(row in rows(log) {
            tokio::select! {
                () = tick(), if row < 2 => log.add(row),
                else => break,
            }
        });
    }
    yield_!(1);
}

#[test]
fn select_in_a_loop_outside_a_body_and_in_a_cleanup() {
    let log = &Log::default();
    finish(async {
        for_await!(row in rows(log) {
            tokio::select! {
                () = tick(), if row < 2 => log.add(row),
                else => break,
            }
        });
    });
    let expected = ["open", "0", "1", "close"];
    assert_eq!(log.take(), expected);
    let mut items = pin!(cleans_up_with_select(log));
    assert_eq!(ready(items.next()), Some(1));
    finish(items.close());
    assert_eq!(log.take(), expected);
}
