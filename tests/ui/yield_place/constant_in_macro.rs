//! A yield in a constant that a macro makes.

use gen_runtime::prelude::*;

macro_rules! constant {
    ($value:expr) => {
        const { $value }
    };
}

#[async_generator]
async fn count() -> u32 {
    constant!(yield_!(1));
}

fn main() {}
