//! Generators in the scope of a trait that gives every type the methods an expansion might call.
//!
//! Its methods take `self` by value: there they come before every method that borrows.

use futures::Stream;
use gen_runtime::prelude::*;

use crate::{Log, choose, first_of, tick, use_up};

/// What no expansion may get to see.
#[derive(Clone, Copy, Debug)]
pub struct Hijacked;

/// Defines the methods.
macro_rules! hijack {
    ($($name:ident)*) => {
        /// Has a method of every name.
        #[allow(clippy::wrong_self_convention, reason = "by value is what hijacks")]
        pub trait Hijack: Sized {
            $(
                #[doc = concat!("Hijacks `", stringify!($name), "`.")]
                fn $name(self) -> Hijacked {
                    Hijacked
                }
            )*
        }

        impl<T> Hijack for T {}
    };
}

hijack! {
    as_mut as_ref await_ branch clone close delegate from_output get_mut guards into into_future into_iter
    into_output map next now of poll poll_close poll_item poll_next poll_release poll_resume put r#await r#yield
    region release resume resumed send sent set slot source take throw unwrap wait yield_
}

/// Signals.
#[async_generator(send = u32, throw = String)]
pub async fn signals() -> Result<u32, String> {
    let mut item = 1;
    defer! { tick().await; }
    loop {
        item = yield_!(Ok(item))?;
        if item == 0 {
            return;
        }
    }
}

/// Delegation.
#[async_generator(send = u32, throw = String)]
pub async fn delegates() -> Result<u32, String> {
    yield_from!(signals())?;
    yield_!(Ok(10))?;
    Err("stop".to_owned())?;
}

/// Loops, jumps, blocks and macros.
#[async_generator]
pub async fn constructs(log: &Log) -> u32 {
    defer! { log.borrow_mut().push(String::from("closed")); }
    'outer: loop {
        #[for_await]
        for n in stream_of![n + m for n in 0..3 for await m in stream! { yield n; } if m > 0] {
            defer! { use_up(n); }
            let n = async {
                yield_!(n);
                first_of!(n, yield_!(n + 1))
            }
            .await;
            if choose!(n; 2 => false, _ => true) {
                break 'outer;
            }
        }
    }
    println!("{:?}", yield_!(10));
}

/// Loops over a stream that is not known to be a generator.
#[async_generator]
pub async fn foreign(inner: impl Stream<Item = u32>) -> u32 {
    #[for_await]
    for n in inner {
        yield_!(n);
    }
}

/// Is boxed.
#[async_generator(boxed)]
pub async fn boxed(depth: u32) -> u32 {
    yield_!(depth);
    if depth > 0 {
        yield_from!(boxed(depth - 1));
    }
}

/// Loops outside a generator.
pub async fn total() -> u32 {
    let mut total = 0;
    for_await!(n in boxed(3) {
        total += n;
    });
    total
}
