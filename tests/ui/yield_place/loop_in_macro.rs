//! A yield in a loop that a macro puts elsewhere would be one of whoever polls that, and the loop a region of theirs.

use gen_runtime::prelude::*;

macro_rules! later {
    ($($code:tt)*) => {
        async { $($code)* }
    };
}

#[async_generator]
async fn outer() -> u64 {
    let later = later! {
        #[for_await]
        for n in futures::stream::iter([1]) {
            yield_!(n);
        }
    };
    drop(later);
}

#[async_generator]
async fn guarded() -> u64 {
    let later = later! {
        #[for_await]
        for n in futures::stream::iter([1]) {
            defer! { futures::future::ready(()).await; }
            hidden!(n);
            yield_!(n);
        }
    };
    drop(later);
}

#[async_generator]
async fn without_yields() -> u64 {
    let later = later! {
        for_await!(n in futures::stream::iter([1]) {
            drop(n);
        })
    };
    drop(later);
    yield_!(1);
}

macro_rules! hidden {
    ($n:expr) => {
        drop($n)
    };
}
use hidden;

fn main() {}
