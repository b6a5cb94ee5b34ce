//! What a loop takes from: an argument that is named once stays where it is.

use std::{
    cell::RefCell,
    mem::size_of_val,
    pin::{Pin, pin},
    rc::Rc,
    task::{Context, Poll},
};

use futures::{Stream, StreamExt as _, executor::block_on, stream};
use gen_runtime::prelude::*;

type Log = Rc<RefCell<Vec<&'static str>>>;

/// Notes its name when it is dropped.
struct Noted(Log, &'static str);

impl Drop for Noted {
    fn drop(&mut self) {
        self.0.borrow_mut().push(self.1);
    }
}

/// A generator that holds something from the start.
fn noted(log: &Log) -> impl AsyncGenerator<Yield = u32> + Stream<Item = u32> + use<> {
    let held = Noted(Rc::clone(log), "source");
    stream! {
        let _held = held;
        yield 1;
        yield 2;
    }
}

#[async_generator]
async fn stage<G: AsyncGenerator<Yield = u32>>(source: G) -> u32 {
    #[for_await]
    for item in source {
        yield_!(item + 1);
    }
}

fn stage_of_stream(source: impl Stream<Item = u32>) -> impl Stream<Item = u32> {
    stream! {
        for await item in source {
            yield item + 1;
        }
    }
}

#[test]
fn a_pipeline_grows_by_the_same_for_each_stage() {
    let log = Log::default();
    let source = noted(&log);
    let zero = size_of_val(&source);
    let one = stage(source);
    let first = size_of_val(&one);
    let two = stage(one);
    let second = size_of_val(&two);
    let three = stage(two);
    let third = size_of_val(&three);
    assert_eq!(third - second, second - first);
    assert!(second - first <= 48, "{zero} {first} {second}");
    assert_eq!(block_on(three.collect::<Vec<_>>()), [4, 5]);
}

#[test]
fn what_a_stream_captures_stays_where_it_is() {
    let one = stage_of_stream(stream::iter([1, 2]));
    let first = size_of_val(&one);
    let two = stage_of_stream(one);
    let second = size_of_val(&two);
    let three = stage_of_stream(two);
    assert_eq!(size_of_val(&three) - second, second - first);
    assert_eq!(block_on(three.collect::<Vec<_>>()), [4, 5]);
}

#[async_generator]
async fn early<G: AsyncGenerator<Yield = u32>>(
    _before: Noted,
    source: G,
    _after: Noted,
    log: Log,
    stop: bool,
) -> u32 {
    log.borrow_mut().push("entered");
    if stop {
        return;
    }
    #[for_await]
    for item in source {
        yield_!(item);
    }
    log.borrow_mut().push("behind the loop");
}

fn run(stop: bool) -> Vec<&'static str> {
    let log = Log::default();
    let name = |name| Noted(Rc::clone(&log), name);
    let items = early(name("before"), noted(&log), name("after"), Rc::clone(&log), stop);
    assert_eq!(block_on(items.count()), if stop { 0 } else { 2 });
    log.take()
}

#[test]
fn a_source_that_is_not_reached_is_dropped_as_an_argument() {
    assert_eq!(run(true), ["entered", "after", "source", "before"]);
}

#[test]
fn a_source_is_dropped_behind_its_loop() {
    assert_eq!(run(false), ["entered", "source", "behind the loop", "after", "before"]);
}

#[test]
fn a_source_goes_with_a_generator_that_was_never_polled() {
    let log = Log::default();
    drop(stage(noted(&log)));
    assert_eq!(log.take(), ["source"]);
}

#[test]
fn a_source_goes_with_a_generator_that_is_dropped_in_its_loop() {
    let log = Log::default();
    {
        let mut items = pin!(stage(noted(&log)));
        assert_eq!(block_on(items.next()), Some(2));
    }
    assert_eq!(log.take(), ["source"]);
}

/// What is dropped, and when, of a stream that stands in its loop, or was not polled.
fn dropped_in_loop<St: Stream<Item = u32>>(
    make: impl Fn(Noted, Noted) -> St,
    polled: bool,
) -> Vec<&'static str> {
    let log = Log::default();
    {
        let mut items =
            pin!(make(Noted(Rc::clone(&log), "first"), Noted(Rc::clone(&log), "second")));
        if polled {
            assert_eq!(block_on(items.next()), Some(1));
        }
    }
    log.take()
}

/// A stream that holds something.
struct Holding(Noted);

impl Stream for Holding {
    type Item = u32;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<u32>> {
        assert!(!self.0.1.is_empty());
        Poll::Ready(Some(1))
    }
}

#[test]
fn a_source_that_is_all_there_is_is_dropped_when_async_stream_drops_it() {
    let ours = |source: Noted, other: Noted| {
        let source = Holding(source);
        stream! {
            for await item in source {
                yield item + u32::from(other.1.is_empty());
            }
        }
    };
    let theirs = |source: Noted, other: Noted| {
        let source = Holding(source);
        async_stream::stream! {
            for await item in source {
                yield item + u32::from(other.1.is_empty());
            }
        }
    };
    for polled in [false, true] {
        assert_eq!(dropped_in_loop(ours, polled), dropped_in_loop(theirs, polled), "{polled}");
    }
}

#[async_generator]
async fn beside(source: Holding, other: Noted) -> u32 {
    #[for_await]
    for item in source {
        yield_!(item + u32::from(other.1.is_empty()));
    }
}

#[test]
fn a_source_beside_another_argument_is_dropped_first() {
    let make = |source: Noted, other: Noted| beside(Holding(source), other);
    assert_eq!(dropped_in_loop(make, true), ["first", "second"]);
    let swapped = |other: Noted, source: Noted| beside(Holding(source), other);
    assert_eq!(dropped_in_loop(swapped, true), ["second", "first"]);
}

#[async_generator]
async fn told<S: Stream<Item = u32> + std::fmt::Debug>(source: S) -> String {
    yield_!(format!("{source:?}").chars().take(4).collect());
    #[for_await]
    for item in source {
        yield_!(item.to_string());
    }
}

#[test]
fn a_source_may_be_looked_at_before_its_loop() {
    let items: Vec<String> = block_on(told(stream::iter([1])).collect());
    assert_eq!(items, ["Iter", "1"]);
}

/// A stream that can be copied.
#[derive(Clone, Copy)]
struct Once(bool);

impl Stream for Once {
    type Item = u32;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<u32>> {
        Poll::Ready(std::mem::take(&mut self.0).then_some(7))
    }
}

#[async_generator]
async fn twice<S: Stream<Item = u32> + Copy>(source: S) -> u32 {
    for _ in 0..2 {
        #[for_await]
        for item in source {
            yield_!(item);
        }
    }
}

#[test]
fn a_source_that_is_copied_may_be_taken_in_a_loop() {
    assert_eq!(block_on(twice(Once(true)).collect::<Vec<_>>()), [7, 7]);
}
