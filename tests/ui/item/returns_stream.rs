//! The declared type is the item, not a stream of it.

use gen_runtime::prelude::*;

#[async_generator]
async fn words(text: &str) -> impl futures::Stream<Item = &str> + Send {
    for word in text.split(' ') {
        yield_!(word);
    }
}

fn main() {
    let _ = words("a b");
}
