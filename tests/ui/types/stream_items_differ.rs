//! The items of a `stream!` have one type.

use gen_runtime::prelude::*;

fn items() -> impl futures::Stream<Item = u32> {
    stream! {
        yield 1;
        yield "two";
    }
}

fn main() {}
