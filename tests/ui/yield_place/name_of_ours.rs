//! A function by a name that macros have in the expansion: it would be taken for one of somebody else's, in which nobody
//! has looked for yields.

use gen_runtime::prelude::*;

#[allow(unused_macros)]
macro_rules! later {
    ($future:expr) => {
        async move { $future }
    };
}

fn __macro_in_parens_later(_: ()) -> u32 {
    1
}

#[async_generator]
async fn carried_off() -> u32 {
    let later = __macro_in_parens_later(async { yield_!(1); }.await);
    yield_!(later);
}

fn main() {}
