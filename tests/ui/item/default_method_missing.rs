//! A trait method without a body has to be implemented.

use gen_runtime::prelude::*;

trait Source {
    #[async_generator]
    async fn items(&self) -> u32;
}

struct Empty;

impl Source for Empty {}

fn main() {}
