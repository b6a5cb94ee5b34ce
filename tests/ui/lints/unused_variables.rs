//! Variables, arguments and `mut` that are not needed.

#![deny(unused)]

use gen_runtime::prelude::*;

#[async_generator]
pub async fn count(limit: u32, (first, second): (u32, u32), mut last: u32) -> u32 {
    let unused = 1;
    let mut fixed = 2;
    yield_!(fixed + first);
    #[for_await]
    for item in futures::stream::iter([last]) {
        yield_!(1);
    }
}

fn main() {}
