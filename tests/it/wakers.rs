//! What a body awaits is polled with the context of whoever polls the generator.

use std::{
    cell::RefCell,
    future::poll_fn,
    pin::{Pin, pin},
    ptr,
    rc::Rc,
    task::{Context, Poll, RawWaker, RawWakerVTable, Waker},
};

use futures::{FutureExt as _, StreamExt as _, stream::FuturesUnordered};
use gen_runtime::prelude::*;

use crate::support::{Task, items, tick};

/// Pending until it is opened; keeps a clone of each waker that it was polled with.
#[derive(Clone, Default)]
struct Gate(Rc<RefCell<(bool, Vec<Waker>)>>);

impl Gate {
    fn open(&self) {
        self.0.borrow_mut().0 = true;
    }

    fn wakers(&self) -> Vec<Waker> {
        self.0.borrow().1.clone()
    }

    async fn pass(self) {
        poll_fn(|cx| {
            let mut gate = self.0.borrow_mut();
            gate.1.push(cx.waker().clone());
            if gate.0 { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }

    /// Asks, with the very waker that it is polled with, whether it is the expected one.
    async fn will_wake(waker: Waker) -> bool {
        poll_fn(|cx| Poll::Ready(cx.waker().will_wake(&waker))).await
    }
}

#[test]
fn awaited_future_sees_the_waker_of_the_task() {
    let task = Task::new();
    let waker = task.waker().clone();
    let mut generator = pin!(stream! {
        yield Gate::will_wake(waker.clone()).await;
        async { yield Gate::will_wake(waker.clone()).await; }.await;
        yield poll_fn(|cx| Poll::Ready(cx.waker().will_wake(&waker))).await;
        let pinned: Pin<Box<dyn Future<Output = bool>>> = Box::pin(Gate::will_wake(waker.clone()));
        yield pinned.await;
        yield futures::future::join(Gate::will_wake(waker.clone()), tick()).await.0;
    });
    for _ in 0..4 {
        assert_eq!(task.poll_next(generator.as_mut()), Poll::Ready(Some(true)));
    }
    assert!(task.poll_next(generator.as_mut()).is_pending());
    assert_eq!(task.poll_next(generator.as_mut()), Poll::Ready(Some(true)));
}

#[test]
fn what_is_awaited_in_a_region_sees_the_waker_of_the_task() {
    let task = Task::new();
    let waker = task.waker().clone();
    let cleaned = std::cell::Cell::new(false);
    let mut generator = Box::pin({
        let cleaned = &cleaned;
        stream! {
            defer! { cleaned.set(Gate::will_wake(waker.clone()).await); }
            yield Gate::will_wake(waker.clone()).await;
            yield false;
        }
    });
    assert_eq!(task.poll_next(generator.as_mut()), Poll::Ready(Some(true)));
    assert_eq!(task.poll(pin!(generator.close())), Poll::Ready(()));
    assert!(cleaned.get());
}

#[async_generator]
async fn asking(waker: &Waker) -> bool {
    yield_!(Gate::will_wake(waker.clone()).await);
    tick().await;
    yield_!(Gate::will_wake(waker.clone()).await);
}

#[async_generator]
async fn asking_through_layers(waker: &Waker) -> bool {
    let mut inner = pin!(asking(waker));
    yield_!(inner.next().await.unwrap());
    yield_from!(inner);
    #[for_await]
    for answer in asking(waker) {
        yield_!(answer);
    }
    for_await!(answer in asking(waker).map(|answer| answer) {
        yield_!(answer);
    });
}

#[test]
fn inner_generators_see_the_waker_of_the_task() {
    let task = Task::new();
    let mut generator = pin!(asking_through_layers(task.waker()));
    let mut answers = Vec::new();
    loop {
        match task.poll_next(generator.as_mut()) {
            Poll::Ready(Some(answer)) => answers.push(answer),
            Poll::Ready(None) => break,
            Poll::Pending => {}
        }
    }
    assert_eq!(answers, [true; 6]);
    assert_eq!(task.wakes(), 3);
}

#[test]
fn waker_kept_across_polls_wakes_the_task() {
    let gate = Gate::default();
    let task = Task::new();
    let mut generator = Box::pin({
        let gate = gate.clone();
        stream! { gate.pass().await; yield 1; }
    });
    assert!(task.poll_next(generator.as_mut()).is_pending());
    assert!(task.poll_next(generator.as_mut()).is_pending());
    let wakers = gate.wakers();
    assert!(wakers[0].will_wake(&wakers[1]));
    gate.open();
    wakers[0].wake_by_ref();
    assert_eq!(task.wakes(), 1);
    assert_eq!(task.poll_next(generator.as_mut()), Poll::Ready(Some(1)));
    drop(generator);
    wakers.into_iter().for_each(Waker::wake);
    assert_eq!(task.wakes(), 3);
}

#[test]
fn each_poll_sees_the_waker_of_that_poll() {
    let gate = Gate::default();
    let (first, second) = (Task::new(), Task::new());
    let mut generator = Box::pin({
        let gate = gate.clone();
        stream! { gate.pass().await; yield 1; }
    });
    assert!(first.poll_next(generator.as_mut()).is_pending());
    assert!(second.poll_next(generator.as_mut()).is_pending());
    let wakers = gate.wakers();
    assert!(wakers[0].will_wake(first.waker()));
    assert!(wakers[1].will_wake(second.waker()));
    wakers[1].wake_by_ref();
    assert_eq!((first.wakes(), second.wakes()), (0, 1));
}

#[test]
fn clone_of_a_waker_in_select_wakes_the_task_for_ever() {
    let gate = Gate::default();
    let task = Task::new();
    let mut generator = Box::pin({
        let gate = gate.clone();
        stream! {
            tokio::select! { () = gate.pass() => yield 1 }
        }
    });
    assert!(task.poll_next(generator.as_mut()).is_pending());
    let wakers = gate.wakers();
    assert!(wakers[0].will_wake(task.waker()));
    wakers[0].wake_by_ref();
    assert_eq!(task.wakes(), 1);
    gate.open();
    assert_eq!(task.poll_next(generator.as_mut()), Poll::Ready(Some(1)));
    drop(generator);
    wakers.into_iter().next_back().unwrap().wake();
    assert_eq!(task.wakes(), 2);
}

#[test]
fn wake_by_reference_in_select_wakes_the_task() {
    let task = Task::new();
    let mut generator = pin!(stream! {
        futures::select_biased! {
            () = tick().boxed_local().fuse() => {}
        }
        tokio::select! {
            () = async { tick().await; tick().await } => yield 1,
        }
    });
    for wakes in 1..=3 {
        assert!(task.poll_next(generator.as_mut()).is_pending());
        assert_eq!(task.wakes(), wakes);
    }
    assert_eq!(task.poll_next(generator.as_mut()), Poll::Ready(Some(1)));
}

#[test]
fn select_in_nested_generators_wakes_the_task() {
    fn waiting(gate: Gate) -> impl futures::Stream<Item = u8> {
        stream! { tokio::select! { () = gate.pass() => yield 1 } }
    }
    let gate = Gate::default();
    let task = Task::new();
    let mut generator = Box::pin({
        let inner = waiting(gate.clone());
        stream! {
            let mut inner = pin!(inner);
            tokio::select! { item = inner.next() => yield item.map(u16::from) }
        }
    });
    assert!(task.poll_next(generator.as_mut()).is_pending());
    assert!(gate.wakers()[0].will_wake(task.waker()));
    gate.open();
    assert_eq!(task.poll_next(generator.as_mut()), Poll::Ready(Some(Some(1))));
}

#[test]
fn combinators_with_wakers_of_their_own_wake_the_task() {
    let task = Task::new();
    let mut generator = pin!(stream! {
        let mut unordered = FuturesUnordered::new();
        for n in 0..3 {
            unordered.push(async move { tick().await; n });
        }
        while let Some(n) = unordered.next().await {
            yield n;
        }
    });
    assert!(task.poll_next(generator.as_mut()).is_pending());
    assert!(task.wakes() > 0);
    let mut found = items(generator);
    found.sort_unstable();
    assert_eq!(found, [0, 1, 2]);
}

/// The waker of an executor that knows its tasks by the data of their wakers, as embassy does.
fn foreign_waker(task: &'static u32) -> Waker {
    static VTABLE: RawWakerVTable =
        RawWakerVTable::new(|task| RawWaker::new(task, &VTABLE), |_| {}, |_| {}, |_| {});
    // SAFETY: none of its functions follows the pointer.
    unsafe { Waker::new(ptr::from_ref(task).cast(), &VTABLE) }
}

#[test]
fn foreign_executor_finds_its_task_in_the_waker() {
    static TASK: u32 = 42;
    async fn current_task() -> u32 {
        poll_fn(|cx| {
            let waker = cx.waker();
            assert!(ptr::eq(waker.vtable(), foreign_waker(&TASK).vtable()));
            // SAFETY: the assertion: it is the waker of a task, and those are static.
            Poll::Ready(unsafe { *waker.data().cast::<u32>() })
        })
        .await
    }
    let waker = foreign_waker(&TASK);
    let cx = &mut Context::from_waker(&waker);
    let mut generator = Box::pin(stream! {
        yield current_task().await;
        for await n in stream! { yield current_task().await; } {
            yield n;
        }
    });
    for _ in 0..2 {
        assert_eq!(generator.poll_next_unpin(cx), Poll::Ready(Some(42)));
    }
    assert_eq!(generator.poll_next_unpin(cx), Poll::Ready(None));

    let mut selecting = Box::pin(stream! {
        loop {
            futures::select! {
                task = current_task().fuse() => yield task,
            }
            tick().await;
            let (task, ()) = tokio::join!(current_task(), tick());
            yield task;
        }
    });
    let mut polls = (0..6).map(|_| selecting.poll_next_unpin(cx));
    let next = polls.by_ref().filter(Poll::is_ready).take(3).collect::<Vec<_>>();
    assert_eq!(next, [Poll::Ready(Some(42)); 3]);

    let looping = stream! {
        defer! { assert_eq!(current_task().await, 42); }
        for await _ in stream! { yield current_task().await; } {
            tick().await;
            futures::select! {
                task = current_task().fuse() => yield task,
            }
        }
    };
    let mut guarded = Box::pin(stream! {
        for await task in looping {
            defer! { println!("{}", current_task().await); }
            let (again, ()) = tokio::join!(current_task(), tick());
            yield task + again;
        }
    });
    let polls = (0..4).map(|_| guarded.poll_next_unpin(cx)).collect::<Vec<_>>();
    assert_eq!(polls, [Poll::Pending, Poll::Pending, Poll::Ready(Some(84)), Poll::Ready(None)]);
}

#[test]
fn waker_that_does_nothing_will_do() {
    let cx = &mut Context::from_waker(Waker::noop());
    let mut generator = Box::pin(stream! { tick().await; yield 1; });
    assert!(generator.poll_next_unpin(cx).is_pending());
    assert_eq!(generator.poll_next_unpin(cx), Poll::Ready(Some(1)));
}
