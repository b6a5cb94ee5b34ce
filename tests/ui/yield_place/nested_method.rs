//! A yield in a method of a nested impl.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    struct Counter;
    impl Counter {
        fn give(&self) {
            yield_!(1);
        }
    }
    Counter.give();
}

fn main() {}
