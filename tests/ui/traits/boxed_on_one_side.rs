//! `boxed` in the trait or in the implementation alone.

use gen_runtime::prelude::*;

trait Table {
    #[async_generator(boxed)]
    async fn rows(&self, of: &str) -> String;
    #[async_generator]
    async fn columns(&self, of: &str) -> String;
}

struct Empty;

impl Table for Empty {
    #[async_generator]
    async fn rows(&self, of: &str) -> String {
        yield_!(of.to_string());
    }

    #[async_generator(boxed)]
    async fn columns(&self, of: &str) -> String {
        yield_!(of.to_string());
    }
}

fn main() {}
