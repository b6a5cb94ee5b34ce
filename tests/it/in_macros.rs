//! Yields in the arguments of other macros.

use std::future::ready;

use futures::{FutureExt as _, StreamExt as _};
use gen_runtime::prelude::*;

use crate::support::{Task, finish, items, next, tick};

#[async_generator(send = u8)]
async fn formatted() -> String {
    let line = format!("{} {:>3}", yield_!("first".into()), yield_!("second".into()));
    yield_!(line);
    println!("{}", yield_!("printed".into()));
}

#[test]
fn yield_is_an_argument_of_format_macros() {
    let mut generator = Box::pin(formatted());
    assert_eq!(next(generator.as_mut()).unwrap(), "first");
    assert_eq!(finish(generator.send(7)).unwrap().unwrap(), "second");
    assert_eq!(finish(generator.send(8)).unwrap().unwrap(), "7   8");
    assert_eq!(next(generator.as_mut()).unwrap(), "printed");
    assert_eq!(finish(generator.send(9)), Ok(None));
}

#[async_generator(send = u8)]
async fn vectors() -> Vec<u8> {
    let list = vec![yield_!(vec![]), yield_!(vec![0]), 9];
    yield_!(list);
    yield_!(vec![yield_!(vec![1]); 2]);
}

#[test]
fn yield_is_an_element_of_vec() {
    let mut generator = Box::pin(vectors());
    assert_eq!(next(generator.as_mut()).unwrap(), []);
    assert_eq!(finish(generator.send(3)).unwrap().unwrap(), [0]);
    assert_eq!(finish(generator.send(4)).unwrap().unwrap(), [3, 4, 9]);
    assert_eq!(next(generator.as_mut()).unwrap(), [1]);
    assert_eq!(finish(generator.send(5)).unwrap().unwrap(), [5, 5]);
}

#[async_generator(send = u8, throw = &'static str)]
async fn checking() -> bool {
    assert!(yield_!(true).is_ok());
    assert_eq!(yield_!(true), Ok(2), "with a message {}", 1);
    let matched = matches!(yield_!(true), Err(text) if text.len() == 3);
    let _ = yield_!(matched);
    debug_assert!(yield_!(true).is_ok_and(|n| n == 4));
}

#[test]
fn yield_is_a_condition_of_assertions_and_matches() {
    let mut generator = Box::pin(checking());
    assert_eq!(next(generator.as_mut()), Some(true));
    assert_eq!(finish(generator.send(1)), Ok(Some(true)));
    assert_eq!(finish(generator.send(2)), Ok(Some(true)));
    assert_eq!(finish(generator.throw("odd")), Ok(Some(true)));
    // The last is compiled with debug assertions only.
    if cfg!(debug_assertions) {
        assert_eq!(finish(generator.send(3)), Ok(Some(true)));
    }
    assert_eq!(finish(generator.send(4)), Ok(None));
}

#[async_generator]
async fn tokio_selected(turns: u8) -> u8 {
    for turn in 0..turns {
        tokio::select! {
            biased;
            () = std::future::pending() => yield_!(99),
            () = tick() => {
                yield_!(turn);
                yield_!(turn + 10);
            }
        }
    }
    let value = tokio::select! {
        biased;
        () = std::future::pending() => 0,
        value = async { tick().await; 77 }, if turns > 0 => {
            yield_!(70);
            value
        }
        else => 5,
    };
    yield_!(value);
}

#[test]
fn yield_is_a_handler_of_tokio_select() {
    assert_eq!(items(tokio_selected(2)), [0, 10, 1, 11, 70, 77]);
}

#[async_generator]
async fn merged(left: Vec<u8>, right: Vec<u8>) -> (char, u8) {
    let mut left = futures::stream::iter(left)
        .then(|n| async move {
            tick().await;
            n
        })
        .boxed()
        .fuse();
    let mut right = futures::stream::iter(right).fuse();
    loop {
        futures::select_biased! {
            n = left.select_next_some() => yield_!(('l', n)),
            n = right.select_next_some() => { yield_!(('r', n)); }
            complete => break,
        }
    }
    futures::select! {
        () = tick().boxed().fuse() => { yield_!(('t', 0)) }
    };
}

#[test]
fn no_item_is_lost_between_the_arms_of_futures_select() {
    let mut items = items(merged(vec![1, 2], vec![3, 4, 5]));
    assert_eq!(items.pop(), Some(('t', 0)));
    let of =
        |side| items.iter().filter(|item| item.0 == side).map(|item| item.1).collect::<Vec<_>>();
    assert_eq!(of('l'), [1, 2]);
    assert_eq!(of('r'), [3, 4, 5]);
}

#[async_generator]
async fn in_loops_of_select(mut source: futures::channel::mpsc::UnboundedReceiver<u8>) -> u8 {
    let (mut ticks, mut turns) = (0, 0);
    loop {
        tokio::select! {
            biased;
            item = source.next() => match item {
                Some(0) => continue,
                Some(n) if n > 100 => return,
                Some(n) => yield_!(n),
                None => break,
            },
            () = tick() => {
                ticks += 1;
                if ticks == 3 {
                    yield_!(200 + turns);
                }
            }
        }
        turns += 1;
    }
    yield_!(100);
}

