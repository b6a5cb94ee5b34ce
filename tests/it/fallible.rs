//! Generators of `Result`s: `?` stays native, and an error is the last item.

use std::{
    error::Error,
    fmt, io,
    num::{IntErrorKind, ParseIntError},
};

use gen_runtime::prelude::*;

use crate::support::{finish, items, next, tick};

#[async_generator]
async fn numbers(text: &str) -> Result<u8, ParseIntError> {
    for word in text.split(' ') {
        if word == "stop" {
            return;
        }
        yield_!(Ok(word.parse()?));
    }
}

#[test]
fn question_mark_makes_the_error_the_last_item() {
    let mut generator = Box::pin(numbers("1 x 2"));
    assert_eq!(next(generator.as_mut()), Some(Ok(1)));
    let error = next(generator.as_mut()).unwrap().unwrap_err();
    assert_eq!(error.kind(), &IntErrorKind::InvalidDigit);
    assert_eq!(next(generator.as_mut()), None);
    assert_eq!(next(generator.as_mut()), None);
}

#[test]
fn empty_return_ends_a_fallible_generator() {
    assert_eq!(items(numbers("1 stop 2")), [Ok(1)]);
}

#[async_generator]
async fn erring_on() -> Result<u8, &'static str> {
    yield_!(Err("first"));
    yield_!(Ok(1));
}

#[test]
fn yielded_error_does_not_end_the_generator() {
    assert_eq!(items(erring_on()), [Err("first"), Ok(1)]);
}

#[allow(clippy::needless_return)] // each way to end is one to test
#[async_generator]
async fn ended(by: u8) -> Result<u8, &'static str> {
    yield_!(Ok(by));
    match by {
        0 => return Ok(()),
        1 => return Err("returned"),
        2 => Ok(()),
        3 => Err("tail"),
        4 => yield_!(Ok(44)),
        5 => {
            let _: u8 = Err("inner")?;
        }
        _ => {}
    }
}

#[test]
fn every_end_of_a_fallible_body_is_one() {
    let ends: Vec<_> = (0..7).map(|by| items(ended(by)).split_off(1)).collect();
    assert_eq!(
        ends,
        [
            vec![],
            vec![Err("returned")],
            vec![],
            vec![Err("tail")],
            vec![Ok(44)],
            vec![Err("inner")],
            vec![]
        ]
    );
}

#[async_generator]
async fn ok_tail(n: u8) -> Result<u8, String> {
    yield_!(Ok(n));
    Ok(())
}

#[async_generator]
async fn err_tail(n: u8) -> Result<u8, String> {
    if n > 0 {
        yield_!(Ok(n));
        Err(format!("after {n}"))
    } else {
        Ok(())
    }
}

#[test]
fn tail_may_be_a_result() {
    assert_eq!(items(ok_tail(1)), [Ok(1)]);
    assert_eq!(items(err_tail(0)), []);
    assert_eq!(items(err_tail(1)), [Ok(1), Err(String::from("after 1"))]);
}

#[derive(Debug)]
enum Failure {
    Parse(ParseIntError),
    Io(io::Error),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Parse(error) => error.fmt(f),
            Self::Io(error) => error.fmt(f),
        }
    }
}

impl Error for Failure {}

