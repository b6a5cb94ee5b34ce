//! The same where the keywords may be written: what is said of the whole generator is at its attribute.

use gen_runtime::prelude::*;

generator_syntax! {
    #[async_generator]
    async fn count() -> u32 {
        let n = tokio::select! {
            n = futures::future::ready(1) => n,
            n = futures::future::ready(2) => return n,
        };
        yield n;
    }

    #[async_generator]
    async fn words<'a>() -> &'a str {
        let word = String::from("local");
        yield &word;
    }
}

fn main() {}
