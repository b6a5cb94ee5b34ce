//! Jumps that are in no loop, where blocks of the expansion are around them.

use gen_runtime::prelude::*;

#[async_generator]
async fn behind_a_cleanup(to: u32) -> u32 {
    defer! { println!("closed"); }
    if to > 3 {
        break;
    }
    yield_!(if to > 2 { to } else { continue });
}

#[async_generator]
async fn in_an_awaited_block() -> Result<u32, String> {
    loop {
        async { break; }.await;
        yield_!(Ok(1));
    }
}

#[async_generator]
async fn in_a_block(to: u32) -> u32 {
    'block: {
        if to > 3 {
            break;
        }
        break 'block;
    }
    yield_!(1);
}

#[async_generator]
async fn plainly() -> u32 {
    yield_!(1);
    break;
}

fn main() {}
