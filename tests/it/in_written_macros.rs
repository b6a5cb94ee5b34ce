//! Awaits and `?` in what the macros of the standard library are given: they are code of the body's own.

use std::fmt::Write as _;

use futures::stream::iter;
use gen_runtime::{prelude::*, stream};

use crate::support::{Log, Task, finish, items, next, tick};

async fn number(of: u32) -> u32 {
    tick().await;
    of
}

async fn parsed(text: &str) -> Result<u32, std::num::ParseIntError> {
    tick().await;
    text.parse()
}

#[async_generator]
async fn awaiting(text: String) -> String {
    yield_!(format!("{} {name} {}", number(1).await, number(2).await, name = number(3).await));
    let mut out = String::new();
    write!(out, "{text}{}", number(4).await).expect("it is a string");
    yield_!(out);
    assert_eq!(number(5).await, 5, "{}", number(6).await);
    let mut numbers = vec![number(7).await];
    numbers.push(8);
    for n in numbers {
        yield_!(std::format!("{n}{}", vec![number(9).await; 1][0]));
    }
    if text.is_empty() {
        unreachable!("{}", number(10).await);
    }
}

async fn borrowed(of: &str) -> &str {
    tick().await;
    of
}

#[async_generator]
async fn borrowing() -> String {
    defer! { println!("{}", borrowed(&String::from("cleaned up")).await); }
    yield_!(format!(
        "{} {}",
        borrowed(&String::from("a")).await,
        borrowed(&"b".repeat(2)).await.len()
    ));
}

/// What is borrowed for an await in there lives as long as the macro does.
#[test]
fn macros_are_given_what_borrows_from_temporaries() {
    assert_eq!(items(borrowing()), ["a 2"]);
}

#[async_generator]
async fn in_parentheses(log: &Log) -> String {
    let mut first = Box::pin(number(1));
    yield_!(format!("{}", (&mut first).await));
    let mut second = Some(Box::pin(number(2)));
    defer! { log.push(format!("{}", (if true { number(4) } else { number(5) }).await)); }
    yield_!(format!("{} {}", (second.as_mut().unwrap()).await, (&mut Box::pin(number(3))).await));
}

#[test]
fn macros_are_given_awaits_of_what_is_in_parentheses() {
    let log = Log::default();
    assert_eq!(items(in_parentheses(&log)), ["1", "2 3"]);
    assert_eq!(log.take(), ["4"]);
}

#[test]
fn macros_that_take_expressions_await() {
    assert_eq!(items(awaiting("a".to_owned())), ["1 3 2", "a4", "79", "89"]);
}

/// Moves what it puts back, in a loop over a stream and behind a cleanup: not from an async block.
#[async_generator]
async fn moving(log: &Log) -> String {
    let mut last = String::new();
    #[for_await]
    for n in iter(1..3) {
        yield_!(last);
        last = format!("{n} {}", number(n).await);
    }
    {
        defer! { log.push(format!("cleanup {}", number(3).await)); }
        log.push(format!("guarded {}", number(4).await));
        yield_!(last);
        return;
    }
}

#[test]
fn guarded_code_with_awaits_in_macros_is_in_place() {
    let log = Log::default();
    assert_eq!(items(moving(&log)), ["", "1 1", "2 2"]);
    assert_eq!(log.take(), ["guarded 4", "cleanup 3"]);
}

#[test]
fn guarded_code_is_left_at_an_await_in_a_macro() {
    let log = &Log::default();
    let mut generator = Box::pin(stream! {
        defer! { log.push("cleanup"); }
        yield 1;
        log.push(format!("never {}", std::future::pending::<u32>().await));
        yield 2;
    });
    let task = Task::new();
    assert_eq!(next(generator.as_mut()), Some(1));
    assert!(task.poll_next(generator.as_mut()).is_pending());
    finish(generator.close());
    assert_eq!(log.take(), ["cleanup"]);
}

