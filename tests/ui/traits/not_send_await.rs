//! A local that is not `Send`, held across an await.

use gen_runtime::prelude::*;

use std::rc::Rc;

#[async_generator]
async fn count() -> u32 {
    let shared = Rc::new(1);
    std::future::ready(()).await;
    yield_!(*shared);
}

fn is_send(_: impl Send) {}

fn main() {
    is_send(count());
}
