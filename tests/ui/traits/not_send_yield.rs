//! A local that is not `Send`, held across a yield.

use gen_runtime::prelude::*;

use std::rc::Rc;

#[async_generator]
async fn count() -> u32 {
    let shared = Rc::new(1);
    yield_!(*shared);
    yield_!(*shared);
}

fn is_send(_: impl Send) {}

fn main() {
    is_send(count());
}
