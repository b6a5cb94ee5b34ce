//! Needless parentheses and braces in what is yielded.

#![deny(unused_parens)]

use gen_runtime::prelude::*;

#[async_generator]
pub async fn count() -> u32 {
    let n = (1);
    if (n == 1) {
        yield_!(n);
    }
}

fn main() {}
