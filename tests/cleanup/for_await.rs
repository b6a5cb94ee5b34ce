//! `for await` in a body.

use std::{cell::Cell, pin::pin};

use futures::{StreamExt as _, stream};
use gen_runtime::{BoxGenerator, LocalBoxGenerator, generator_syntax, prelude::*};

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

#[async_generator]
async fn every_row(log: &Log) -> u32 {
    #[for_await]
    for row in rows(log) {
        yield_!(row * 10);
    }
    log.add("after");
}

#[test]
fn a_loop_takes_every_item_of_its_source() {
    let log = Log::default();
    assert_eq!(finish(every_row(&log).collect::<Vec<_>>()), [0, 10, 20, 30]);
    assert_eq!(log.take(), ["open", "close", "after"]);
}

#[test]
fn a_generator_closed_in_a_loop_closes_the_source_it_owns() {
    let log = Log::default();
    let mut items = pin!(every_row(&log));
    assert_eq!(ready(items.next()), Some(0));
    assert!(items.has_pending_cleanup());
    pending(items.close());
    assert_eq!(log.take(), ["open"]);
    ready(items.close());
    assert_eq!(log.take(), ["close"]);
}

#[async_generator]
async fn leaves(log: &Log, way: &str) -> Result<u32, String> {
    'outer: for round in 0..2 {
        #[for_await]
        for row in rows(log) {
            match way {
                "break" if row == 1 => break,
                "continue outer" if row == 1 => continue 'outer,
                "break outer" if row == 1 => break 'outer,
                "return" if row == 1 => return,
                "?" if row == 1 => Err(String::from("failed"))?,
                "continue" if row < 3 => continue,
                _ => yield_!(Ok(round * 10 + row)),
            }
        }
        log.add("after loop");
    }
    log.add("end");
}

#[track_caller]
fn check(way: &str, items: &[u32], lines: &[&str]) {
    let log = Log::default();
    let found = finish(leaves(&log, way).filter_map(async |item| item.ok()).collect::<Vec<_>>());
    assert_eq!(found, items);
    assert_eq!(log.take(), lines);
}

#[test]
fn break_closes_an_owned_source_before_the_next_statement() {
    let lines = ["open", "close", "after loop", "open", "close", "after loop", "end"];
    check("break", &[0, 10], &lines);
}

#[test]
fn continue_stays_in_the_loop() {
    let lines = ["open", "close", "after loop", "open", "close", "after loop", "end"];
    check("continue", &[3, 13], &lines);
}

#[test]
fn a_labelled_continue_closes_an_owned_source() {
    check("continue outer", &[0, 10], &["open", "close", "open", "close", "end"]);
}

#[test]
fn a_labelled_break_closes_an_owned_source() {
    check("break outer", &[0], &["open", "close", "end"]);
}

#[test]
fn a_return_closes_an_owned_source() {
    check("return", &[0], &["open", "close"]);
}

#[test]
fn a_question_mark_closes_an_owned_source() {
    check("?", &[0], &["open", "close"]);
}

#[async_generator]
async fn finds(log: &Log) -> String {
    let found = 'found: {
        #[for_await]
        'loop_: for row in rows(log) {
            if row < 2 {
                continue 'loop_;
            }
            yield_!(String::from("looking"));
            break 'found Some(row);
        }
        None
    };
    log.add("found");
    yield_!(format!("{found:?}"));
}

#[test]
fn a_value_is_carried_out_of_a_loop_over_the_close_of_its_source() {
    let log = Log::default();
    assert_eq!(finish(finds(&log).collect::<Vec<_>>()), ["looking", "Some(2)"]);
    assert_eq!(log.take(), ["open", "close", "found"]);
}

#[async_generator]
async fn borrows(log: &Log) -> u32 {
    let mut source = pin!(rows(log));
    #[for_await]
    for row in source.as_mut() {
        if row == 1 {
            break;
        }
    }
    log.add("after pinned");
    #[for_await]
    for row in &mut source {
        yield_!(row);
        break;
    }
    log.add("after reference");
    yield_!(source.next().await.unwrap_or_default());
    source.close().await;
    log.add("end");
}

