//! What the tests step with: a waker that counts, polls one by one, and locals that log their drop.

use std::{
    cell::RefCell,
    future::{Future, poll_fn},
    hint::black_box,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    pin::{Pin, pin},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
};

use futures::Stream;

#[derive(Default)]
struct Wakes(AtomicUsize);

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// A task whose waker counts.
pub struct Task {
    wakes: Arc<Wakes>,
    waker: Waker,
}

impl Task {
    pub fn new() -> Self {
        let wakes = Arc::new(Wakes::default());
        Self { waker: Waker::from(Arc::clone(&wakes)), wakes }
    }

    pub fn waker(&self) -> &Waker {
        &self.waker
    }

    pub fn wakes(&self) -> usize {
        self.wakes.0.load(Ordering::Relaxed)
    }

    pub fn poll<F: Future + ?Sized>(&self, future: Pin<&mut F>) -> Poll<F::Output> {
        future.poll(&mut Context::from_waker(&self.waker))
    }

    pub fn poll_next<S: Stream + ?Sized>(&self, stream: Pin<&mut S>) -> Poll<Option<S::Item>> {
        stream.poll_next(&mut Context::from_waker(&self.waker))
    }
}

/// Polls a future once.
pub fn poll_once<F: Future + ?Sized>(future: Pin<&mut F>) -> Poll<F::Output> {
    Task::new().poll(future)
}

/// Polls a stream once.
pub fn poll_next<S: Stream + ?Sized>(stream: Pin<&mut S>) -> Poll<Option<S::Item>> {
    Task::new().poll_next(stream)
}

/// Polls a future until it is ready. Fails where it waits for a wake that never comes.
pub fn finish<F: Future>(future: F) -> F::Output {
    let task = Task::new();
    let mut future = pin!(future);
    loop {
        let before = task.wakes();
        if let Poll::Ready(output) = task.poll(future.as_mut()) {
            return output;
        }
        assert_ne!(task.wakes(), before, "pending, and nobody woke the task");
    }
}

/// The items of a stream, to its end.
pub fn items<S: Stream>(stream: S) -> Vec<S::Item> {
    let mut stream = pin!(stream);
    let mut items = Vec::new();
    while let Some(item) = finish(poll_fn(|cx| stream.as_mut().poll_next(cx))) {
        items.push(item);
    }
    items
}

/// The next item of a stream, however many polls it takes.
pub fn next<S: Stream + ?Sized>(mut stream: Pin<&mut S>) -> Option<S::Item> {
    finish(poll_fn(|cx| stream.as_mut().poll_next(cx)))
}

/// Pending once, and wakes itself.
pub async fn tick() {
    let mut ticked = false;
    poll_fn(|cx| {
        if ticked {
            return Poll::Ready(());
        }
        ticked = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// Panics without a message on the terminal.
pub fn quiet_panic() -> ! {
    resume_unwind(Box::new("quiet"))
}

/// Says whether `code` panics.
pub fn panics<T>(code: impl FnOnce() -> T) -> bool {
    catch_unwind(AssertUnwindSafe(code)).is_err()
}

/// What happened, in order.
#[derive(Default)]
pub struct Log(RefCell<Vec<String>>);

impl Log {
    pub fn push(&self, line: impl Into<String>) {
        self.0.borrow_mut().push(line.into());
    }

    pub fn take(&self) -> Vec<String> {
        self.0.take()
    }

    pub fn local(&self, name: &'static str) -> Local<'_> {
        Local { name, log: self }
    }
}

/// Logs that it is dropped.
pub struct Local<'l> {
    name: &'static str,
    log: &'l Log,
}

impl Local<'_> {
    pub fn touch(&self) {
        self.log.push(format!("touch {}", self.name));
    }
}

impl Drop for Local<'_> {
    fn drop(&mut self) {
        self.log.push(format!("drop {}", self.name));
    }
}

/// Does something with more of the stack in use than before.
#[inline(never)]
fn deeper<T>(levels: usize, what: &mut dyn FnMut() -> T) -> T {
    let used = black_box([levels; 64]);
    let done = if levels == 0 { what() } else { deeper(levels - 1, what) };
    black_box(used);
    done
}

/// Takes all items, each poll elsewhere on the stack: what one of them left there is no other's.
pub fn items_over_the_stack<T>(stream: impl Stream<Item = T>) -> Vec<T> {
    let task = Task::new();
    let mut stream = pin!(stream);
    let mut items = Vec::new();
    for level in 0.. {
        match deeper(level, &mut || task.poll_next(stream.as_mut())) {
            Poll::Ready(Some(item)) => items.push(item),
            Poll::Ready(None) => break,
            Poll::Pending => {}
        }
    }
    items
}
