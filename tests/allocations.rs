//! Generators allocate nothing: counted by the allocator, for each thread by itself.

#![warn(clippy::pedantic)]

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
    future::poll_fn,
    hint::black_box,
    pin::{Pin, pin},
    task::{Context, Poll, Waker},
};

use futures::{FutureExt as _, Stream, StreamExt as _};
use gen_runtime::{BoxGenerator, prelude::*};

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

struct Counting;

fn count() {
    ALLOCATIONS.set(ALLOCATIONS.get() + 1);
}

// SAFETY: all is left to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count();
        // SAFETY: the contract of this function.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        // SAFETY: the contract of this function.
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count();
        // SAFETY: the contract of this function.
        unsafe { System.realloc(at, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// How often `code` allocates.
fn allocations(code: impl FnOnce()) -> usize {
    let before = ALLOCATIONS.get();
    code();
    ALLOCATIONS.get() - before
}

#[test]
fn the_allocator_counts() {
    assert_eq!(allocations(|| drop(black_box(Box::new(1)))), 1);
    assert_eq!(allocations(|| assert_eq!(black_box(vec![1; 3]).len(), 3)), 1);
    assert_eq!(allocations(|| assert_eq!(black_box(1), 1)), 0);
}

async fn tick() {
    let mut ticked = false;
    poll_fn(|cx| {
        if std::mem::replace(&mut ticked, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

#[async_generator]
async fn slow(to: u32) -> u32 {
    for n in 0..to {
        tick().await;
        yield_!(n);
    }
}

/// The sum of the items, without an executor.
fn sum<S: Stream<Item = u32>>(mut stream: Pin<&mut S>) -> u32 {
    let mut sum = 0;
    loop {
        match stream.as_mut().poll_next(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(Some(item)) => sum += item,
            Poll::Ready(None) => return sum,
            Poll::Pending => {}
        }
    }
}

#[test]
fn making_and_dropping_a_generator_allocates_nothing() {
    assert_eq!(allocations(|| drop(slow(3))), 0);
    assert_eq!(allocations(|| drop(stream! { yield 1; })), 0);
}

#[test]
fn running_a_generator_allocates_nothing() {
    assert_eq!(allocations(|| assert_eq!(sum(pin!(slow(20))), 190)), 0);
}

#[test]
fn dropping_a_suspended_generator_allocates_nothing() {
    let code = || {
        let mut generator = pin!(slow(3));
        assert_eq!(generator.next().now_or_never(), None);
        assert_eq!(generator.next().now_or_never(), Some(Some(0)));
    };
    assert_eq!(allocations(code), 0);
}

#[async_generator]
async fn layers(to: u32) -> u32 {
    defer! { tick().await; }
    #[for_await]
    for n in slow(to) {
        yield_!(n);
    }
    yield_from!(slow(to));
    let mut inner = pin!(slow(to));
    while let Some(n) = inner.next().await {
        async { yield_!(n) }.await;
    }
    #[for_await]
    for n in stream_of![n for await n in slow(to) if n > 0] {
        yield_!(n);
    }
}

#[test]
fn regions_loops_and_delegation_allocate_nothing() {
    assert_eq!(allocations(|| assert_eq!(sum(pin!(layers(5))), 40)), 0);
}

#[test]
fn yield_in_select_allocates_nothing() {
    let selecting = stream! {
        for n in 0..5 {
            tokio::select! { biased; () = tick() => yield n }
        }
    };
    let mut selecting = pin!(selecting);
    assert_eq!(allocations(|| assert_eq!(sum(selecting.as_mut()), 10)), 0);
}

#[async_generator(send = u32, throw = u32)]
async fn echo() -> Result<u32, u32> {
    defer! { tick().await; }
    let mut next = 0;
    loop {
        next = yield_!(Ok(next))?;
    }
}

#[test]
fn operations_allocate_nothing() {
    let code = || {
        let mut generator = pin!(echo());
        assert!(generator.send(1).now_or_never().is_some_and(|refused| refused.is_err()));
        assert_eq!(generator.next().now_or_never(), Some(Some(Ok(0))));
        assert_eq!(generator.send(2).now_or_never(), Some(Ok(Some(Ok(2)))));
        assert!(generator.throw(3).now_or_never().is_none());
        assert_eq!(generator.next().now_or_never(), Some(Some(Err(3))));
        let mut generator = pin!(echo());
        assert_eq!(generator.next().now_or_never(), Some(Some(Ok(0))));
        while generator.close().now_or_never().is_none() {}
    };
    assert_eq!(allocations(code), 0);
}

#[test]
fn boxed_generator_allocates_once() {
    #[async_generator(boxed)]
    async fn boxed(to: u32) -> u32 {
        for n in 0..to {
            yield_!(n);
        }
    }
    assert_eq!(allocations(|| assert_eq!(sum(Pin::new(&mut boxed(20))), 190)), 1);
    assert_eq!(allocations(|| drop(BoxGenerator::new(slow(1)))), 1);
}