#[test]
fn a_borrowed_source_is_left_open_and_can_be_resumed() {
    let log = Log::default();
    assert_eq!(finish(borrows(&log).collect::<Vec<_>>()), [2, 3]);
    assert_eq!(log.take(), ["open", "after pinned", "after reference", "close", "end"]);
}

#[async_generator]
async fn first_of_a_box(rows: LocalBoxGenerator<'_, u32>) -> u32 {
    #[for_await]
    for row in rows {
        yield_!(row);
        break;
    }
}

#[test]
fn a_box_around_a_borrowed_source_leaves_it_open_until_it_is_closed_itself() {
    let log = Log::default();
    let mut source = pin!(rows(&log));
    let items = first_of_a_box(LocalBoxGenerator::new(source.as_mut()));
    assert_eq!(finish(items.collect::<Vec<_>>()), [0]);
    assert_eq!(log.take(), ["open"]);
    assert_eq!(ready(source.next()), Some(1));
    finish(LocalBoxGenerator::new(source.as_mut()).close());
    assert_eq!(log.take(), ["close"]);
    assert_eq!(ready(source.next()), None);
}

#[async_generator]
async fn over_borrowed(source: &mut BoxGenerator<'_, u32>) -> u32 {
    #[for_await]
    for row in source {
        yield_!(row);
    }
}

#[test]
fn a_generator_closed_in_a_loop_leaves_a_borrowed_source_open() {
    let log = Log::default();
    let mut source = BoxGenerator::new(rows(&log));
    {
        let mut items = pin!(over_borrowed(&mut source));
        assert_eq!(ready(items.next()), Some(0));
        assert!(!items.has_pending_cleanup(), "there is nothing to clean up here");
        ready(items.close());
    }
    assert_eq!(log.take(), ["open"]);
    assert_eq!(ready(source.next()), Some(1));
    finish(source.close());
    assert_eq!(log.take(), ["close"]);
}

#[async_generator]
async fn over_foreign(dropped: &Cell<bool>) -> u32 {
    struct SetOnDrop<'c>(&'c Cell<bool>);
    impl Drop for SetOnDrop<'_> {
        fn drop(&mut self) {
            self.0.set(true);
        }
    }
    let mark = SetOnDrop(dropped);
    let foreign = stream::iter(0..4).map(move |n| {
        let _ = &mark;
        n * 2
    });
    #[for_await]
    for n in foreign {
        yield_!(n);
        if n == 4 {
            break;
        }
    }
    assert!(dropped.get(), "the stream is dropped by the end of the loop");
}

#[test]
fn a_foreign_stream_is_taken_from_and_dropped() {
    let dropped = Cell::new(false);
    assert_eq!(finish(over_foreign(&dropped).collect::<Vec<_>>()), [0, 2, 4]);
    assert!(dropped.get());
}

#[async_generator]
async fn over_boxed(log: &Log) -> u32 {
    #[for_await]
    for row in BoxGenerator::new(rows(log)) {
        yield_!(row);
        break;
    }
    #[for_await]
    for row in Box::pin(rows(log)) {
        yield_!(row);
        break;
    }
}

#[test]
fn an_owned_box_is_closed() {
    let log = Log::default();
    assert_eq!(finish(over_boxed(&log).collect::<Vec<_>>()), [0, 0]);
    assert_eq!(log.take(), ["open", "close", "open", "close"]);
}

generator_syntax! {
    #[async_generator]
    async fn keyword_form(log: &Log) -> (u32, u32) {
        for await (n, row) in rows(log).enumerate() {
            yield (u32::try_from(n).unwrap_or(0), row);
        }
        'rows: for await row in rows(log) {
            for await other in rows(log) {
                if other == 1 {
                    continue 'rows;
                }
                if row == 1 {
                    break 'rows;
                }
                yield (row, other);
            }
        }
    }
}

#[test]
fn the_keyword_form_takes_patterns_and_labels() {
    let log = Log::default();
    let items = finish(keyword_form(&log).collect::<Vec<_>>());
    assert_eq!(items, [(0, 0), (1, 1), (2, 2), (3, 3), (0, 0)]);
    let expected = [
        "open", "close", // behind `enumerate`, which is read to its end
        "open", "open", "close", "open", "close", "close",
    ];
    assert_eq!(log.take(), expected);
}
