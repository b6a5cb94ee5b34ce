//! A yield in a constant.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    const ONE: () = yield_!(1);
    static TWO: () = yield_!(2);
    let _ = const { yield_!(3) };
    let _ = (ONE, TWO);
}

fn main() {}
