//! A yield in an `async fn` without the attribute.

use gen_runtime::prelude::*;

async fn count() {
    yield_!(1);
    yield_from!(futures::stream::iter([1]));
}

fn main() {}
