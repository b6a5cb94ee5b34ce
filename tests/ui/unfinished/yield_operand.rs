//! An unfinished operand of a yield.

use gen_runtime::prelude::*;

#[async_generator]
async fn count(limit: u32) -> u32 {
    yield_!(limit+);
}

fn main() {
    let _ = count(1);
}
