//! A misspelt argument: the message names the likely one.

use gen_runtime::prelude::*;

#[async_generator(sendd = u32)]
async fn count() -> u32 {
    yield_!(1);
}

fn main() {}
