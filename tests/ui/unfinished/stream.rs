//! An unfinished `stream!`.

use gen_runtime::prelude::*;

fn count() -> impl futures::Stream<Item = u32> {
    stream! {
        yield
        let
    }
}

fn main() {}
