//! A loop whose body is an async block of its own did not take the slot of the poll that gave its item.

use std::task::Poll;

use futures::{Stream, stream};
use gen_runtime::prelude::*;

use crate::support::items_over_the_stack;

/// Is pending before each item.
fn pausing(last: u32) -> impl Stream<Item = u32> {
    let mut polls = 0;
    stream::poll_fn(move |cx| {
        polls += 1;
        if polls % 2 == 1 {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready((polls / 2 <= last).then_some(polls / 2))
    })
}

fn small(n: u32) -> Result<u32, String> {
    if n < 4 { Ok(n) } else { Err(format!("{n} is too much")) }
}

#[async_generator]
async fn until_too_much() -> String {
    let result: Result<(), String> = async {
        #[for_await]
        for item in pausing(9) {
            yield_!(small(item)?.to_string());
        }
        Ok(())
    }
    .await;
    yield_!(result.unwrap_err());
}

#[test]
fn items_of_a_loop_in_an_awaited_block_are_not_lost() {
    assert_eq!(items_over_the_stack(until_too_much()), ["1", "2", "3", "4 is too much"]);
}
