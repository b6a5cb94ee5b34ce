//! `return;` of a fallible body did not compile in the arguments of another macro.

use futures::{StreamExt as _, executor::block_on};
use gen_runtime::prelude::*;

macro_rules! opaque {
    ($($code:tt)*) => { $($code)* };
}

#[async_generator]
async fn up_to(last: u32) -> Result<u32, String> {
    for n in 0.. {
        opaque! {
            if n > last { return; }
            // The `return`s of closures and async blocks are theirs.
            let odd = |n: u32| { if n % 2 == 0 { return; } panic!("{n} is odd"); };
            let nothing = async { if n == 0 { return; } std::future::ready(()).await };
        }
        odd(2 * n);
        nothing.await;
        yield_!(Ok(n));
        if n == 9 {
            Err("far enough")?;
        }
    }
}

#[test]
fn return_ends_a_fallible_body_from_within_a_macro() {
    assert_eq!(block_on(up_to(1).collect::<Vec<_>>()), [Ok(0), Ok(1)]);
}

#[test]
fn return_in_select_ends_a_try_stream() {
    let stream = try_stream! {
        for n in 0.. {
            futures::select! {
                () = futures::future::ready(()) => {
                    match n { 0 | 1 => yield n, _ => return }
                }
            }
        }
        Err("never")?;
    };
    let items: Vec<Result<i32, &str>> = block_on(stream.collect());
    assert_eq!(items, [Ok(0), Ok(1)]);
}
