//! A source whose items have another type.

use gen_runtime::prelude::*;

#[async_generator]
async fn words() -> String {
    yield_from!(futures::stream::iter(["a", "b"]));
}

fn main() {}
