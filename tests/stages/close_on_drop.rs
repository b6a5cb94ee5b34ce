use std::{cell::RefCell, future::pending, pin::Pin, rc::Rc, task::Poll};

use futures::{FutureExt as _, StreamExt as _, stream::FusedStream as _};
use gen_runtime::{
    BoxGenerator, CloseOnDrop, Generator, GeneratorState, LocalBoxGenerator, OwnedClose,
    prelude::*, stages::take,
};

use crate::{
    counted, fail,
    support::{Log, Task, finish, next, panics, poll_next, quiet_panic, tick},
};

/// A spawner that may not be called.
fn nothing<G>(_: OwnedClose<G>) {
    panic!("there is nothing to close");
}

/// A spawner that keeps what it is given.
fn keep<G>(slot: &RefCell<Option<OwnedClose<G>>>) -> impl FnOnce(OwnedClose<G>) {
    |close| assert!(slot.replace(Some(close)).is_none())
}

#[test]
fn a_drop_with_pending_cleanup_spawns_the_close() {
    let log = Log::default();
    let spawned = RefCell::new(None);
    let mut items = counted(&log, "items", 3).close_on_drop(keep(&spawned));
    assert_eq!(next(Pin::new(&mut items)), Some(1));
    drop(items);
    assert_eq!(log.take(), ["open items"], "spawned, not run");

    let mut close = spawned.take().expect("it was spawned");
    let task = Task::new();
    assert!(task.poll(Pin::new(&mut close)).is_pending(), "the cleanup awaits");
    assert!(log.take().is_empty());
    assert!(task.poll(Pin::new(&mut close)).is_ready());
    assert_eq!(log.take(), ["close items"]);
    assert!(task.poll(Pin::new(&mut close)).is_ready(), "and again");
}

#[test]
fn nothing_is_spawned_before_the_first_item() {
    let log = Log::default();
    drop(counted(&log, "items", 3).close_on_drop(nothing));
    assert!(log.take().is_empty());
}

#[test]
fn nothing_is_spawned_outside_every_cleanup() {
    #[async_generator]
    async fn partly(log: &Log) -> u32 {
        let _local = log.local("local");
        yield_!(1);
        {
            defer! { log.push("cleanup"); }
            yield_!(2);
        }
        yield_!(3);
    }
    for (taken, spawns) in [(1, false), (2, true), (3, false)] {
        let log = Log::default();
        let spawned = RefCell::new(None);
        let mut items = partly(&log).close_on_drop(keep(&spawned));
        for _ in 0..taken {
            next(Pin::new(&mut items));
        }
        log.take();
        drop(items);
        let close = spawned.take();
        assert_eq!(close.is_some(), spawns);
        let Some(close) = close else {
            assert_eq!(log.take().last().unwrap(), "drop local");
            continue;
        };
        assert!(log.take().is_empty(), "the locals are with the close");
        finish(close);
        assert_eq!(log.take(), ["cleanup", "drop local"]);
    }
}

#[test]
fn nothing_is_spawned_at_the_end() {
    let log = Log::default();
    let mut items = counted(&log, "items", 1).close_on_drop(nothing);
    assert_eq!(next(Pin::new(&mut items)), Some(1));
    assert_eq!(next(Pin::new(&mut items)), None);
    assert!(items.is_terminated());
    drop(items);
    assert_eq!(log.take(), ["open items", "close items"]);
}

#[test]
fn nothing_is_spawned_after_close() {
    let log = Log::default();
    let mut items = counted(&log, "items", 3).close_on_drop(nothing);
    next(Pin::new(&mut items));
    finish(items.close());
    assert_eq!(items.state(), GeneratorState::Closed);
    drop(items);
    assert_eq!(log.take(), ["open items", "close items"]);
}

#[test]
fn nothing_is_spawned_after_a_panic_in_the_body() {
    #[async_generator]
    async fn panicking() -> u32 {
        defer! { tick().await; }
        yield_!(1);
        quiet_panic();
    }
    let mut items = panicking().close_on_drop(nothing);
    next(Pin::new(&mut items));
    assert!(panics(|| _ = poll_next(Pin::new(&mut items))));
    assert_eq!(poll_next(Pin::new(&mut items)), Poll::Ready(None));
    drop(items);
}

