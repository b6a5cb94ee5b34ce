//! A `break` or `continue` out of a region did not compile in the arguments of another macro.

use futures::{StreamExt as _, executor::block_on, future::ready};
use gen_runtime::prelude::*;

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
