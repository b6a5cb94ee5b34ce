//! A generator yields values, it does not return them.

use gen_runtime::prelude::*;

#[async_generator]
async fn count(limit: u32) -> u32 {
    for n in 0..limit {
        if n == 3 {
            return n;
        }
        yield_!(n);
    }
    return limit;
}

fn main() {}