#[test]
fn what_is_taken_out_is_not_closed() {
    let log = Log::default();
    let mut items = counted(&log, "items", 3).close_on_drop(nothing);
    next(Pin::new(&mut items));
    let mut items = items.into_inner();
    assert!(items.has_pending_cleanup());
    assert_eq!(next(items.as_mut()), Some(2));
    drop(items);
    assert_eq!(log.take(), ["open items"]);
}

#[test]
fn a_close_dropped_half_way_goes_on_where_it_stood() {
    #[async_generator]
    async fn twice(log: &Log) -> u32 {
        defer! {
            log.push("first half");
            tick().await;
            log.push("second half");
        }
        yield_!(1);
    }
    let log = Log::default();
    let spawned = RefCell::new(None);
    let mut items = twice(&log).close_on_drop(keep(&spawned));
    next(Pin::new(&mut items));
    assert_eq!(items.close().now_or_never(), None);
    assert_eq!(log.take(), ["first half"]);
    drop(items);
    finish(spawned.take().expect("it was spawned"));
    assert_eq!(log.take(), ["second half"]);
}

#[test]
fn what_the_body_awaits_is_dropped_by_the_close() {
    #[async_generator]
    async fn stuck(log: &Log) -> u32 {
        defer! { log.push("cleanup"); }
        let _local = log.local("local");
        pending::<()>().await;
        yield_!(1);
    }
    let log = Log::default();
    let spawned = RefCell::new(None);
    let mut items = stuck(&log).close_on_drop(keep(&spawned));
    assert!(poll_next(Pin::new(&mut items)).is_pending());
    assert_eq!(items.state(), GeneratorState::Awaiting);
    drop(items);
    assert!(log.take().is_empty());
    finish(spawned.take().expect("it was spawned"));
    assert_eq!(log.take(), ["drop local", "cleanup"]);
}

#[test]
fn a_spawner_that_forgets_skips_the_cleanup() {
    let log = Log::default();
    let mut items = counted(&log, "items", 3).close_on_drop(drop);
    next(Pin::new(&mut items));
    drop(items);
    assert_eq!(log.take(), ["open items"]);
}

#[test]
fn it_can_be_sent_to_and_thrown_into() {
    #[async_generator(send = u32, throw = &'static str)]
    async fn echo() -> Result<u32, &'static str> {
        let mut heard = 0;
        loop {
            heard = yield_!(Ok(heard))?;
        }
    }
    let mut items = echo().close_on_drop(nothing);
    assert_eq!(finish(items.next()), Some(Ok(0)));
    assert_eq!(finish(items.send(7)), Ok(Some(Ok(7))));
    assert_eq!(finish(items.throw("enough")), Ok(Some(Err("enough"))));
    assert_eq!(finish(items.next()), None);
}

#[test]
fn a_loop_that_owns_it_closes_it_awaited() {
    let log = Log::default();
    finish(async {
        for_await!(_ in counted(&log, "items", 3).close_on_drop(nothing) {
            break;
        });
        log.push("after the loop");
    });
    assert_eq!(log.take(), ["open items", "close items", "after the loop"]);
}

#[test]
fn a_panicking_consumer_spawns_the_close() {
    let log = Log::default();
    let spawned = RefCell::new(None);
    assert!(panics(|| {
        let mut items = counted(&log, "items", 3).close_on_drop(keep(&spawned));
        next(Pin::new(&mut items));
        quiet_panic();
    }));
    finish(spawned.take().expect("it was spawned"));
    assert_eq!(log.take(), ["open items", "close items"]);
}

#[test]
fn a_panicking_spawner_drops_the_generator() {
    #[async_generator]
    async fn held(log: &Log) -> u32 {
        let _local = log.local("local");
        defer! { log.push("cleanup"); }
        yield_!(1);
    }
    let log = Log::default();
    let mut items = held(&log).close_on_drop(|_| quiet_panic());
    next(Pin::new(&mut items));
    assert!(panics(|| drop(items)));
    assert_eq!(log.take(), ["drop local"]);
}

#[test]
fn a_panic_in_the_cleanup_is_the_spawners() {
    #[async_generator]
    async fn bad() -> u32 {
        defer! { fail(); }
        yield_!(1);
    }
    let spawned = RefCell::new(None);
    let mut items = bad().close_on_drop(keep(&spawned));
    next(Pin::new(&mut items));
    drop(items);
    let mut close = spawned.take().expect("it was spawned");
    assert!(panics(|| _ = Task::new().poll(Pin::new(&mut close))));
    assert!(Task::new().poll(Pin::new(&mut close)).is_ready(), "closed by the panic");
}

