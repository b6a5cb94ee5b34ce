//! A generator without a body, outside a trait.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32;

fn main() {}
