//! An argument that is not `Send`.

use gen_runtime::prelude::*;

use std::rc::Rc;

#[async_generator]
async fn count(shared: Rc<u32>) -> u32 {
    yield_!(*shared);
}

fn is_send(_: impl Send) {}

fn main() {
    is_send(count(Rc::new(1)));
}
