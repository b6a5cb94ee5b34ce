//! A local that is not `Send`, held across a `for await`.

use gen_runtime::prelude::*;

use std::rc::Rc;

#[async_generator]
async fn count() -> u32 {
    let shared = Rc::new(1);
    #[for_await]
    for n in futures::stream::iter([1]) {
        yield_!(n + *shared);
    }
}

fn is_send(_: impl Send) {}

fn main() {
    is_send(count());
}
