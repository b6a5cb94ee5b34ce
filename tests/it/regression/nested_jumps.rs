//! A jump out of two regions set the locals of the inner one twice, and the body ended there. One in what a `for` takes
//! from was taken for one of that loop.

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

#[async_generator]
async fn leaves_by_what_a_loop_takes_from(mut rows: std::vec::IntoIter<Option<[u32; 2]>>) -> u32 {
    'rows: loop {
        defer! { std::future::ready(()).await; }
        for n in match rows.next() {
            Some(Some([0, _])) => continue 'rows,
            Some(Some(row)) => row,
            Some(None) => continue,
            None => break,
        } {
            if n == 3 {
                continue;
            }
            yield_!(n);
        }
    }
    yield_!(100);
}

#[test]
fn a_jump_in_what_a_loop_takes_from_is_none_of_that_loop() {
    let rows = vec![Some([1, 2]), None, Some([0, 5]), Some([3, 4])].into_iter();
    let items = leaves_by_what_a_loop_takes_from(rows);
    assert_eq!(block_on(items.collect::<Vec<_>>()), [1, 2, 4, 100]);
}

#[test]
fn continue_leaves_two_regions() {
    assert_eq!(block_on(continues().collect::<Vec<_>>()), [2, 100]);
}

#[test]
fn break_carries_its_value_out_of_three_regions() {
    assert_eq!(block_on(breaks_with_a_value().collect::<Vec<_>>()), [7, 8]);
}
