//! With `throw`, a yield evaluates to a `Result`.

use gen_runtime::prelude::*;

#[async_generator(send = u32, throw = String)]
async fn echo() -> u32 {
    let heard: u32 = yield_!(0);
    let _ = yield_!(heard);
}

fn main() {}
