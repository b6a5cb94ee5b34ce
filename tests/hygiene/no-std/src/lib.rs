//! Generators without std and without alloc, polled by hand.
//!
//! In a build of the whole workspace another crate turns on the `std` feature of the runtime. That none
//! of it is needed shows `cargo rustc -p hygiene-no-std --lib -- --cfg bare`: this crate then brings
//! its own panic handler, which the compiler refuses if std is linked too.
#![no_std]

use core::{
    cell::Cell,
    pin::{Pin, pin},
    task::{Context, Poll, Waker},
};

use gen_runtime::prelude::*;

/// Panics are the end.
#[cfg(bare)]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}

/// Counts down to 1.
#[async_generator]
pub async fn countdown(from: u32) -> u32 {
    for n in (1..=from).rev() {
        yield_!(n);
    }
}

/// Gives what it borrows, and notes when it is done.
#[async_generator]
pub async fn parts<'a>(text: &'a str, open: &Cell<bool>) -> Result<&'a str, &'static str> {
    open.set(true);
    defer! { open.set(false); }
    for part in text.split(' ') {
        if part.is_empty() {
            Err("empty part")?;
        }
        yield_!(Ok(part));
    }
}

/// Adds up what is sent.
#[async_generator(send = u32, throw = &'static str)]
pub async fn total() -> u32 {
    let mut total = 0;
    loop {
        match yield_!(total) {
            Ok(sent) => total += sent,
            Err(_) => return,
        }
    }
}

/// An anonymous generator that fails.
pub fn results() -> impl AsyncGenerator<Yield = Result<u32, ()>> {
    try_stream! {
        for await n in countdown(1) {
            yield n;
        }
        Err(())?;
    }
}

/// Every source of items there is.
#[async_generator]
pub async fn pipeline(log: &Cell<u32>) -> u32 {
    yield_from!(countdown(2));
    #[for_await]
    for n in stream! { yield 10; yield 20; } {
        defer! { log.set(log.get() + n); }
        yield_!(n);
    }
    #[for_await]
    for n in results() {
        yield_!(n.unwrap_or(99));
    }
    yield_from!(stream_of![n * 2 for await n in countdown(3) if n != 2]);
}

/// Takes the next item of what never waits.
///
/// # Panics
///
/// When it waits all the same.
pub fn next<G: AsyncGenerator>(generator: Pin<&mut G>) -> Option<G::Yield> {
    match generator.poll_resume(&mut Context::from_waker(Waker::noop()), &mut None) {
        Poll::Ready(item) => item,
        Poll::Pending => panic!("nothing in this crate waits"),
    }
}

/// Adds up the items of a pipeline.
#[must_use]
pub fn sum() -> u32 {
    let log = Cell::new(0);
    let mut items = pin!(pipeline(&log));
    let mut sum = 0;
    while let Some(item) = next(items.as_mut()) {
        sum += item;
    }
    sum + log.get()
}

#[cfg(test)]
mod tests {
    use gen_runtime::{GeneratorState, Signal};

    use super::*;

    #[test]
    fn items_come_in_order_and_then_none() {
        let mut items = pin!(countdown(2));
        assert_eq!(next(items.as_mut()), Some(2));
        assert_eq!(next(items.as_mut()), Some(1));
        assert_eq!(next(items.as_mut()), None);
        assert_eq!(next(items.as_mut()), None);
    }

    #[test]
    fn error_is_the_last_item_and_the_cleanup_runs() {
        let open = Cell::new(false);
        let mut items = pin!(parts("a  b", &open));
        assert_eq!(next(items.as_mut()), Some(Ok("a")));
        assert!(open.get());
        assert_eq!(next(items.as_mut()), Some(Err("empty part")));
        assert!(!open.get());
        assert_eq!(next(items.as_mut()), None);
    }

    #[test]
    fn close_runs_the_cleanup() {
        let open = Cell::new(false);
        let mut items = pin!(parts("a b", &open));
        assert_eq!(next(items.as_mut()), Some(Ok("a")));
        assert!(items.has_pending_cleanup());
        let mut cx = Context::from_waker(Waker::noop());
        assert_eq!(items.as_mut().poll_close(&mut cx), Poll::Ready(()));
        assert!(!open.get());
        assert_eq!(items.state(), GeneratorState::Closed);
    }

    #[test]
    fn signals_are_taken_at_a_yield_point() {
        let mut cx = Context::from_waker(Waker::noop());
        let mut totals = pin!(total());
        assert_eq!(next(totals.as_mut()), Some(0));
        let mut signal = Some(Signal::Sent(3));
        assert_eq!(totals.as_mut().poll_resume(&mut cx, &mut signal), Poll::Ready(Some(3)));
        let mut signal = Some(Signal::Thrown("stop"));
        assert_eq!(totals.as_mut().poll_resume(&mut cx, &mut signal), Poll::Ready(None));
        assert_eq!(signal, None);
    }

    #[test]
    fn every_source_works() {
        assert_eq!(sum(), (2 + 1) + (10 + 20) + (1 + 99) + (6 + 2) + 30);
    }
}
