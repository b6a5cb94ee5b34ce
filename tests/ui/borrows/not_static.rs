//! Items that were declared to live for ever, and borrow from an argument.

use gen_runtime::prelude::*;

struct Book {
    title: String,
}

impl Book {
    #[async_generator]
    async fn words(&self) -> &'static str {
        yield_!(self.title.as_str());
    }
}

generator_syntax! {
    #[async_generator]
    async fn lines(text: &str) -> Result<&'static str, String> {
        yield Ok(text);
    }
}

fn main() {}