#[async_generator]
async fn asking(texts: [&str; 2], log: &Log) -> Result<String, std::num::ParseIntError> {
    for text in texts {
        defer! { tick().await; log.push(text); }
        yield_!(Ok(format!("{} {}", parsed(text).await?, text.parse::<u32>()?)));
    }
    yield_!(Ok(format!("{}", parsed("x").await?)));
}

#[test]
fn question_in_a_macro_runs_the_cleanups() {
    let log = Log::default();
    let found = items(asking(["1", "2"], &log));
    assert_eq!(found[..2], [Ok("1 1".to_owned()), Ok("2 2".to_owned())]);
    assert!(found[2].is_err());
    assert_eq!(log.take(), ["1", "2"]);
    let found = items(asking(["1", "x"], &log));
    assert!(found.len() == 2 && found[1].is_err(), "{found:?}");
    assert_eq!(log.take(), ["1", "x"]);
}

mod of_somebody_else {
    use super::*;

    /// Gives a future, as that of async-std does.
    macro_rules! println {
        ($($given:tt)*) => {
            async { format!($($given)*) }
        };
    }

    #[async_generator]
    async fn printing() -> String {
        yield_!(println!("{}", number(1).await).await);
        let later = (println!("{}", number(2).await)).await;
        yield_!(later);
    }

    #[test]
    fn macro_whose_value_is_awaited_is_somebody_else_s() {
        assert_eq!(items(printing()), ["1", "2"]);
    }
}

#[async_generator]
async fn in_a_block_of_a_cleanup(log: &Log) -> u32 {
    defer! {
        let found: Result<String, std::num::ParseIntError> =
            async { Ok(format!("{}", parsed("x").await?)) }.await;
        log.push(format!("{}", found.is_err()));
    }
    yield_!(1);
}

/// Something that only its author can read.
macro_rules! do_it {
    ($($code:tt)*) => {
        $($code)*
    };
}

#[async_generator]
async fn beside_another_macro_in_a_cleanup(log: &Log) -> u32 {
    defer! {
        do_it!(tick().await);
        log.push(format!("{}", number(2).await));
        async {
            do_it!(tick().await);
            log.push(format!("{}", number(3).await));
        }
        .await;
    }
    {
        defer! { log.push(format!("{}", number(1).await)); }
        do_it!(yield_!(number(4).await));
        async { log.push(vec![number(0).await; 1][0].to_string()) }.await;
    }
}

#[test]
fn macros_of_a_cleanup_await_beside_another_one() {
    let log = Log::default();
    assert_eq!(items(beside_another_macro_in_a_cleanup(&log)), [4]);
    assert_eq!(log.take(), ["0", "1", "2", "3"]);
}

#[test]
fn question_in_a_macro_leaves_the_block_that_a_cleanup_awaits() {
    let log = Log::default();
    assert_eq!(items(in_a_block_of_a_cleanup(&log)), [1]);
    assert_eq!(log.take(), ["true"]);
}

/// Its await is one of the body's own in a block, too.
#[async_generator]
async fn in_a_block_alone() -> String {
    let found = async { format!("{}", number(1).await) }.await;
    yield_!(found);
}

#[test]
fn macro_in_an_awaited_block_awaits_with_the_consumers_waker() {
    let task = Task::new();
    let consumers = task.waker();
    let mut generator = std::pin::pin!(stream! {
        let found = async {
            format!("{}", std::future::poll_fn(|cx| {
                std::task::Poll::Ready(std::ptr::eq(cx.waker(), consumers))
            }).await)
        }.await;
        yield found;
    });
    assert_eq!(task.poll_next(generator.as_mut()), std::task::Poll::Ready(Some("true".to_owned())));
    assert_eq!(items(in_a_block_alone()), ["1"]);
}

fn __macro_in_parens_stringify(number: u32) -> u32 {
    number
}

/// Written as a call, it would be that of the macro.
#[async_generator]
async fn spelled_as_ours() -> String {
    yield_!(format!("{}", __macro_in_parens_stringify(number(1).await)));
}

#[test]
fn function_by_the_name_of_a_written_macro_is_called_in_another_one() {
    assert_eq!(items(spelled_as_ours()), ["1"]);
}
