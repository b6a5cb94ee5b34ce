//! A trait with a generator method is dyn-compatible if that is `boxed`.

use gen_runtime::prelude::*;

trait Source {
    #[async_generator]
    async fn items(&self) -> u32;
}

fn all(_: &[Box<dyn Source>]) {}

fn main() {}
