//! Generators over generators: each stage is cleaned up once, awaited, the source first.

use std::{mem, pin::pin};

use futures::StreamExt as _;
use gen_runtime::{BoxGenerator, prelude::*};

use crate::stepping::{Log, finish, finish_counted, pending, ready, tick};

#[async_generator]
async fn source(log: &Log) -> Result<u32, String> {
    log.add("connect");
    let connection = log.local("connection");
    defer! {
        tick().await;
        log.add(format_args!("{} closed", connection.name()));
    }
    for n in 1.. {
        tick().await;
        if n == 9 {
            Err(String::from("line is dead"))?;
        }
        yield_!(Ok(n));
    }
}

#[async_generator]
async fn odd(
    numbers: impl AsyncGenerator<Yield = Result<u32, String>>,
    log: &Log,
) -> Result<u32, String> {
    log.add("open filter");
    defer! {
        tick().await;
        log.add("filter closed");
    }
    #[for_await]
    for number in numbers {
        let number = number?;
        if number % 2 == 1 {
            yield_!(Ok(number));
        }
    }
}

#[async_generator]
async fn batches(
    numbers: impl AsyncGenerator<Yield = Result<u32, String>>,
    log: &Log,
) -> Result<Vec<u32>, String> {
    log.add("open batch");
    let mut batch = Vec::new();
    defer! {
        tick().await;
        log.add(format_args!("batch closed, {} left", batch.len()));
    }
    #[for_await]
    for number in numbers {
        batch.push(number?);
        if batch.len() == 2 {
            yield_!(Ok(mem::take(&mut batch)));
        }
    }
}

const OPENED: [&str; 3] = ["open batch", "open filter", "connect"];

fn closed(left: usize) -> [String; 4] {
    let lines =
        ["connection closed", "drop connection", "filter closed", "batch closed"].map(String::from);
    lines.map(|line| if line == "batch closed" { format!("{line}, {left} left") } else { line })
}

#[test]
fn closed_from_outside_each_stage_is_cleaned_up_in_reverse_order_of_opening() {
    let log = Log::default();
    let mut items = pin!(batches(odd(source(&log), &log), &log));
    assert_eq!(finish(items.next()), Some(Ok(vec![1, 3])));
    assert_eq!(log.take(), OPENED);
    let ((), polls) = finish_counted(items.close());
    assert_eq!(log.take(), closed(0));
    assert_eq!(polls, 4, "the ticks of three cleanups");
}

#[test]
fn dropped_by_a_timeout_in_mid_await_and_then_closed_it_does_not_wait_for_the_await() {
    for timed_out_polls in 1..=3 {
        let log = Log::default();
        let mut items = pin!(batches(odd(source(&log), &log), &log));
        assert_eq!(finish(items.next()), Some(Ok(vec![1, 3])));
        assert_eq!(log.take(), OPENED);
        for _ in 0..timed_out_polls {
            pending(items.next());
        }
        let ((), polls) = finish_counted(items.close());
        assert_eq!(log.take(), closed(usize::from(timed_out_polls > 2)));
        assert_eq!(polls, 4, "the ticks of three cleanups, and not that of the source's await");
        assert_eq!(ready(items.next()), None);
    }
}

#[test]
fn the_error_of_the_source_cleans_up_every_stage_on_its_way_out() {
    let log = Log::default();
    let items = batches(odd(source(&log), &log), &log);
    let items = finish(items.collect::<Vec<_>>());
    assert_eq!(items, [Ok(vec![1, 3]), Ok(vec![5, 7]), Err(String::from("line is dead"))]);
    assert_eq!(log.take(), [OPENED.map(String::from).as_slice(), &closed(0)].concat());
}

async fn first_even_sum(log: &Log) -> Result<u32, String> {
    for_await!(batch in batches(odd(source(log), log), log) {
        let sum: u32 = batch?.iter().sum();
        if sum > 4 {
            Err(format!("{sum} is too much"))?;
        }
    });
    Ok(0)
}

#[test]
fn left_with_a_question_mark_each_stage_is_cleaned_up_before_the_function_returns() {
    let log = Log::default();
    assert_eq!(finish(first_even_sum(&log)), Err(String::from("12 is too much")));
    assert_eq!(log.take(), [OPENED.map(String::from).as_slice(), &closed(0)].concat());
}

#[test]
fn a_close_dropped_at_any_poll_goes_on_where_it_stood() {
    for dropped_at in 1..4 {
        let log = Log::default();
        let mut items = pin!(batches(odd(source(&log), &log), &log));
        assert_eq!(finish(items.next()), Some(Ok(vec![1, 3])));
        log.take();
        {
            let mut close = pin!(items.close());
            for _ in 0..dropped_at {
                pending(close.as_mut());
            }
        }
        finish(items.close());
        assert_eq!(log.take(), closed(0));
    }
}

const STAGES: u32 = 64;

#[async_generator(boxed)]
async fn stage(level: u32, log: &Log) -> u32 {
    let _local = log.local(level);
    defer! {
        tick().await;
        log.add(format_args!("close {level}"));
    }
    if level == 0 {
        loop {
            tick().await;
            yield_!(0);
        }
    }
    #[for_await]
    for item in stage(level - 1, log) {
        yield_!(item + 1);
    }
}

/// The lines of all stages, the source's first.
fn lines_of_stages() -> Vec<String> {
    (0..=STAGES).flat_map(|level| [format!("close {level}"), format!("drop {level}")]).collect()
}

#[test]
fn sixty_four_stages_are_closed_from_the_source_on() {
    let log = Log::default();
    let mut items: BoxGenerator<'_, u32> = stage(STAGES, &log);
    assert_eq!(finish(items.next()), Some(STAGES));
    let ((), polls) = finish_counted(items.close());
    assert_eq!(polls, STAGES as usize + 2, "one tick for each cleanup");
    assert_eq!(log.take(), lines_of_stages());
}

#[test]
fn sixty_four_stages_dropped_in_mid_await_are_closed_from_the_source_on() {
    let log = Log::default();
    let mut items = stage(STAGES, &log);
    assert_eq!(finish(items.next()), Some(STAGES));
    pending(items.next());
    for _ in 0..=STAGES {
        pending(items.close());
    }
    ready(items.close());
    assert_eq!(log.take(), lines_of_stages());
}

#[test]
fn sixty_four_stages_left_with_a_question_mark_are_closed_from_the_source_on() {
    let log = Log::default();
    let left: Result<u32, u32> = finish(async {
        for_await!(item in stage(STAGES, &log) {
            Err(item)?;
        });
        Ok(0)
    });
    assert_eq!(left, Err(STAGES));
    assert_eq!(log.take(), lines_of_stages());
}

#[async_generator]
async fn one() -> u32 {
    yield_!(1);
}

#[async_generator]
async fn two() -> u32 {
    #[for_await]
    for item in one() {
        yield_!(item);
    }
}

#[async_generator]
async fn three() -> u32 {
    #[for_await]
    for item in two() {
        yield_!(item);
    }
}

#[async_generator]
async fn four() -> u32 {
    #[for_await]
    for item in three() {
        yield_!(item);
    }
}

#[test]
fn each_stage_holds_its_source_once() {
    let sizes = [size_of_val(&two()), size_of_val(&three()), size_of_val(&four())];
    assert_eq!(sizes[2] - sizes[1], sizes[1] - sizes[0], "{sizes:?}");
}