#[test]
fn select_may_continue_break_and_return() {
    let (sender, receiver) = futures::channel::mpsc::unbounded();
    let mut generator = Box::pin(in_loops_of_select(receiver));
    let send = |n| sender.unbounded_send(n).unwrap();
    send(1);
    assert_eq!(next(generator.as_mut()), Some(1));
    send(0);
    send(2);
    assert_eq!(next(generator.as_mut()), Some(2));
    assert_eq!(next(generator.as_mut()), Some(204));
    send(101);
    assert_eq!(next(generator.as_mut()), None);
}

macro_rules! twice {
    ($($code:tt)*) => {{ $($code)* $($code)* }};
}

macro_rules! yield_sum {
    ($a:expr, $b:expr) => {
        yield_!($a + $b)
    };
}

macro_rules! each {
    ($name:ident in $values:expr => $body:expr) => {
        for $name in $values {
            $body
        }
    };
}

#[async_generator]
async fn through_user_macros() -> u8 {
    let mut n = 0;
    twice! {
        yield_!(n);
        n += 1;
    }
    yield_sum!(10, n);
    each!(i in [20, 21] => yield_!(i));
    each!(i in [30, 31] => yield_sum!(i, 1));
}

#[test]
fn yield_passes_through_user_macros() {
    assert_eq!(items(through_user_macros()), [0, 1, 12, 20, 21, 31, 32]);
}

#[async_generator]
async fn macros_of_the_body() -> u8 {
    macro_rules! emit {
        ($($n:expr),*) => { $(yield_!($n);)* };
    }
    emit!(1, 2);
    async {
        emit!(3);
        println!("{:?}", yield_!(4));
    }
    .await;
    emit!();
}

#[test]
fn macro_defined_in_the_body_may_yield() {
    assert_eq!(items(macros_of_the_body()), [1, 2, 3, 4]);
}

#[async_generator]
async fn nested_in_each_other() -> String {
    let text =
        format!("{:?}", vec![matches!(yield_!("a".into()), ()), matches!(yield_!("b".into()), ())]);
    yield_!(text);
}

#[test]
fn macros_may_nest_around_a_yield() {
    assert_eq!(items(nested_in_each_other()), ["a", "b", "[true, true]"]);
}

#[async_generator]
async fn question_in_macros(text: &str) -> Result<u8, std::num::ParseIntError> {
    let list = vec![text.parse()?, 2];
    for n in list {
        tokio::select! {
            () = tick() => yield_!(Ok(n + "1".parse::<u8>()?)),
        }
    }
    tokio::select! {
        () = tick() => return Ok(()),
    }
}

#[test]
fn question_mark_in_macros_ends_the_generator() {
    assert_eq!(items(question_in_macros("5")), [Ok(6), Ok(3)]);
    assert!(matches!(items(question_in_macros("x"))[..], [Err(_)]));
}

#[async_generator]
async fn joining() -> (u8, u8) {
    for n in 0..2 {
        let pair = futures::join!(
            async {
                tick().await;
                n
            },
            async { n + 10 }
        );
        yield_!(pair);
        yield_!(tokio::join!(async { n }, async {
            tick().await;
            n + 20
        }));
    }
}

#[test]
fn join_awaits_between_yields() {
    assert_eq!(items(joining()), [(0, 10), (0, 20), (1, 11), (1, 21)]);
}

#[async_generator]
async fn waiting_twice() -> u8 {
    tokio::select! {
        () = async { tick().await; tick().await } => yield_!(1),
    }
}

#[test]
fn select_is_polled_once_a_wake() {
    let task = Task::new();
    let mut generator = Box::pin(waiting_twice());
    assert!(task.poll_next(generator.as_mut()).is_pending());
    assert_eq!(task.wakes(), 1);
    assert!(task.poll_next(generator.as_mut()).is_pending());
    assert_eq!(task.wakes(), 2);
    assert!(task.poll_next(generator.as_mut()).is_ready());
    assert_eq!(task.wakes(), 2);
}

#[async_generator]
async fn joins_in_a_block() -> u32 {
    let n = async {
        let (one, two) = futures::join!(ready(1), ready(2));
        one + two
    }
    .await;
    yield_!(n);
}

#[async_generator]
async fn selects_beside_a_block() -> u32 {
    tokio::select! { n = ready(1) => { yield_!(n); } }
    async {
        yield_!(2);
        let n = ready(3).await;
        yield_!(n);
    }
    .await;
}

/// Sent something, it needs more of a frame than the place of its item.
#[async_generator(send = u32)]
async fn selects_and_is_sent() -> u32 {
    let sent = yield_!(0);
    tokio::select! { n = ready(sent) => { yield_!(n); } }
}

#[test]
fn macros_that_await_stand_in_blocks_and_beside_them() {
    assert_eq!(items(joins_in_a_block()), [3]);
    assert_eq!(items(selects_beside_a_block()), [1, 2, 3]);
    let mut sent = Box::pin(selects_and_is_sent());
    assert_eq!(next(sent.as_mut()), Some(0));
    assert_eq!(finish(sent.send(7)), Ok(Some(7)));
}

#[async_generator]
async fn loops_in_selects_in_loops() -> u32 {
    tokio::select! { biased; () = tick() => {
        #[for_await]
        for n in futures::stream::iter([1, 2]) {
            tokio::select! { biased; () = tick() => {
                #[for_await]
                for m in futures::stream::iter([10, 20]) {
                    tick().await;
                    yield_!(n + m);
                }
            } }
        }
    } }
}

#[test]
fn select_may_loop_in_a_loop_of_another() {
    assert_eq!(items(loops_in_selects_in_loops()), [11, 21, 12, 22]);
}
