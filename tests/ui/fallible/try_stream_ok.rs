//! A `try_stream!` wraps what it yields in `Ok` itself.

use gen_runtime::prelude::*;

fn numbers() -> impl futures::Stream<Item = Result<u32, String>> {
    try_stream! {
        yield Ok(1);
    }
}

fn main() {}
