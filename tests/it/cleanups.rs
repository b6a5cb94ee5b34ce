//! `defer!` in the forms of the other tests: loops, jumps, pipelines and awaited blocks.

use std::pin::pin;

use gen_runtime::prelude::*;

use crate::support::{Log, finish, items, next, tick};

#[async_generator]
async fn source(log: &Log) -> u32 {
    log.push("open");
    defer! {
        log.push("outer begins");
        tick().await;
        log.push("outer ends");
    }
    'outer: for n in 0..3 {
        defer! {
            tick().await;
            log.push(format!("inner {n}"));
        }
        yield_!(n);
        if n == 1 {
            break 'outer;
        }
    }
    log.push("after the loop");
    yield_!(10);
}

#[test]
fn cleanups_run_on_the_way_out() {
    let log = Log::default();
    assert_eq!(items(source(&log)), [0, 1, 10]);
    assert_eq!(
        log.take(),
        ["open", "inner 0", "inner 1", "after the loop", "outer begins", "outer ends"]
    );
}

#[async_generator]
async fn pipeline(log: &Log) -> u32 {
    defer! { log.push("pipeline"); }
    #[for_await]
    for n in source(log) {
        if n == 10 {
            continue;
        }
        yield_!(n * 2);
    }
    let result: Result<u32, ()> = async {
        yield_!(55);
        defer! { log.push("block"); }
        yield_!(56);
        if log.take().is_empty() {
            return Err(());
        }
        Ok(57)
    }
    .await;
    yield_!(result.unwrap_or(0));
}

#[test]
fn pipeline_closes_from_the_outermost_open_stage_to_the_source() {
    let log = Log::default();
    let mut generator = pin!(pipeline(&log));
    assert_eq!(next(generator.as_mut()), Some(0));
    assert!(generator.has_pending_cleanup());
    finish(generator.close());
    assert_eq!(log.take(), ["open", "inner 0", "outer begins", "outer ends", "pipeline"]);
}

#[test]
fn pipeline_cleans_up_stage_by_stage() {
    let log = Log::default();
    assert_eq!(items(pipeline(&log)), [0, 2, 55, 56, 57]);
    assert_eq!(log.take(), ["block", "pipeline"]);
}

#[test]
fn for_await_outside_a_generator_may_break_out_of_its_loops() {
    let log = Log::default();
    let mut sum = 0;
    finish(async {
        'all: loop {
            for_await!(n in source(&log) {
                if n == 0 {
                    continue;
                }
                sum += n;
                break 'all;
            });
        }
    });
    assert_eq!(sum, 1);
    assert_eq!(log.take(), ["open", "inner 0", "inner 1", "outer begins", "outer ends"]);
}

#[async_generator]
async fn items_behind_a_cleanup(log: &Log) -> u32 {
    let first = helper();
    defer! {
        log.push(NAME);
        clean(log).await;
    }
    yield_!(first);
    const NAME: &str = "cleanup";
    async fn clean(log: &Log) {
        tick().await;
        log.push("cleaned");
    }
    macro_rules! two {
        () => {
            2
        };
    }
    fn two() -> u32 {
        two!()
    }
    yield_!(two());
    fn helper() -> u32 {
        1
    }
}

#[test]
fn items_are_there_for_the_whole_block() {
    let log = Log::default();
    assert_eq!(items(items_behind_a_cleanup(&log)), [1, 2]);
    assert_eq!(log.take(), ["cleanup", "cleaned"]);
}