#[test]
fn boxes_are_not_boxed_again() {
    #[async_generator(boxed)]
    async fn shared() -> u32 {
        defer! { tick().await; }
        yield_!(1);
    }
    #[async_generator(boxed(local))]
    async fn local(log: Rc<Log>) -> u32 {
        defer! { log.push("closed"); }
        yield_!(1);
    }
    let spawned = RefCell::new(None);
    let mut items: CloseOnDrop<BoxGenerator<'static, u32>, _> =
        shared().close_on_drop(keep(&spawned));
    next(Pin::new(&mut items));
    drop(items);
    finish(spawned.take().expect("it was spawned"));

    let log = Rc::new(Log::default());
    let spawned = RefCell::new(None);
    let mut items: CloseOnDrop<LocalBoxGenerator<'static, u32>, _> =
        local(Rc::clone(&log)).close_on_drop(keep(&spawned));
    next(Pin::new(&mut items));
    drop(items);
    finish(spawned.take().expect("it was spawned"));
    assert_eq!(log.take(), ["closed"]);
}

#[test]
fn any_owner_will_do() {
    fn opaque(log: &Log) -> impl AsyncGenerator<Yield = u32> {
        counted(log, "items", 3)
    }
    let log = Log::default();
    let spawned = RefCell::new(None);
    let mut items = CloseOnDrop::new(Box::pin(opaque(&log)), keep(&spawned));
    assert_eq!(finish(items.next()), Some(1));
    drop(items);
    finish(spawned.take().expect("it was spawned"));
    assert_eq!(log.take(), ["open items", "close items"]);
}

#[test]
fn a_drop_of_it_skips_no_cleanup() {
    let log = Log::default();
    let spawned = RefCell::new(None);
    let mut items = counted(&log, "items", 3).close_on_drop(keep(&spawned));
    next(Pin::new(&mut items));
    assert!(!items.has_pending_cleanup());
    drop(items.close_on_drop_again());
    finish(spawned.take().expect("by the inner one"));
    assert_eq!(log.take(), ["open items", "close items"]);
}

trait Again: AsyncGenerator + Unpin + Sized {
    fn close_on_drop_again(self) -> CloseOnDrop<Self, fn(OwnedClose<Self>)> {
        CloseOnDrop::new(self, nothing)
    }
}

impl<G: AsyncGenerator + Unpin> Again for G {}

#[test]
fn the_close_is_send_and_static_if_the_generator_is() {
    fn check<F, Y, S, T>(items: Generator<F, Y, S, T>)
    where
        F: Future<Output = ()> + Send + 'static,
        Y: 'static,
        S: Default + 'static,
        T: 'static,
    {
        fn spawn<C: Future<Output = ()> + Send + 'static>(_: C) {}
        drop(items.close_on_drop(spawn));
    }
    #[async_generator(send = Option<Rc<()>>)]
    async fn items() -> u32 {
        defer! { tick().await; }
        yield_!(1);
    }
    check(items());
}

#[test]
fn a_stage_over_it_that_is_dropped_spawns_the_close() {
    let log = Log::default();
    let spawned = RefCell::new(None);
    let mut stage = Box::pin(take(counted(&log, "items", 3).close_on_drop(keep(&spawned)), 2));
    assert_eq!(next(stage.as_mut()), Some(1));
    drop(stage);
    finish(spawned.take().expect("it was spawned"));
    assert_eq!(log.take(), ["open items", "close items"]);

    // Also one that was never polled.
    let mut items = counted(&log, "items", 3).close_on_drop(keep(&spawned));
    next(Pin::new(&mut items));
    drop(take(items, 2));
    finish(spawned.take().expect("it was spawned"));
    assert_eq!(log.take(), ["open items", "close items"]);
}

#[test]
fn they_print_their_state() {
    let log = Log::default();
    let spawned = RefCell::new(None);
    let mut items = counted(&log, "items", 3).close_on_drop(keep(&spawned));
    assert_eq!(format!("{items:?}"), "CloseOnDrop { state: Created, .. }");
    next(Pin::new(&mut items));
    drop(items);
    let close = spawned.take().expect("it was spawned");
    assert_eq!(format!("{close:?}"), "OwnedClose { generator: Suspended }");
}
