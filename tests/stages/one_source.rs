use std::{
    future::{pending, ready},
    pin::pin,
    task::Poll,
};

use futures::{channel::oneshot, stream};
use gen_runtime::{
    GeneratorState,
    prelude::*,
    stages::{chunks, enumerate, filter, from_stream, map, take, take_while},
};

use crate::{
    counted,
    support::{Log, Task, finish, items, next, panics, poll_next, quiet_panic, tick},
};

/// Takes one item of a stage over an owned source, closes it, and steps the close.
macro_rules! assert_closes {
    ($source:ident => $stage:expr) => {{
        let log = Log::default();
        let $source = counted(&log, "source", 9);
        let mut stage = pin!($stage);
        assert!(next(stage.as_mut()).is_some());
        assert_eq!(log.take(), ["open source"]);
        assert!(stage.has_pending_cleanup());

        let task = Task::new();
        let mut close = pin!(stage.close());
        assert!(task.poll(close.as_mut()).is_pending(), "the cleanup awaits");
        assert_eq!(task.wakes(), 1);
        assert!(log.take().is_empty());
        assert!(task.poll(close.as_mut()).is_ready());
        assert_eq!(log.take(), ["close source"]);
        assert_eq!(stage.state(), GeneratorState::Closed);
    }};
}

/// Takes one item of a stage over a borrowed source, closes it, and goes on with the source.
macro_rules! assert_leaves_open {
    ($source:ident => $stage:expr) => {{
        let log = Log::default();
        let mut all = pin!(counted(&log, "source", 9));
        {
            let $source = all.as_mut();
            let mut stage = pin!($stage);
            assert!(next(stage.as_mut()).is_some());
            finish(stage.close());
        }
        assert!(next(all.as_mut()).is_some());
        assert_eq!(log.take(), ["open source"]);
    }};
}

#[test]
fn every_stage_closes_a_source_that_it_owns() {
    assert_closes!(source => enumerate(source, 0));
    assert_closes!(source => take(source, 3));
    assert_closes!(source => take_while(source, async |_| true));
    assert_closes!(source => map(source, |n| n));
    assert_closes!(source => filter(source, async |_| true));
    assert_closes!(source => chunks(source, 2));
    assert_closes!(source => map(Box::pin(source), |n| n));
}

#[test]
fn every_stage_leaves_a_borrowed_source_open() {
    assert_leaves_open!(source => enumerate(source, 0));
    assert_leaves_open!(source => take(source, 3));
    assert_leaves_open!(source => take_while(source, async |_| true));
    assert_leaves_open!(source => map(source, |n| n));
    assert_leaves_open!(source => filter(source, async |_| true));
    assert_leaves_open!(source => chunks(source, 2));
}

#[test]
fn each_cleanup_of_a_pipeline_runs_in_its_turn() {
    #[async_generator]
    async fn logged(log: &Log, source: impl AsyncGenerator<Yield = u32>) -> u32 {
        defer! { log.push("close outer"); }
        #[for_await]
        for item in source {
            defer! { log.push("close inner"); }
            yield_!(item);
        }
    }

    let log = Log::default();
    let even = filter(counted(&log, "source", 9), async |n| n % 2 == 0);
    let mut pairs = pin!(chunks(logged(&log, map(even, |n| 10 * n)), 1));
    assert_eq!(next(pairs.as_mut()), Some(vec![20]));
    log.take();
    finish(pairs.close());
    assert_eq!(log.take(), ["close inner", "close source", "close outer"]);
}

#[test]
fn close_does_not_wait_for_the_item_that_a_source_awaits() {
    #[async_generator]
    async fn stuck(log: &Log) -> u32 {
        defer! { log.push("closed"); }
        pending::<()>().await;
        yield_!(1);
    }

    let log = Log::default();
    let mut stage = pin!(map(take(stuck(&log), 5), |n| n));
    assert!(poll_next(stage.as_mut()).is_pending());
    finish(stage.close());
    assert_eq!(log.take(), ["closed"]);
}

