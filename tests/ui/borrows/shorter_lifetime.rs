//! A reference that lives shorter than what was declared.

use gen_runtime::prelude::*;

#[async_generator]
async fn words<'long, 'short>(long: &'long str, short: &'short str) -> &'long str {
    yield_!(long);
    yield_!(short);
}

fn main() {}
