//! A yield in a function that is no generator.

use gen_runtime::prelude::*;

fn count() {
    yield_!(1);
}

fn main() {}