impl From<ParseIntError> for Failure {
    fn from(error: ParseIntError) -> Self {
        Self::Parse(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

async fn read(text: &str) -> io::Result<&str> {
    tick().await;
    if text.is_empty() { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(text) }
}

#[async_generator]
async fn converted(text: &str) -> Result<u8, Failure> {
    yield_!(Ok(read(text).await?.parse()?));
}

#[test]
fn question_mark_converts_errors() {
    assert!(matches!(items(converted("1"))[..], [Ok(1)]));
    assert!(matches!(items(converted("x"))[..], [Err(Failure::Parse(_))]));
    assert!(matches!(items(converted(""))[..], [Err(Failure::Io(_))]));
}

#[async_generator]
async fn boxed_errors(text: &str) -> Result<u8, Box<dyn Error + Send + Sync>> {
    yield_!(Ok(text.parse()?));
    Err("all read")?;
}

#[test]
fn errors_may_be_boxed() {
    let items: Vec<_> =
        items(boxed_errors("1")).into_iter().map(|r| r.map_err(|e| e.to_string())).collect();
    assert_eq!(items, [Ok(1), Err(String::from("all read"))]);
}

#[async_generator]
async fn lines(text: &str) -> io::Result<&str> {
    for line in text.lines() {
        yield_!(Ok(read(line).await?));
    }
}

#[test]
fn result_behind_a_path_is_fallible() {
    let read: Vec<_> =
        items(lines("a\n\nb")).into_iter().map(|line| line.map_err(|e| e.kind())).collect();
    assert_eq!(read, [Ok("a"), Err(io::ErrorKind::UnexpectedEof)]);
}

type Outcome<T> = Result<T, ParseIntError>;

#[async_generator(fallible)]
async fn aliased(text: &str) -> Outcome<u8> {
    if text.is_empty() {
        return;
    }
    yield_!(text.parse());
    yield_!(Ok(text.parse()?));
}

#[test]
fn fallible_is_said_of_an_alias() {
    assert_eq!(items(aliased("")), []);
    assert_eq!(items(aliased("1")), [Ok(1), Ok(1)]);
    assert!(matches!(items(aliased("x"))[..], [Err(_), Err(_)]));
}

#[async_generator]
async fn generic<T, E: From<ParseIntError>>(text: &str, wrap: impl Fn(u8) -> T) -> Result<T, E> {
    yield_!(Ok(wrap(text.parse()?)));
}

#[test]
fn error_type_may_be_generic() {
    assert!(matches!(items(generic::<_, Failure>("1", Some))[..], [Ok(Some(1))]));
    assert!(matches!(items(generic::<_, Failure>("x", Some))[..], [Err(Failure::Parse(_))]));
}

#[async_generator]
async fn questions_elsewhere(texts: &[&str]) -> Result<u8, ParseIntError> {
    let total = |texts: &[&str]| -> Result<u8, ParseIntError> {
        let mut total = 0;
        for text in texts {
            total += text.parse::<u8>()?;
        }
        Ok(total)
    };
    let summed = total(texts);
    let first = async {
        let first: u8 = texts[0].parse()?;
        Ok::<_, ParseIntError>(first)
    };
    let first = first.await.unwrap_or(99);
    yield_!(Ok(first));
    yield_!(summed);
}

#[test]
fn question_mark_in_closures_and_blocks_is_their_own() {
    assert_eq!(items(questions_elsewhere(&["1", "2"])), [Ok(1), Ok(3)]);
    assert!(matches!(items(questions_elsewhere(&["x"]))[..], [Ok(99), Err(_)]));
}

#[async_generator(throw = &'static str)]
async fn letting_out() -> Result<u8, &'static str> {
    for n in 0.. {
        yield_!(Ok(n))?;
    }
}

#[test]
fn thrown_error_is_let_out_with_a_question_mark() {
    let mut generator = Box::pin(letting_out());
    assert_eq!(next(generator.as_mut()), Some(Ok(0)));
    assert_eq!(next(generator.as_mut()), Some(Ok(1)));
    assert_eq!(finish(generator.throw("enough")), Ok(Some(Err("enough"))));
    assert_eq!(next(generator.as_mut()), None);
}

#[async_generator(send = u8, throw = u8)]
async fn echoing() -> Result<u8, u8> {
    let _ = yield_!(yield_!(Ok(0)));
}

#[test]
fn what_was_sent_or_thrown_can_be_yielded() {
    let mut generator = Box::pin(echoing());
    assert_eq!(next(generator.as_mut()), Some(Ok(0)));
    assert_eq!(finish(generator.throw(4)), Ok(Some(Err(4))));
    assert_eq!(finish(generator.send(4)), Ok(None));
}

#[async_generator]
async fn failing_at_once() -> Result<(), &'static str> {
    Err("at once")?
}

#[test]
fn error_may_be_the_only_item() {
    assert_eq!(items(failing_at_once()), [Err("at once")]);
}
