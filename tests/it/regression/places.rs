//! Code that compiled in most places, but not in these.

use futures::{executor::block_on, stream::iter};
use gen_runtime::prelude::*;

use crate::support::{Log, items, tick};

macro_rules! block {
    ($($tokens:tt)*) => {{ $($tokens)* }};
}

/// The block around a `defer!` is all that is yielded.
#[async_generator]
async fn yields_a_guarded_block(log: &Log) -> u32 {
    yield_!({
        defer! { log.push("first"); }
        1
    });
    let () = yield_!({
        defer! {
            tick().await;
            log.push("second");
        }
        yield_!(2);
        3
    });
}

#[test]
fn a_guarded_block_is_yielded() {
    let log = Log::default();
    assert_eq!(items(yields_a_guarded_block(&log)), [1, 2, 3]);
    assert_eq!(log.take(), ["first", "second"]);
}

/// The jumps stand in the arguments of a macro, in a region of a cleanup.
#[async_generator]
async fn jumps_in_its_cleanup(log: &Log) -> u32 {
    defer! {
        for n in 0..9 {
            defer! {
                tick().await;
                log.push(n.to_string());
            }
            block! {
                if n == 0 {
                    continue;
                }
                if n == 2 {
                    break;
                }
            }
            log.push("behind");
        }
        'all: loop {
            #[for_await]
            for n in iter(0..9) {
                block! { if n == 1 { break 'all; } }
                log.push("all");
            }
        }
    }
    yield_!(1);
}

#[test]
fn a_macro_may_leave_a_region_of_a_cleanup() {
    let log = Log::default();
    assert_eq!(items(jumps_in_its_cleanup(&log)), [1]);
    assert_eq!(log.take(), ["0", "behind", "1", "2", "all"]);
}

#[test]
fn a_macro_may_leave_a_loop_outside_a_body_for_one_around_it() {
    let found = block_on(async {
        let mut found = Vec::new();
        'rows: for row in 0..3 {
            for_await!(n in iter(0..3) {
                block! {
                    if n == row {
                        continue 'rows;
                    }
                }
                found.push((row, n));
            });
        }
        found
    });
    assert_eq!(found, [(1, 0), (2, 0), (2, 1)]);
}

#[async_generator]
async fn ends_with_a_loop(fails: bool) -> Result<u32, String> {
    if fails { Err("no".to_owned()) } else { for_await!(n in iter(0..2) { yield_!(Ok(n)); }) }
}

#[test]
fn a_branch_of_the_end_of_a_fallible_body_may_be_a_loop() {
    assert_eq!(items(ends_with_a_loop(true)), [Err("no".to_owned())]);
    assert_eq!(items(ends_with_a_loop(false)), [Ok(0), Ok(1)]);
}

macro_rules! repeat {
    ($($tokens:tt)*) => {
        loop { $($tokens)* }
    };
}

/// A cleanup is not left, so a jump there is one in a loop of the macro's.
#[async_generator]
async fn loops_by_a_macro_in_its_cleanup(log: &Log) -> u32 {
    defer! { log.push("outer"); }
    {
        defer! { repeat! { log.push("once"); break; } }
        yield_!(1);
    }
}

#[test]
fn a_macro_may_loop_in_a_cleanup_in_a_region() {
    let log = Log::default();
    assert_eq!(items(loops_by_a_macro_in_its_cleanup(&log)), [1]);
    assert_eq!(log.take(), ["once", "outer"]);
}
