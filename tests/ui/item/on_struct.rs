//! The attribute on a struct.

use gen_runtime::prelude::*;

#[async_generator]
pub struct Counter {
    pub next: u32,
}

fn make() -> Counter {
    Counter { next: 1 }
}

fn main() {
    make();
}
