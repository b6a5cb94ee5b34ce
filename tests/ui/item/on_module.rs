//! The attribute on a module.

use gen_runtime::prelude::*;

#[async_generator]
mod numbers {
    pub const ONE: u32 = 1;
}

fn main() {
    let _ = numbers::ONE;
}
