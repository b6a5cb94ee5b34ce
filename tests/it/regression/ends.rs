//! A fallible body could end with a `Result` in plain sight only, and that lowered to `return`.

use futures::{StreamExt as _, executor::block_on};
use gen_runtime::prelude::*;

async fn check(n: u32) -> Result<(), String> {
    std::future::ready(if n > 1 { Err(format!("{n} is too much")) } else { Ok(()) }).await
}

#[async_generator]
async fn ends_with_an_await(n: u32) -> Result<u32, String> {
    yield_!(Ok(n));
    check(n).await
}

#[async_generator]
async fn ends_with_nothing_awaited() -> Result<u32, String> {
    yield_!(Ok(1));
    std::future::ready(()).await
}

#[async_generator]
async fn ends_behind_a_cleanup(n: u32) -> Result<u32, String> {
    defer! { std::future::ready(()).await; }
    yield_!(Ok(n));
    if n > 1 { Err(String::from("in a branch")) } else { Ok(()) }
}

#[test]
fn fallible_body_may_end_with_any_result() {
    assert_eq!(block_on(ends_with_an_await(1).collect::<Vec<_>>()), [Ok(1)]);
    let items = block_on(ends_with_an_await(2).collect::<Vec<_>>());
    assert_eq!(items, [Ok(2), Err(String::from("2 is too much"))]);
    assert_eq!(block_on(ends_with_nothing_awaited().collect::<Vec<_>>()), [Ok(1)]);
}

#[test]
fn result_at_the_end_of_guarded_code_leaves_the_body() {
    assert_eq!(block_on(ends_behind_a_cleanup(1).collect::<Vec<_>>()), [Ok(1)]);
    let items = block_on(ends_behind_a_cleanup(2).collect::<Vec<_>>());
    assert_eq!(items, [Ok(2), Err(String::from("in a branch"))]);
}