#[test]
fn a_stage_that_was_not_polled_drops_its_source() {
    let log = Log::default();
    let mut source = Box::pin(counted(&log, "source", 9));
    assert_eq!(next(source.as_mut()), Some(1));
    let mut stage = pin!(map(source, |n| n));
    assert!(!stage.has_pending_cleanup());
    finish(stage.close());
    assert_eq!(log.take(), ["open source"]);
}

#[test]
fn enumerate_numbers_from_its_start() {
    let log = Log::default();
    assert_eq!(items(enumerate(counted(&log, "source", 3), 7)), [(7, 1), (8, 2), (9, 3)]);
    assert_eq!(log.take(), ["open source", "close source"]);
}

#[test]
fn take_closes_when_more_is_asked_for() {
    let log = Log::default();
    let mut stage = pin!(take(counted(&log, "source", 9), 2));
    assert_eq!(next(stage.as_mut()), Some(1));
    assert_eq!(next(stage.as_mut()), Some(2));
    assert_eq!(log.take(), ["open source"]);
    assert_eq!(poll_next(stage.as_mut()), Poll::Pending, "the cleanup awaits");
    assert_eq!(poll_next(stage.as_mut()), Poll::Ready(None));
    assert_eq!(log.take(), ["close source"]);
}

#[test]
fn take_does_not_poll_for_an_item_that_it_does_not_give() {
    let log = Log::default();
    let mut all = pin!(counted(&log, "source", 9));
    assert_eq!(items(take(all.as_mut(), 0)), []);
    assert_eq!(all.state(), GeneratorState::Created);
    assert_eq!(items(take(all.as_mut(), 2)), [1, 2]);
    assert_eq!(items(take(all.as_mut(), 2)), [3, 4]);
}

#[test]
fn take_nothing_closes_a_source_that_was_started() {
    let log = Log::default();
    let mut all = Box::pin(counted(&log, "source", 9));
    assert_eq!(next(all.as_mut()), Some(1));
    assert_eq!(items(take(all, 0)), []);
    assert_eq!(log.take(), ["open source", "close source"]);
}

#[test]
fn take_gives_what_there_is() {
    let log = Log::default();
    assert_eq!(items(take(counted(&log, "source", 2), usize::MAX)), [1, 2]);
    assert_eq!(log.take(), ["open source", "close source"]);
}

#[test]
fn take_while_closes_before_it_ends() {
    let log = Log::default();
    let mut stage = pin!(take_while(counted(&log, "source", 9), async |n| *n < 2));
    assert_eq!(next(stage.as_mut()), Some(1));
    assert_eq!(poll_next(stage.as_mut()), Poll::Pending, "the cleanup awaits");
    assert_eq!(poll_next(stage.as_mut()), Poll::Ready(None));
    assert_eq!(log.take(), ["open source", "close source"]);
}

#[test]
fn tests_may_await_and_change_what_they_hold() {
    let mut sum = 0;
    let mut seen = 0;
    let kept = filter(from_stream(stream::iter(1..=9)), async |n| {
        tick().await;
        sum += n;
        sum % 2 == 0
    });
    let counted = take_while(kept, async |_| {
        seen += 1;
        seen < 3
    });
    assert_eq!(items(counted), [3, 4]);
    assert_eq!(sum, 28);
}

#[test]
fn tests_may_be_closures_that_return_a_future() {
    let source = || from_stream(stream::iter(1..=4_u32));
    assert_eq!(items(filter(source(), |n: &u32| ready(n % 2 == 0))), [2, 4]);
    assert_eq!(items(take_while(source(), |n: &u32| ready(*n < 3))), [1, 2]);
}

#[test]
fn a_next_dropped_in_a_test_loses_no_item() {
    let (go, gate) = oneshot::channel::<()>();
    let mut gate = Some(gate);
    let mut stage = pin!(filter(from_stream(stream::iter([1, 2])), async |_| {
        if let Some(gate) = gate.take() {
            gate.await.unwrap();
        }
        true
    }));
    assert!(poll_next(stage.as_mut()).is_pending());
    assert_eq!(stage.state(), GeneratorState::Awaiting);
    go.send(()).unwrap();
    assert_eq!(items(stage), [1, 2]);
}

