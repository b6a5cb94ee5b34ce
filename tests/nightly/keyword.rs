//! The keyword `yield` under the attribute.

use futures::{StreamExt as _, executor::block_on};
use gen_runtime::prelude::*;

#[async_generator]
async fn counted(up_to: u32) -> u32 {
    for n in 0..up_to {
        yield n;
    }
}

#[async_generator(send = Option<u32>)]
async fn echo() -> u32 {
    let heard = yield 0;
    yield heard.unwrap_or(9);
}

#[async_generator]
async fn unit() {
    yield;
    match true {
        true => yield,
        false => yield (),
    }
}

#[test]
fn keyword_yields_under_the_attribute() {
    assert_eq!(block_on(counted(3).collect::<Vec<_>>()), [0, 1, 2]);
}

#[test]
fn keyword_evaluates_to_what_was_sent() {
    block_on(async {
        let mut echo = std::pin::pin!(echo());
        assert_eq!(echo.next().await, Some(0));
        assert_eq!(echo.send(Some(4)).await, Ok(Some(4)));
    });
}

#[test]
fn keyword_without_a_value_yields_unit() {
    assert_eq!(block_on(unit().count()), 2);
}

#[test]
fn keyword_works_in_the_arguments_of_macros() {
    #[async_generator]
    async fn shown() -> u32 {
        println!("{:?}", yield 1);
        let _ = vec![yield 2, yield 3];
    }
    assert_eq!(block_on(shown().collect::<Vec<_>>()), [1, 2, 3]);
}
