//! A yield in a function that a macro defines.

use gen_runtime::prelude::*;

macro_rules! define {
    ($name:ident, $body:expr) => {
        fn $name() {
            $body
        }
    };
}

#[async_generator]
async fn count() -> u32 {
    define!(give, yield_!(1));
    give();
}

fn main() {}
