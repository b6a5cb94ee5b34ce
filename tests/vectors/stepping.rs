//! Polling by hand, with a waker that counts.

use std::{
    future::Future,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
};

/// More than any operation of a script takes.
const ENOUGH_POLLS: usize = 1000;

struct Wakes(AtomicUsize);

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// Polls futures one step at a time.
pub(crate) struct Stepper {
    wakes: Arc<Wakes>,
    waker: Waker,
}

impl Stepper {
    pub(crate) fn new() -> Self {
        let wakes = Arc::new(Wakes(AtomicUsize::new(0)));
        Self { waker: Waker::from(Arc::clone(&wakes)), wakes }
    }

    /// Polls once.
    ///
    /// # Errors
    ///
    /// If the future is pending and did not ask to be polled again, just once: a tick is all that
    /// anything here waits for.
    pub(crate) fn step<F: Future>(&self, future: Pin<&mut F>) -> Result<Poll<F::Output>, String> {
        let before = self.wakes.0.load(Ordering::Relaxed);
        let polled = future.poll(&mut Context::from_waker(&self.waker));
        let woken = self.wakes.0.load(Ordering::Relaxed) - before;
        if polled.is_pending() && woken != 1 {
            return Err(format!("pending, and woken {woken} times"));
        }
        Ok(polled)
    }

    /// Polls until the future is ready.
    ///
    /// # Errors
    ///
    /// As [`Self::step`], or if it never gets ready.
    pub(crate) fn finish<F: Future>(&self, mut future: Pin<&mut F>) -> Result<F::Output, String> {
        for _ in 0..ENOUGH_POLLS {
            if let Poll::Ready(output) = self.step(future.as_mut())? {
                return Ok(output);
            }
        }
        Err(format!("still pending after {ENOUGH_POLLS} polls"))
    }
}
