//! The same in a box.

use gen_runtime::prelude::*;

enum Command {
    Stop,
}

#[async_generator(send = Command, boxed)]
async fn run() -> u32 {
    let Command::Stop = yield_!(0);
}

fn main() {}
