//! The attribute on an impl block: what is in it stays as it is.

use gen_runtime::prelude::*;

struct Counter;

#[async_generator]
impl Counter {
    fn limit(&self) -> u32 {
        3
    }
}

fn main() {
    Counter.limit();
}
