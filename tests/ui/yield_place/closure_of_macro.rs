//! A yield in a closure that a macro makes of what it is given.

use gen_runtime::prelude::*;

macro_rules! later {
    ($value:expr) => {
        move || $value
    };
}

#[async_generator]
async fn count() -> u32 {
    later!(yield_!(1))();
}

fn main() {}
