//! What is known of a source by its bounds decides whether a loop closes it.

use std::{convert::Infallible, fmt::Debug, pin::pin};

use futures::{Stream, StreamExt as _, stream};
use gen_runtime::prelude::*;

use crate::stepping::{Log, finish, ready, tick};

#[async_generator]
async fn rows(log: &Log) -> u32 {
    defer! {
        tick().await;
        log.add("close");
    }
    for n in 0..4 {
        yield_!(n);
    }
}

async fn first_of_generator<T>(source: impl AsyncGenerator<Yield = T>) -> Option<T> {
    for_await!(item in source {
        return Some(item);
    });
    None
}

async fn first_of_stream<T>(source: impl Stream<Item = T>) -> Option<T> {
    for_await!(item in source {
        return Some(item);
    });
    None
}

#[async_generator]
async fn pairs_of_generator<G>(source: G) -> (u32, G::Yield)
where
    G: AsyncGenerator,
{
    let mut count = 0;
    #[for_await]
    for item in source {
        yield_!((count, item));
        count += 1;
    }
}

#[async_generator]
async fn pairs_of_stream<T: Debug>(source: impl Stream<Item = T>) -> (u32, T) {
    let mut count = 0;
    #[for_await]
    for item in source {
        yield_!((count, item));
        count += 1;
    }
}

#[test]
fn an_owned_source_known_to_be_a_generator_is_closed() {
    let log = Log::default();
    assert_eq!(finish(first_of_generator(rows(&log))), Some(0));
    assert_eq!(log.take(), ["close"]);

    let mut pairs = pin!(pairs_of_generator(rows(&log)));
    assert_eq!(ready(pairs.next()), Some((0, 0)));
    finish(pairs.close());
    assert_eq!(log.take(), ["close"]);
}

#[test]
fn a_borrowed_source_known_to_be_a_generator_is_left_open() {
    let log = Log::default();
    let mut source = pin!(rows(&log));
    assert_eq!(finish(first_of_generator(source.as_mut())), Some(0));
    {
        let mut pairs = pin!(pairs_of_generator(&mut source));
        assert_eq!(ready(pairs.next()), Some((0, 1)));
        ready(pairs.close());
    }
    assert!(log.take().is_empty());
    assert_eq!(ready(source.next()), Some(2));
}

#[test]
fn a_source_known_only_as_a_stream_is_dropped() {
    let log = Log::default();
    assert_eq!(finish(first_of_stream(rows(&log))), Some(0));
    assert!(log.take().is_empty());

    let mut pairs = pin!(pairs_of_stream(rows(&log)));
    assert_eq!(ready(pairs.next()), Some((0, 0)));
    ready(pairs.close());
    assert!(log.take().is_empty());
}

#[test]
fn a_stream_bound_takes_any_stream() {
    assert_eq!(finish(first_of_stream(stream::iter(["a", "b"]))), Some("a"));
    let pairs = finish(pairs_of_stream(stream::iter(["a", "b"])).collect::<Vec<_>>());
    assert_eq!(pairs, [(0, "a"), (1, "b")]);
}

#[async_generator]
async fn forwards<T>(source: impl AsyncGenerator<Yield = T, Sent = (), Thrown = Infallible>) -> T {
    yield_from!(source);
}

#[async_generator]
async fn forwards_stream<T>(source: impl Stream<Item = T>) -> T {
    yield_from!(source);
}

#[test]
fn a_delegation_goes_by_the_same_bounds() {
    let log = Log::default();
    {
        let mut items = pin!(forwards(rows(&log)));
        assert_eq!(ready(items.next()), Some(0));
        finish(items.close());
    }
    assert_eq!(log.take(), ["close"]);
    {
        let mut items = pin!(forwards_stream(rows(&log)));
        assert_eq!(ready(items.next()), Some(0));
        finish(items.close());
    }
    assert!(log.take().is_empty());
}

#[test]
fn an_adapter_around_a_generator_is_a_stream_like_any_other() {
    let log = &Log::default();
    finish(async {
        for_await!(row in rows(log).map(|row| row + 1) {
            if row == 2 {
                break;
            }
        });
    });
    assert!(log.take().is_empty(), "the adapter owns the generator, and drops it");
    let mut source = pin!(rows(log));
    finish(async {
        for_await!(_row in source.as_mut().map(|row| row + 1) { break; });
        source.close().await;
    });
    assert_eq!(log.take(), ["close"], "borrowed to the adapter, it can be closed");
}

trait Table {
    #[async_generator(boxed)]
    async fn rows(&self) -> u32;
}

struct Logged(Log);

impl Table for Logged {
    #[async_generator(boxed)]
    async fn rows(&self) -> u32 {
        yield_from!(rows(&self.0));
    }
}

#[test]
fn a_generator_of_a_trait_object_is_closed() {
    let table = Logged(Log::default());
    let dynamic: &dyn Table = &table;
    finish(async {
        for_await!(_row in dynamic.rows() { break; });
    });
    assert_eq!(table.0.take(), ["close"]);
}
