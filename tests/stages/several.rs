use std::{
    pin::pin,
    task::{
        Context,
        Poll::{Pending, Ready},
    },
};

use futures::{
    channel::mpsc::{UnboundedReceiver, unbounded},
    stream,
};
use gen_runtime::{
    BoxGenerator, GeneratorState, LocalBoxGenerator,
    prelude::*,
    stages::{chain, from_stream, map, merge, take, try_merge, zip},
};

use crate::{
    counted,
    support::{Log, Task, finish, items, next, panics, poll_next, quiet_panic},
};

/// Gives what a channel gives, with a cleanup.
#[async_generator]
async fn received(log: &Log, name: &'static str, channel: UnboundedReceiver<u32>) -> u32 {
    defer! { log.push(format!("close {name}")); }
    #[for_await]
    for item in channel {
        yield_!(item);
    }
}

#[test]
fn merge_gives_items_as_they_become_ready() {
    let log = Log::default();
    let (to_a, from_a) = unbounded();
    let (to_b, from_b) = unbounded();
    let mut all = pin!(merge([received(&log, "a", from_a), received(&log, "b", from_b)]));
    let task = Task::new();
    assert_eq!(task.poll_next(all.as_mut()), Pending);

    to_b.unbounded_send(1).unwrap();
    assert_eq!(task.wakes(), 1);
    assert_eq!(task.poll_next(all.as_mut()), Ready(Some(1)));
    assert_eq!(task.poll_next(all.as_mut()), Pending);

    to_a.unbounded_send(2).unwrap();
    assert_eq!(task.wakes(), 2);
    assert_eq!(task.poll_next(all.as_mut()), Ready(Some(2)));

    drop(to_a);
    assert_eq!(task.poll_next(all.as_mut()), Pending);
    assert_eq!(log.take(), ["close a"], "at its own end");
    to_b.unbounded_send(3).unwrap();
    drop(to_b);
    assert_eq!(items(all), [3]);
    assert_eq!(log.take(), ["close b"]);
}

#[test]
fn merge_is_fair() {
    let repeated = |n| from_stream(stream::repeat(n));
    let mut all = pin!(merge([repeated(1), repeated(2), repeated(3)]));
    let taken: Vec<_> = (0..7).map(|_| next(all.as_mut()).unwrap()).collect();
    assert_eq!(taken, [1, 2, 3, 1, 2, 3, 1]);
}

#[test]
fn merge_gives_a_slow_source_its_turn() {
    let (to_slow, slow) = unbounded();
    let fast = LocalBoxGenerator::new(from_stream(stream::repeat(0)));
    let mut all = pin!(merge([fast, LocalBoxGenerator::new(from_stream(slow))]));
    assert_eq!(next(all.as_mut()), Some(0));
    assert_eq!(next(all.as_mut()), Some(0));
    to_slow.unbounded_send(1).unwrap();
    assert_eq!(next(all.as_mut()), Some(1));
}

