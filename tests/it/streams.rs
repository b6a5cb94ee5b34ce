//! `stream!` and `try_stream!` beyond what `async-stream` has.

use std::pin::pin;

use futures::Stream;
use gen_runtime::{BoxGenerator, Generator, GeneratorState, prelude::*};

use crate::support::{Log, finish, items, next, tick};

#[test]
fn loops_have_labels() {
    let looping = stream! {
        'rows: for await row in futures::stream::iter(0..3) {
            for await column in futures::stream::iter(0..3) {
                if column == 2 {
                    continue 'rows;
                }
                if row == 2 {
                    break 'rows;
                }
                yield (row, column);
            }
        }
    };
    assert_eq!(items(looping), [(0, 0), (0, 1), (1, 0), (1, 1)]);
}

#[test]
fn empty_body_is_a_generator_of_anything() {
    let texts: Vec<String> = items(stream! {});
    assert!(texts.is_empty());
    fn declared() -> impl Stream<Item = Result<u8, String>> {
        try_stream! {}
    }
    assert_eq!(items(declared()), []);
}

#[test]
fn anonymous_generator_is_a_generator() {
    fn named() -> Generator<impl Future<Output = ()>, u8> {
        stream! { yield 1; }
    }
    let mut generator = pin!(named());
    assert_eq!(generator.state(), GeneratorState::Created);
    assert_eq!(next(generator.as_mut()), Some(1));
    assert_eq!(finish(generator.send(())), Ok(None));
}

#[test]
fn anonymous_generator_cleans_up() {
    let log = &Log::default();
    let mut generator = pin!(stream! {
        defer! { tick().await; log.push("cleaned up"); }
        yield 1;
        yield 2;
    });
    assert_eq!(next(generator.as_mut()), Some(1));
    finish(generator.close());
    assert_eq!(log.take(), ["cleaned up"]);
}

#[test]
fn macro_form_of_yield_works_in_a_stream() {
    let both = stream! {
        yield_!(1);
        yield 2;
        yield_from!(stream! { yield_!(3); });
        println!("{:?} {:?}", yield_!(4), yield 5);
    };
    assert_eq!(items(both), [1, 2, 3, 4, 5]);
}

#[test]
fn awaited_block_in_a_stream_may_yield() {
    let blocks = stream! {
        let parsed: Result<u8, std::num::ParseIntError> = async {
            yield 1;
            let n = "x".parse()?;
            yield 2;
            Ok(n)
        }
        .await;
        yield if parsed.is_err() { 3 } else { 4 };
    };
    assert_eq!(items(blocks), [1, 3]);
}

#[test]
fn awaited_block_in_a_try_stream_yields_oks() {
    fn blocks() -> impl Stream<Item = Result<u8, String>> {
        try_stream! {
            let caught: Result<(), String> = async {
                yield 1;
                Err(String::from("caught"))?;
                Ok(())
            }
            .await;
            yield u8::from(caught.is_err());
            Err("let out")?;
        }
    }
    assert_eq!(items(blocks()), [Ok(1), Ok(1), Err(String::from("let out"))]);
}

#[test]
fn attributed_loop_is_an_async_for() {
    let looping = stream! {
        #[for_await]
        for n in futures::stream::iter([1, 2]) {
            yield n;
        }
    };
    assert_eq!(items(looping), [1, 2]);
}

#[test]
fn nested_streams_yield_into_their_own() {
    let nested = stream! {
        let inner = |base: u8| stream! {
            for n in 0..2 {
                yield base + n;
            }
        };
        for base in [10, 20] {
            for await n in inner(base) {
                yield u16::from(n);
            }
        }
        for await text in stream! { yield "text"; } {
            yield u16::from(text == "text");
        }
    };
    assert_eq!(items(nested), [10, 11, 20, 21, 1]);
}

#[test]
fn stream_of_a_comprehension_is_lazy() {
    let log = &Log::default();
    let mut generator = pin!(stream_of![
        { log.push(format!("made {n}")); n * 10 }
        for await n in futures::stream::iter(0..4)
        if n % 2 == 1
    ]);
    assert_eq!(log.take(), [""; 0]);
    assert_eq!(next(generator.as_mut()), Some(10));
    assert_eq!(log.take(), ["made 1"]);
    assert_eq!(next(generator.as_mut()), Some(30));
    assert_eq!(next(generator.as_mut()), None);
}

#[test]
fn streams_may_be_kept_together() {
    let all: Vec<BoxGenerator<'_, u8>> =
        vec![BoxGenerator::new(stream! { yield 1; }), BoxGenerator::new(stream! {})];
    assert_eq!(all.into_iter().flat_map(items).collect::<Vec<_>>(), [1]);
}
