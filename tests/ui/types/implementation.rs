//! An implementation whose items are of another type than those of the trait.

use gen_runtime::prelude::*;

trait Table {
    #[async_generator]
    async fn names(&self) -> String;
    #[async_generator(boxed)]
    async fn counts(&self) -> u32;
}

struct Empty;

impl Table for Empty {
    #[async_generator]
    async fn names(&self) -> &'static str {
        yield_!("name");
    }

    #[async_generator(boxed)]
    async fn counts(&self) -> u64 {
        yield_!(1);
    }
}

fn main() {}
