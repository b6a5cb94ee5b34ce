//! A value that was sent, used as another type.

use gen_runtime::prelude::*;

#[async_generator(send = u32)]
async fn echo() -> String {
    let heard: String = yield_!(String::new());
    yield_!(heard);
}

fn main() {}
