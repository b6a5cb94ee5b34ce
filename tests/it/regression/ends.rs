//! A fallible body could end with a `Result` in plain sight only, and that lowered to `return`; beside one, the other ways to
//! the end could only yield.

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

fn failed() -> Result<(), String> {
    Err(String::from("failed"))
}

#[async_generator]
async fn ends_with_a_loop(way: &str) -> Result<u32, String> {
    if way == "for" {
        for n in 0..2 {
            yield_!(Ok(n));
        }
    } else if way == "while" {
        let mut n = 2;
        while n > 0 {
            n -= 1;
            yield_!(Ok(n));
        }
    } else if way == "for await" {
        #[for_await]
        for item in ends_with_nothing_awaited() {
            yield_!(item);
        }
    } else {
        Err(way.into())
    }
}

#[async_generator(send = u32)]
#[rustfmt::skip]
async fn ends_without_a_value(way: &str, last: &mut u32) -> Result<u32, String> {
    defer! { std::future::ready(()).await; }
    match way {
        "for" => for n in 0..2 { yield_!(Ok(n)); },
        "if" => if *last == 0 { yield_!(Ok(1)) },
        "=" => *last = yield_!(Ok(1)) + 1,
        "+=" => { *last += 2 }
        "break" => 'rows: loop {
            loop {
                *last += 1;
                if *last == 3 { break 'rows; }
                if *last == 2 { break; }
            }
            yield_!(Ok(*last));
        },
        "break with a result" => loop {
            if *last == 1 { break failed(); }
            *last += yield_!(Ok(*last)) + 1;
        },
        "never" => loop { yield_!(Ok(8)); failed()?; },
        _ => Err(way.into()),
    }
}

#[test]
fn fallible_body_may_end_without_a_value_beside_a_result() {
    let all = |way| block_on(ends_with_a_loop(way).collect::<Vec<_>>());
    assert_eq!(all("for"), [Ok(0), Ok(1)]);
    assert_eq!(all("while"), [Ok(1), Ok(0)]);
    assert_eq!(all("for await"), [Ok(1)]);
    assert_eq!(all("wrong"), [Err(String::from("wrong"))]);
    let all = |way| {
        let mut last = 0;
        (block_on(ends_without_a_value(way, &mut last).collect::<Vec<_>>()), last)
    };
    assert_eq!(all("for"), (vec![Ok(0), Ok(1)], 0));
    assert_eq!(all("if"), (vec![Ok(1)], 0));
    assert_eq!(all("="), (vec![Ok(1)], 1));
    assert_eq!(all("+="), (vec![], 2));
    assert_eq!(all("break"), (vec![Ok(2)], 3));
    assert_eq!(all("break with a result"), (vec![Ok(0), Err(String::from("failed"))], 1));
    assert_eq!(all("never"), (vec![Ok(8), Err(String::from("failed"))], 0));
    assert_eq!(all("wrong"), (vec![Err(String::from("wrong"))], 0));
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

#[async_generator]
async fn never_ends_in_one_arm(gives: bool) -> Result<u32, &'static str> {
    if gives {
        loop {
            for n in 0..3 {
                if n == 1 {
                    break;
                }
                yield_!(Ok(n));
            }
        }
    } else {
        Err("none")
    }
}

#[test]
fn a_break_in_an_inner_loop_does_not_end_the_outer_one() {
    use futures::StreamExt as _;
    assert_eq!(crate::support::items(never_ends_in_one_arm(true).take(3)), [Ok(0); 3]);
    assert_eq!(crate::support::items(never_ends_in_one_arm(false)), [Err("none")]);
}

#[async_generator]
async fn leaves_a_loop_with_a_result(to: u32) -> Result<u32, &'static str> {
    let mut n = 0;
    loop {
        if n == to {
            break Ok(());
        }
        if n == 2 {
            break Err("two");
        }
        for m in 0.. {
            if m == n {
                break;
            }
        }
        yield_!(Ok(n));
        n += 1;
    }
}

#[test]
fn a_loop_may_be_left_with_a_result() {
    assert_eq!(crate::support::items(leaves_a_loop_with_a_result(1)), [Ok(0)]);
    assert_eq!(crate::support::items(leaves_a_loop_with_a_result(9)), [Ok(0), Ok(1), Err("two")]);
}
