//! A generator that borrows cannot outlive what it borrows.

use gen_runtime::prelude::*;

#[async_generator]
async fn words(text: &str) -> String {
    yield_!(text.to_string());
}

fn make() -> impl futures::Stream<Item = String> {
    let text = String::from("a b");
    words(&text)
}

fn main() {}
