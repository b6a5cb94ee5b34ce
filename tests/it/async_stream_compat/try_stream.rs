use std::{convert::Infallible, num::ParseIntError};

use futures::{Stream, TryStreamExt as _, future};

use crate::support::{finish, items, next, tick};

fn parsed(text: &str) -> impl Stream<Item = Result<u8, ParseIntError>> {
    try_stream! {
        for word in text.split(' ') {
            let n: u8 = word.parse()?;
            yield n;
        }
    }
}

#[test]
fn try_stream_yields_oks_and_ends_with_the_first_error() {
    assert_eq!(items(parsed("1 2")), [Ok(1), Ok(2)]);
    let mut failing = Box::pin(parsed("1 x 2"));
    assert_eq!(next(failing.as_mut()), Some(Ok(1)));
    assert!(matches!(next(failing.as_mut()), Some(Err(_))));
    assert_eq!(next(failing.as_mut()), None);
    assert_eq!(next(failing.as_mut()), None);
}

#[derive(Debug, PartialEq)]
struct Wrapped(String);

impl From<ParseIntError> for Wrapped {
    fn from(error: ParseIntError) -> Self {
        Self(error.to_string())
    }
}

impl From<&str> for Wrapped {
    fn from(error: &str) -> Self {
        Self(error.to_owned())
    }
}

fn converting(text: &str) -> impl Stream<Item = Result<u8, Wrapped>> {
    try_stream! {
        tick().await;
        yield text.parse::<u8>()?;
        if text == "2" {
            Err("two")?;
        }
        yield 0;
    }
}

#[test]
fn question_mark_converts_errors() {
    assert_eq!(items(converting("1")), [Ok(1), Ok(0)]);
    assert_eq!(items(converting("2")), [Ok(2), Err(Wrapped(String::from("two")))]);
    assert!(matches!(items(converting("x"))[..], [Err(_)]));
}

#[test]
fn try_stream_may_return_early() {
    fn early(stop: bool) -> impl Stream<Item = Result<u8, Infallible>> {
        try_stream! {
            yield 1;
            if stop {
                return;
            }
            yield 2;
        }
    }
    assert_eq!(items(early(true)), [Ok(1)]);
    assert_eq!(items(early(false)), [Ok(1), Ok(2)]);
}

#[test]
fn try_stream_of_units_yields_without_a_value() {
    fn units() -> impl Stream<Item = Result<(), String>> {
        try_stream! { yield; yield () }
    }
    assert_eq!(items(units()), [Ok(()), Ok(())]);
}

#[test]
fn question_mark_works_on_a_stream_in_a_try_stream() {
    fn sum(texts: [&str; 2]) -> impl Stream<Item = Result<u8, Wrapped>> {
        try_stream! {
            let mut total = 0;
            for text in texts {
                for await n in parsed(text) {
                    total += n?;
                }
                yield total;
            }
        }
    }
    assert_eq!(items(sum(["1 2", "3"])), [Ok(3), Ok(6)]);
    assert!(matches!(items(sum(["1", "x"]))[..], [Ok(1), Err(_)]));
}

#[test]
fn try_stream_in_a_stream_keeps_its_errors() {
    let outer = stream! {
        let inner = parsed("1 x");
        for await result in inner {
            yield result.is_ok();
        }
    };
    assert_eq!(items(outer), [true, false]);
}

#[test]
fn question_mark_is_native_in_closures_and_blocks() {
    fn guarded(text: &str) -> impl Stream<Item = Result<Option<u8>, ParseIntError>> {
        try_stream! {
            let first = (|| text.chars().next()?.to_digit(10))();
            yield first.and_then(|digit| u8::try_from(digit).ok());
            let parsed: Result<u8, ParseIntError> = async { Ok(text.parse::<u8>()? + 1) }.await;
            yield Some(parsed?);
        }
    }
    assert_eq!(items(guarded("4")), [Ok(Some(4)), Ok(Some(5))]);
    assert!(matches!(items(guarded("x"))[..], [Ok(None), Err(_)]));
}

#[test]
fn select_in_a_try_stream_yields_oks() {
    fn selecting() -> impl Stream<Item = Result<u8, ParseIntError>> {
        try_stream! {
            tokio::select! {
                n = async { tick().await; 3 } => yield n,
            }
            let n: u8 = "x".parse()?;
            yield n;
        }
    }
    assert!(matches!(items(selecting())[..], [Ok(3), Err(_)]));
}

#[test]
fn return_in_select_ends_either_kind_of_stream() {
    let plain = stream! {
        for n in 0.. {
            tokio::select! {
                () = tick(), if n == 1 => return,
                () = tick(), if n == 0 => yield n,
            }
        }
    };
    assert_eq!(items(plain), [0]);
    fn fallible() -> impl Stream<Item = Result<u8, String>> {
        try_stream! {
            for n in 0.. {
                tokio::select! {
                    () = tick(), if n == 1 => { return; }
                    () = tick(), if n == 0 => yield n,
                }
            }
        }
    }
    assert_eq!(items(fallible()), [Ok(0)]);
}

#[test]
fn combinators_for_results_take_the_stream() {
    let tried = parsed("1 2 3").try_fold(0, |sum, n| future::ready(Ok(sum + n)));
    assert_eq!(finish(tried), Ok(6));
}
