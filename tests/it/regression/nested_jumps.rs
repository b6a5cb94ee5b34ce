//! A jump out of two regions set the locals of the inner one twice, and the body ended there.

use futures::{StreamExt as _, executor::block_on};
use gen_runtime::prelude::*;

#[async_generator]
async fn continues() -> u32 {
    for n in 0..3 {
        defer! { std::future::ready(()).await; }
        {
            defer! { std::future::ready(()).await; }
            if n < 2 {
                continue;
            }
        }
        yield_!(n);
    }
    yield_!(100);
}

#[async_generator]
async fn breaks_with_a_value() -> u32 {
    let found: Result<u32, ()> = async {
        let found = 'outer: loop {
            defer! { std::future::ready(()).await; }
            loop {
                defer! { std::future::ready(()).await; }
                {
                    defer! { std::future::ready(()).await; }
                    break 'outer 7;
                }
            }
        };
        yield_!(found);
        Ok(found + 1)
    }
    .await;
    yield_!(found.unwrap());
}

#[test]
fn continue_leaves_two_regions() {
    assert_eq!(block_on(continues().collect::<Vec<_>>()), [2, 100]);
}

#[test]
fn break_carries_its_value_out_of_three_regions() {
    assert_eq!(block_on(breaks_with_a_value().collect::<Vec<_>>()), [7, 8]);
}
