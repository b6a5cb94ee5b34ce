//! Without `send`, a yield evaluates to `()`.

use gen_runtime::prelude::*;

#[async_generator]
async fn echo() -> u32 {
    let heard: u32 = yield_!(0);
    yield_!(heard);
}

fn main() {}
