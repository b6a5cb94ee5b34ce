//! A box of a generator that is not `Send`.

use gen_runtime::prelude::*;

use std::rc::Rc;

#[async_generator(boxed)]
async fn count() -> u32 {
    let shared = Rc::new(1);
    yield_!(*shared);
    yield_!(*shared);
}

fn main() {}
