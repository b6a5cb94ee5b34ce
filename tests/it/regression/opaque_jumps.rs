//! A `break` or `continue` out of a region did not compile in the arguments of another macro.

use futures::{StreamExt as _, executor::block_on, future::ready, stream::iter};
use gen_runtime::prelude::*;

use crate::support::{Log, items};

#[async_generator]
async fn unlabelled(closed: &std::cell::Cell<u32>) -> u32 {
    for n in 0.. {
        defer! { closed.set(closed.get() + 1); }
        futures::select! {
            () = ready(()) => match n {
                0 | 2 => continue,
                4 => break,
                _ => {}
            }
        }
        yield_!(n);
    }
    yield_!(100);
}

#[async_generator]
async fn labelled() -> u32 {
    let found = 'outer: loop {
        for n in 0.. {
            defer! { ready(()).await; }
            futures::select! {
                () = ready(()) => {
                    // These loops and labels are the macro's own.
                    for m in 0..9 { if m == 3 { break; } }
                    'inner: for _ in 0..2 { for _ in 0..2 { if n < 9 { break 'inner; } } }
                    if n == 2 { break 'outer n * 10; }
                }
            }
            yield_!(n);
        }
    };
    yield_!(found);
}

#[test]
fn select_may_leave_a_region_by_break_and_continue() {
    let closed = std::cell::Cell::new(0);
    assert_eq!(block_on(unlabelled(&closed).collect::<Vec<_>>()), [1, 3, 100]);
    assert_eq!(closed.get(), 5);
}

#[test]
fn select_may_break_with_a_label_and_a_value() {
    assert_eq!(block_on(labelled().collect::<Vec<_>>()), [0, 1, 20]);
}

macro_rules! block {
    ($($tokens:tt)*) => {{ $($tokens)* }};
}

/// The inner loop is written in the arguments of a macro that is in those of another.
#[allow(clippy::semicolon_if_nothing_returned)] // it is there
#[async_generator]
async fn in_two_macros(log: &Log) -> u32 {
    block! {
        for_await!(_ in iter(0..1) {
            for n in 0..2 {
                defer! { log.push(n.to_string()); }
                block! { for_await!(m in iter(0..9) { if m == 1 { break; } }); }
                yield_!(n);
            }
        });
        log.push("end");
    }
}

#[async_generator]
async fn with_a_block_in_the_head(log: &Log) -> u32 {
    for n in 0..3 {
        defer! { log.push(n.to_string()); }
        let mut numbers = 0..9;
        block! { while let Some(m) = async { numbers.next() }.await { if m == 1 { break; } } }
        block! { for m in { let to = 3; 0..to } { if m == 1 { continue; } assert_ne!(m, 1); } }
        yield_!(n);
    }
}

#[async_generator]
async fn out_of_an_async_for(log: &Log) -> u32 {
    'outer: for n in 0..3 {
        defer! { log.push(n.to_string()); }
        block! {
            #[for_await]
            for m in iter(0..9) {
                if n == 1 { continue 'outer; }
                if m == 1 { break; }
            }
        }
        yield_!(n);
    }
}

#[test]
fn a_loop_in_the_arguments_is_left_by_its_own_jumps() {
    let log = Log::default();
    assert_eq!(items(in_two_macros(&log)), [0, 1]);
    assert_eq!(log.take(), ["0", "1", "end"]);
    assert_eq!(items(with_a_block_in_the_head(&log)), [0, 1, 2]);
    assert_eq!(log.take(), ["0", "1", "2"]);
    assert_eq!(items(out_of_an_async_for(&log)), [0, 2]);
    assert_eq!(log.take(), ["0", "1", "2"]);
}

#[test]
fn outside_a_body_a_loop_may_stand_in_a_macro_in_a_loop() {
    let total = block_on(async {
        let mut total = 0;
        for_await!(n in iter(1..4) {
            block! { for_await!(m in iter(0..9) { if m == n { break; } total += 1; }); }
        });
        total
    });
    assert_eq!(total, 6);
}

macro_rules! unread {
    ($($code:tt)*) => {
        $($code)*
    };
}

/// What is around the yield is not known where that is lowered.
#[async_generator]
async fn jumps_in_the_operand_of_a_macros_yield() -> u32 {
    for n in 0..3 {
        unread!(yield_!(if n == 1 { continue } else { n }));
    }
}

#[test]
fn an_operand_in_a_macro_jumps_out_of_it() {
    assert_eq!(crate::support::items(jumps_in_the_operand_of_a_macros_yield()), [0, 2]);
}
