//! A value at the end of a `stream!`.

use gen_runtime::prelude::*;

fn count() -> impl futures::Stream<Item = u32> {
    stream! {
        yield 1;
        2
    }
}

fn main() {}
