use std::{
    pin::{Pin, pin},
    task::{Context, Poll},
};

use futures::{Stream, StreamExt as _, stream, stream::FusedStream as _};
use gen_runtime::{
    GeneratorState, SendError,
    prelude::*,
    stages::{chunks, enumerate, filter, from_stream, map},
};

use crate::support::{Log, finish, items, next, panics, poll_next, quiet_panic};

/// Gives 1, then what `then` says, and logs its drop.
fn stepping(log: &Log, mut then: impl FnMut() -> Poll<Option<u32>>) -> impl Stream<Item = u32> {
    let local = log.local("stream");
    let mut started = false;
    stream::poll_fn(move |_: &mut Context<'_>| {
        let _ = &local;
        if started {
            return then();
        }
        started = true;
        Poll::Ready(Some(1))
    })
}

#[test]
fn it_stands_where_the_stream_stands() {
    let log = Log::default();
    let mut turns = [Poll::Pending, Poll::Ready(Some(2)), Poll::Ready(None)].into_iter();
    let mut source = pin!(from_stream(stepping(&log, || turns.next().unwrap())));
    assert_eq!(source.state(), GeneratorState::Created);
    assert_eq!(finish(source.send(())), Err(SendError::NotStarted(())));
    assert_eq!(poll_next(source.as_mut()), Poll::Ready(Some(1)));
    assert_eq!(source.state(), GeneratorState::Suspended);
    assert_eq!(poll_next(source.as_mut()), Poll::Pending);
    assert_eq!(source.state(), GeneratorState::Awaiting);
    assert_eq!(poll_next(source.as_mut()), Poll::Ready(Some(2)));
    assert_eq!(poll_next(source.as_mut()), Poll::Ready(None));
    assert_eq!(log.take(), ["drop stream"], "at its end");
    assert_eq!(source.state(), GeneratorState::Closed);
    assert!(source.is_terminated());
    assert_eq!(poll_next(source.as_mut()), Poll::Ready(None));
}

#[test]
fn close_drops_the_stream() {
    let log = Log::default();
    let mut source = pin!(from_stream(stepping(&log, || Poll::Pending)));
    assert_eq!(next(source.as_mut()), Some(1));
    finish(source.close());
    assert_eq!(log.take(), ["drop stream"]);
    assert_eq!(poll_next(source.as_mut()), Poll::Ready(None));
}

#[test]
fn a_stream_that_panicked_is_at_its_end() {
    let log = Log::default();
    let mut source = pin!(from_stream(stepping(&log, || quiet_panic())));
    assert_eq!(next(source.as_mut()), Some(1));
    assert!(panics(|| _ = poll_next(source.as_mut())));
    assert_eq!(source.state(), GeneratorState::Closed);
    assert_eq!(poll_next(source.as_mut()), Poll::Ready(None));
}

#[test]
fn it_knows_as_much_of_its_length_as_the_stream() {
    let mut source = from_stream(stream::iter(0..3));
    assert_eq!(source.size_hint(), (3, Some(3)));
    next(Pin::new(&mut source));
    assert_eq!(source.size_hint(), (2, Some(2)));
    finish(source.close());
    assert_eq!(source.size_hint(), (0, Some(0)));
}

#[test]
fn a_stage_over_it_has_nothing_to_clean() {
    let log = Log::default();
    let mut stage = pin!(enumerate(from_stream(stepping(&log, || Poll::Pending)), 0));
    assert_eq!(next(stage.as_mut()), Some((0, 1)));
    assert!(!stage.has_pending_cleanup());
    finish(stage.close());
    assert_eq!(log.take(), ["drop stream"]);
}

#[test]
fn a_pipeline_over_it_drops_it_when_it_is_closed() {
    let log = Log::default();
    let source = from_stream(stepping(&log, || Poll::Pending));
    let mut stage = pin!(enumerate(filter(map(source, |n| n), async |_| true), 0));
    assert_eq!(next(stage.as_mut()), Some((0, 1)));
    finish(stage.close());
    assert_eq!(log.take(), ["drop stream"]);
}

#[test]
fn any_stream_is_a_source() {
    let stream = stream::iter([3, 4]).map(|n| n + 1).boxed();
    assert_eq!(items(chunks(from_stream(stream), 5)), [vec![4, 5]]);
}

#[test]
fn it_prints_its_state() {
    let source = from_stream(stream::empty::<()>());
    assert_eq!(format!("{source:?}"), "FromStream { state: Created, .. }");
}
