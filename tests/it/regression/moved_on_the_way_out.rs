//! What a loop over a stream moved where it left that was taken for moved in each turn, and did not compile.

use futures::stream::iter;
use gen_runtime::prelude::*;

use crate::support::{Log, finish, items, next, tick};

fn consume(text: String) -> usize {
    text.len()
}

#[async_generator]
async fn source(log: &Log) -> usize {
    defer! {
        tick().await;
        log.push("closed");
    }
    for n in 0.. {
        yield_!(n);
    }
}

#[async_generator]
async fn before_a_return(text: String, log: &Log) -> usize {
    #[for_await]
    for n in source(log) {
        if n == 2 {
            yield_!(consume(text) * 10);
            return;
        }
        yield_!(n);
    }
}

#[async_generator]
async fn in_an_item(texts: [String; 2], log: &Log) -> String {
    'texts: for text in texts {
        #[for_await]
        for n in source(log) {
            if n == 1 {
                yield_!(text);
                continue 'texts;
            }
        }
    }
}

#[async_generator]
async fn in_an_error(context: String) -> Result<u32, String> {
    #[for_await]
    for item in iter([Ok(1), Err(()), Ok(2)]) {
        match item {
            Ok(item) => yield_!(Ok(item)),
            Err(()) => return Err(context),
        }
    }
}

#[async_generator]
async fn at_first(log: &Log) -> String {
    let found: String;
    let first = String::from("first ");
    #[for_await]
    for n in source(log) {
        if n > 1 {
            found = first + &n.to_string();
            tick().await;
            yield_!(found);
            break;
        }
    }
}

#[async_generator]
async fn in_an_inner_loop(text: String, log: &Log) -> usize {
    #[for_await]
    for n in source(log) {
        #[for_await]
        for m in source(log) {
            if (n, m) == (1, 2) {
                yield_!(consume(text));
                return;
            }
            if m == 2 {
                break;
            }
        }
    }
}

#[test]
fn a_variable_is_moved_where_a_loop_is_left() {
    let log = Log::default();
    assert_eq!(items(before_a_return("four".into(), &log)), [0, 1, 40]);
    assert_eq!(log.take(), ["closed"]);
    assert_eq!(items(in_an_item(["a".into(), "b".into()], &log)), ["a", "b"]);
    assert_eq!(log.take(), ["closed"; 2]);
    assert_eq!(items(in_an_error("no".into())), [Ok(1), Err("no".into())]);
    assert_eq!(items(at_first(&log)), ["first 2"]);
    assert_eq!(log.take(), ["closed"]);
    assert_eq!(items(in_an_inner_loop("five!".into(), &log)), [5]);
    assert_eq!(log.take(), ["closed"; 3]);
}

#[test]
fn close_goes_that_way_too() {
    let log = Log::default();
    let mut leaving = Box::pin(before_a_return("four".into(), &log));
    for n in [0, 1, 40] {
        assert_eq!(next(leaving.as_mut()), Some(n));
    }
    finish(leaving.close());
    assert_eq!(log.take(), ["closed"]);

    let mut staying = Box::pin(before_a_return("four".into(), &log));
    assert_eq!(next(staying.as_mut()), Some(0));
    finish(staying.close());
    assert_eq!(log.take(), ["closed"]);
}

fn is_long(text: String) -> bool {
    text.len() > 3
}

#[async_generator]
async fn in_branches(text: String) -> u32 {
    #[for_await]
    for n in iter(0..5) {
        let next = if n < 2 {
            n
        } else {
            match is_long(text) {
                true => return,
                false => break,
            }
        };
        yield_!(next);
    }
    yield_!(9);
}

#[async_generator]
async fn in_a_loop_without_an_end(text: String) -> u32 {
    #[for_await]
    for n in iter(0..5) {
        let next = if n < 2 {
            n
        } else {
            let mut bytes = text.into_bytes();
            loop {
                match bytes.pop() {
                    Some(byte) => yield_!(u32::from(byte)),
                    None => return,
                }
            }
        };
        yield_!(next);
    }
}

#[test]
fn it_is_moved_in_any_branch_that_leaves() {
    assert_eq!(items(in_branches("long".into())), [0, 1]);
    assert_eq!(items(in_branches("a".into())), [0, 1, 9]);
    assert_eq!(items(in_a_loop_without_an_end("ab".into())), [0, 1, 98, 97]);
}