#[test]
fn merge_takes_any_number_of_sources() {
    let log = Log::default();
    assert_eq!(items(merge(Vec::<BoxGenerator<'static, u32>>::new())), []);
    assert_eq!(items(merge([counted(&log, "one", 2)])), [1, 2]);
    let many = (0..100).map(|_| counted(&log, "many", 3));
    assert_eq!(items(merge(many)).len(), 300);
}

#[test]
fn merge_takes_sources_of_different_types_in_boxes() {
    let numbers = BoxGenerator::new(from_stream(stream::iter([1, 2])));
    let squares = BoxGenerator::new(map(from_stream(stream::iter([7])), |n| n * n));
    assert_eq!(items(merge([numbers, squares])), [1, 49, 2]);
}

#[test]
fn merge_closes_all_at_once() {
    let log = Log::default();
    let mut all = pin!(merge(["a", "b", "c"].map(|name| counted(&log, name, 9))));
    assert_eq!(next(all.as_mut()), Some(1));
    assert_eq!(next(all.as_mut()), Some(1));
    assert_eq!(log.take(), ["open a", "open b"]);
    assert!(all.has_pending_cleanup());

    let task = Task::new();
    let mut close = pin!(all.close());
    assert!(task.poll(close.as_mut()).is_pending());
    assert_eq!(task.wakes(), 2, "both cleanups are under way");
    assert!(task.poll(close.as_mut()).is_ready());
    assert_eq!(log.take(), ["close a", "close b"]);
}

#[test]
fn merge_leaves_borrowed_sources_open() {
    let log = Log::default();
    let (mut a, mut b) = (pin!(counted(&log, "a", 9)), pin!(counted(&log, "b", 9)));
    {
        let mut all = pin!(merge([a.as_mut(), b.as_mut()]));
        assert_eq!(next(all.as_mut()), Some(1));
        assert_eq!(next(all.as_mut()), Some(1));
        finish(all.close());
    }
    assert_eq!((next(a), next(b)), (Some(2), Some(2)));
    assert_eq!(log.take(), ["open a", "open b"]);
}

#[async_generator]
async fn failing(log: &Log, name: &'static str, at: u32) -> Result<u32, &'static str> {
    defer! { log.push(format!("close {name}")); }
    for n in 1..=3 {
        if n == at {
            Err(name)?;
        }
        yield_!(Ok(n));
    }
}

#[test]
fn an_error_of_one_source_does_not_stop_the_others() {
    let log = Log::default();
    let all = items(merge([failing(&log, "a", 2), failing(&log, "b", 9)]));
    assert_eq!(all, [Ok(1), Ok(1), Err("a"), Ok(2), Ok(3)]);
    assert_eq!(log.take(), ["close a", "close b"]);
}

#[test]
fn try_merge_ends_with_the_first_error_after_all_are_closed() {
    let log = Log::default();
    let mut all = pin!(try_merge([failing(&log, "a", 2), failing(&log, "b", 9)]));
    assert_eq!(next(all.as_mut()), Some(Ok(1)));
    assert_eq!(next(all.as_mut()), Some(Ok(1)));
    assert_eq!(next(all.as_mut()), Some(Err("a")));
    assert_eq!(log.take(), ["close a", "close b"]);
    assert_eq!(next(all.as_mut()), None);
}

#[test]
fn a_panic_of_one_source_closes_the_merge() {
    #[async_generator]
    async fn panicking(log: &Log, at: u32) -> u32 {
        let _local = log.local("source");
        defer! { log.push("cleanup"); }
        for n in 1.. {
            if n == at {
                quiet_panic();
            }
            yield_!(n);
        }
    }

    let log = Log::default();
    let mut all = pin!(merge([panicking(&log, 9), panicking(&log, 1)]));
    assert_eq!(next(all.as_mut()), Some(1));
    assert!(panics(|| _ = poll_next(all.as_mut())));
    assert_eq!(poll_next(all.as_mut()), Ready(None));
    assert_eq!(log.take(), ["drop source", "drop source"]);
}

#[test]
fn chain_closes_the_first_before_the_second_starts() {
    let log = Log::default();
    assert_eq!(items(chain(counted(&log, "a", 2), counted(&log, "b", 1))), [1, 2, 1]);
    assert_eq!(log.take(), ["open a", "close a", "open b", "close b"]);
}

#[test]
fn chain_closes_the_one_it_is_in() {
    let log = Log::default();
    let mut first = pin!(chain(counted(&log, "a", 2), counted(&log, "b", 1)));
    next(first.as_mut());
    finish(first.close());
    assert_eq!(log.take(), ["open a", "close a"]);

    let mut second = pin!(chain(counted(&log, "a", 0), counted(&log, "b", 1)));
    next(second.as_mut());
    finish(second.close());
    assert_eq!(log.take(), ["open a", "close a", "open b", "close b"]);
}

#[test]
fn chain_closes_a_second_that_was_started_before() {
    let log = Log::default();
    let mut second = Box::pin(counted(&log, "b", 2));
    next(second.as_mut());
    let mut all = pin!(chain(counted(&log, "a", 2), second));
    next(all.as_mut());
    finish(all.close());
    assert_eq!(log.take(), ["open b", "open a", "close a", "close b"]);
}

#[test]
fn zip_ends_with_the_shorter_and_closes_both() {
    for (left, right) in [(2, 3), (3, 2), (2, 2)] {
        let log = Log::default();
        let pairs = items(zip(counted(&log, "a", left), counted(&log, "b", right)));
        assert_eq!(pairs, [(1, 1), (2, 2)]);
        let mut log = log.take();
        log.sort_unstable();
        assert_eq!(log, ["close a", "close b", "open a", "open b"]);
    }
}

#[test]
fn zip_does_not_ask_the_right_one_after_the_end_of_the_left() {
    let log = Log::default();
    let mut right = pin!(counted(&log, "b", 9));
    assert_eq!(items(zip(from_stream(stream::iter([7])), right.as_mut())), [(7, 1)]);
    assert_eq!(next(right.as_mut()), Some(2));
}

#[test]
fn zip_waits_for_both_at_once() {
    let log = Log::default();
    let (to_a, from_a) = unbounded();
    let (to_b, from_b) = unbounded();
    let mut pairs = pin!(zip(received(&log, "a", from_a), received(&log, "b", from_b)));
    let task = Task::new();
    assert_eq!(task.poll_next(pairs.as_mut()), Pending);
    to_b.unbounded_send(2).unwrap();
    assert_eq!(task.wakes(), 1);
    assert_eq!(task.poll_next(pairs.as_mut()), Pending, "half a pair, kept");
    to_b.unbounded_send(4).unwrap();
    to_a.unbounded_send(1).unwrap();
    assert_eq!(task.poll_next(pairs.as_mut()), Ready(Some((1, 2))));
    to_a.unbounded_send(3).unwrap();
    assert_eq!(task.poll_next(pairs.as_mut()), Ready(Some((3, 4))));
    drop(to_b);
    assert_eq!(task.poll_next(pairs.as_mut()), Ready(None), "the other is not waited for");
    assert_eq!(log.take(), ["close b", "close a"]);
}

#[test]
fn zip_closes_both_at_once() {
    let log = Log::default();
    let mut pairs = pin!(zip(counted(&log, "a", 9), counted(&log, "b", 9)));
    assert_eq!(next(pairs.as_mut()), Some((1, 1)));
    log.take();
    let task = Task::new();
    let mut close = pin!(pairs.close());
    assert!(task.poll(close.as_mut()).is_pending());
    assert_eq!(task.wakes(), 2, "both cleanups are under way");
    assert_eq!(task.poll(close.as_mut()), Ready(()));
    assert_eq!(log.take(), ["close a", "close b"]);
    assert_eq!(pairs.state(), GeneratorState::Closed);
}

#[test]
fn zip_and_chain_mix_owned_and_borrowed_sources() {
    let log = Log::default();
    let mut left = pin!(counted(&log, "a", 9));
    {
        let mut pairs = pin!(zip(left.as_mut(), counted(&log, "b", 9)));
        assert_eq!(next(pairs.as_mut()), Some((1, 1)));
        finish(pairs.close());
    }
    assert_eq!(log.take(), ["open a", "open b", "close b"]);
    let mut all = pin!(chain(left.as_mut(), from_stream(stream::empty())));
    assert_eq!(next(all.as_mut()), Some(2));
}

#[test]
fn sources_are_polled_with_the_waker_of_the_consumer() {
    let task = Task::new();
    let source = || {
        from_stream(stream::poll_fn(|cx: &mut Context<'_>| {
            Ready(Some(cx.waker().will_wake(task.waker())))
        }))
    };
    assert_eq!(task.poll_next(pin!(merge([source()]))), Ready(Some(true)));
    assert_eq!(task.poll_next(pin!(zip(source(), source()))), Ready(Some((true, true))));
    assert_eq!(task.poll_next(pin!(chain(source(), source()))), Ready(Some(true)));
    assert_eq!(task.poll_next(pin!(take(map(source(), |same| same), 1))), Ready(Some(true)));
}

#[test]
fn stages_over_several_are_send_if_their_sources_are() {
    fn send<T: Send>(stage: T) -> T {
        stage
    }
    let source = || stream! { yield 1; };
    drop(send(merge([source(), source()])));
    drop(send(try_merge([map(source(), Ok::<i32, ()>)])));
    drop(send(chain(source(), source())));
    drop(send(zip(source(), source())));
}