#[test]
fn a_panic_in_a_closure_closes_the_stage() {
    let log = Log::default();
    let mut stage =
        pin!(map(counted(&log, "source", 3), |n| if n == 2 { quiet_panic() } else { n }));
    assert_eq!(next(stage.as_mut()), Some(1));
    assert!(panics(|| _ = poll_next(stage.as_mut())));
    assert_eq!(poll_next(stage.as_mut()), Poll::Ready(None));
    assert_eq!(log.take(), ["open source"], "no cleanup runs");
}

#[test]
fn chunks_are_full_but_the_last() {
    let chunked = |to, size| {
        let log = Log::default();
        items(chunks(counted(&log, "source", to), size))
    };
    assert_eq!(chunked(5, 2), [vec![1, 2], vec![3, 4], vec![5]]);
    assert_eq!(chunked(4, 2), [vec![1, 2], vec![3, 4]]);
    assert_eq!(chunked(2, 5), [vec![1, 2]]);
    assert_eq!(chunked(0, 5), Vec::<Vec<u32>>::new());
}

#[test]
fn the_last_chunk_comes_after_the_source_is_closed() {
    let log = Log::default();
    let mut stage = pin!(chunks(counted(&log, "source", 1), 2));
    assert_eq!(next(stage.as_mut()), Some(vec![1]));
    assert_eq!(log.take(), ["open source", "close source"]);
}

#[test]
fn a_chunk_that_is_not_full_is_dropped_by_close() {
    let log = Log::default();
    let locals = stream::iter([log.local("first"), log.local("second"), log.local("third")]);
    let mut stage = pin!(chunks(from_stream(locals.chain_pending()), 2));
    drop(next(stage.as_mut()));
    assert_eq!(log.take(), ["drop first", "drop second"]);
    assert!(poll_next(stage.as_mut()).is_pending());
    finish(stage.close());
    assert_eq!(log.take(), ["drop third"]);
}

trait ChainPending: futures::Stream + Sized {
    fn chain_pending(self) -> impl futures::Stream<Item = Self::Item> {
        futures::StreamExt::chain(self, stream::pending())
    }
}

impl<S: futures::Stream> ChainPending for S {}

#[test]
fn chunks_of_nothing_panic() {
    let mut stage = pin!(chunks(from_stream(stream::iter([1])), 0));
    assert!(panics(|| _ = poll_next(stage.as_mut())));
    assert_eq!(poll_next(stage.as_mut()), Poll::Ready(None));
}

#[test]
fn stages_take_the_default_of_what_is_sent() {
    #[async_generator(send = u32, throw = &'static str)]
    async fn echo() -> u32 {
        let mut heard = 5;
        loop {
            heard = yield_!(heard).unwrap_or(9);
        }
    }
    assert_eq!(items(take(map(echo(), |n| n + 1), 3)), [6, 1, 1]);
}

#[test]
fn each_stage_holds_its_source_once() {
    #[async_generator]
    async fn large() -> u8 {
        for byte in [0; 4096] {
            yield_!(byte);
        }
    }
    let source = large();
    let one = size_of_val(&source);
    let pairs = chunks(take(map(enumerate(source, 0), |(_, byte)| byte), 9), 2);
    let all = filter(take_while(pairs, async |_| true), async |_| true);
    assert!(size_of_val(&all) < one + 1024, "{} over {one}", size_of_val(&all));
}

#[test]
fn stages_are_send_if_their_source_is() {
    fn send<T: Send>(stage: T) -> T {
        stage
    }
    #[async_generator]
    async fn source() -> String {
        yield_!(String::from("a"));
        tick().await;
    }
    drop(send(enumerate(source(), 0)));
    drop(send(take(source(), 0)));
    drop(send(take_while(source(), async |text: &String| !text.is_empty())));
    drop(send(filter(source(), async |text: &String| !text.is_empty())));
    drop(send(filter(source(), |text: &String| ready(text.is_empty()))));
    drop(send(map(source(), |text| text.len())));
    drop(send(chunks(source(), 1)));
    drop(send(from_stream(source())));
}

#[test]
fn a_chunk_may_be_larger_than_memory() {
    let log = Log::default();
    assert_eq!(items(chunks(counted(&log, "source", 2), usize::MAX)), [[1, 2]]);
}
