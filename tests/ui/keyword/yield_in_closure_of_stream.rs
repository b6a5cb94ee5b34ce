//! The keyword `yield` in a closure in a `stream!`.

use gen_runtime::prelude::*;

fn count() -> impl futures::Stream<Item = u32> {
    stream! {
        (0..3).for_each(|n| yield n);
        yield 3;
    }
}

fn main() {}
