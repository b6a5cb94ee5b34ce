//! The result of a call at the end.

use gen_runtime::prelude::*;

#[async_generator]
async fn words(text: &str) -> String {
    yield_!(text.to_string());
    text.to_uppercase()
}

fn main() {}
