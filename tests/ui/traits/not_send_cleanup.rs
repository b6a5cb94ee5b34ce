//! A local that is not `Send`, held across the awaits of a cleanup.

use gen_runtime::prelude::*;

use std::rc::Rc;

#[async_generator]
async fn count() -> u32 {
    let shared = Rc::new(1);
    defer! {
        std::future::ready(()).await;
        println!("{shared}");
    }
    yield_!(1);
}

fn is_send(_: impl Send) {}

fn main() {
    is_send(count());
}
