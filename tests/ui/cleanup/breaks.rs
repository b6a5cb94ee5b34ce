//! A cleanup cannot break out; within its own loops it may.

use gen_runtime::prelude::*;

#[async_generator]
async fn count(started: bool) -> u32 {
    'outer: loop {
        defer! {
            for n in 0.. {
                if n == 1 {
                    continue;
                }
                if n == 2 {
                    break;
                }
                if n == 3 {
                    break 'outer;
                }
            }
            for _ in 0..if started { 1 } else { break } {}
            continue;
        }
        yield_!(1);
    }
}

fn main() {}
