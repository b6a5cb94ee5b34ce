//! A type that is sent has a default, for a plain `next`.

use gen_runtime::prelude::*;

enum Command {
    Stop,
}

#[async_generator(send = Command)]
async fn run() -> u32 {
    let Command::Stop = yield_!(0);
}

fn main() {}
