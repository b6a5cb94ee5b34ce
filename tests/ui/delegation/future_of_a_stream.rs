//! `yield_from!` of a future that gives a stream: the `.await` is missing.

use gen_runtime::prelude::*;

async fn open() -> impl futures::Stream<Item = u32> {
    futures::stream::iter([1])
}

#[async_generator]
async fn count() -> u32 {
    yield_from!(open());
}

fn main() {}
