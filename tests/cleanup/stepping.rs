//! Polling by hand, with a waker that counts, and a log of what happened in which order.

use std::{
    fmt,
    future::Future,
    pin::{Pin, pin},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
};

/// More polls than any operation here takes.
const ENOUGH_POLLS: usize = 10_000;

struct Wakes(AtomicUsize);

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// Polls once, and counts how often the future asked to be polled again.
pub(crate) fn poll<F: Future>(future: Pin<&mut F>) -> (Poll<F::Output>, usize) {
    let wakes = Arc::new(Wakes(AtomicUsize::new(0)));
    let waker = Waker::from(Arc::clone(&wakes));
    let polled = future.poll(&mut Context::from_waker(&waker));
    (polled, wakes.0.load(Ordering::Relaxed))
}

/// Polls once, and drops the future. If it is pending, it asked to be polled again.
#[track_caller]
pub(crate) fn step<F: Future>(future: F) -> Poll<F::Output> {
    let (polled, woken) = poll(pin!(future));
    assert!(polled.is_ready() || woken > 0, "pending, and never woken");
    polled
}

/// The output of a future that is ready at once.
#[track_caller]
pub(crate) fn ready<F: Future>(future: F) -> F::Output {
    match step(future) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("pending"),
    }
}

/// Polls once a future that is pending and asks to be polled again, and drops it.
#[track_caller]
pub(crate) fn pending<F: Future>(future: F) {
    assert!(step(future).is_pending(), "ready");
}

/// Polls once a future that is pending and that nothing will wake, and drops it.
#[track_caller]
pub(crate) fn stuck<F: Future>(future: F) {
    let (polled, woken) = poll(pin!(future));
    assert!(polled.is_pending(), "ready");
    assert_eq!(woken, 0, "woken");
}

/// Polls until the future is ready, and counts the polls.
#[track_caller]
pub(crate) fn finish_counted<F: Future>(future: F) -> (F::Output, usize) {
    let mut future = pin!(future);
    for polls in 1..=ENOUGH_POLLS {
        if let Poll::Ready(output) = step(future.as_mut()) {
            return (output, polls);
        }
    }
    panic!("still pending after {ENOUGH_POLLS} polls")
}

/// Polls until the future is ready.
#[track_caller]
pub(crate) fn finish<F: Future>(future: F) -> F::Output {
    finish_counted(future).0
}

/// Is pending once, and asks to be polled again.
pub(crate) async fn tick() {
    let mut pending = true;
    std::future::poll_fn(|cx| {
        if std::mem::take(&mut pending) {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(())
    })
    .await;
}

/// What happened, in order.
#[derive(Debug, Default)]
pub(crate) struct Log(Mutex<Vec<String>>);

impl Log {
    pub(crate) fn add(&self, line: impl fmt::Display) {
        self.0.lock().expect("no test panics while it logs").push(line.to_string());
    }

    /// What happened since the last time.
    pub(crate) fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().expect("no test panics while it logs"))
    }

    /// A local that says when it is dropped.
    pub(crate) fn local(&self, name: impl fmt::Display) -> Local<'_> {
        Local { log: self, name: name.to_string() }
    }
}

/// Says when it is dropped.
#[derive(Debug)]
pub(crate) struct Local<'l> {
    log: &'l Log,
    name: String,
}

impl Local<'_> {
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Local<'_> {
    fn drop(&mut self) {
        self.log.add(format_args!("drop {}", self.name));
    }
}
