//! `?` in a `stream!`.

use gen_runtime::prelude::*;

fn numbers(text: &str) -> impl futures::Stream<Item = u32> {
    stream! {
        yield text.parse::<u32>()?;
    }
}

fn main() {}
