//! A reference to a local of the body, yielded: the consumer may keep it.

use gen_runtime::prelude::*;

#[async_generator]
async fn words<'a>() -> &'a str {
    let word = String::from("local");
    yield_!(&word);
}

fn main() {}
