//! The per-poll record that a generator and its body share, and the only module that follows a
//! pointer to it.
//!
//! # Invariants
//!
//! 1. A waker whose vtable is [`VTABLE`] exists only as a local of [`poll_body`], its data points to
//!    the [`Frame`] beside it, and cloning it gives a clone of the consumer's waker. So whoever holds a
//!    reference to such a waker holds it during that call, while the frame is alive.
//! 2. While the body is polled, the frame is reached through its raw pointer alone; no reference to
//!    it is made, and its fields are read and written one by one.
//! 3. A frame is read at its full type only through [`FrameRef::of`], whose caller knows that the
//!    frame is of that type.

use core::{
    future::Future,
    mem::ManuallyDrop,
    pin::Pin,
    ptr,
    task::{Context, Poll, RawWaker, RawWakerVTable, Waker},
};

use crate::protocol::Signal;

/// What every leaf may read without knowing the item type.
struct Head {
    /// The consumer's own `Context`.
    consumer: *mut Context<'static>,
    closing: bool,
    depth: u32,
}

#[repr(C)] // `head` first, so that a pointer to a frame is a pointer to its head
struct Frame<Y, S, T> {
    head: Head,
    item: *mut Poll<Option<Y>>,
    signal: *mut Option<Signal<S, T>>,
}

static VTABLE: RawWakerVTable = RawWakerVTable::new(clone, wake, wake, |_| {});

/// # Safety
///
/// `head` is the data of a waker whose vtable is [`VTABLE`].
unsafe fn consumer_waker<'a>(head: *const ()) -> &'a Waker {
    // SAFETY: invariant 1: the frame is alive, and `consumer` is not written after it was built.
    let consumer = unsafe { (*head.cast::<Head>()).consumer };
    // SAFETY: `consumer` was an exclusive reference that `poll_body` holds for the whole poll.
    unsafe { &*consumer }.waker()
}

unsafe fn clone(head: *const ()) -> RawWaker {
    // SAFETY: only `VTABLE` names this function.
    let waker = ManuallyDrop::new(unsafe { consumer_waker(head) }.clone());
    RawWaker::new(waker.data(), waker.vtable())
}

unsafe fn wake(head: *const ()) {
    // SAFETY: only `VTABLE` names this function.
    unsafe { consumer_waker(head) }.wake_by_ref();
}

/// The innermost generator that polls with `cx`, if one does.
#[inline]
fn head_of(cx: &Context<'_>) -> Option<*mut Head> {
    let waker = cx.waker();
    ptr::eq(waker.vtable(), &raw const VTABLE).then(|| waker.data().cast::<Head>().cast_mut())
}

/// The consumer's context, where `cx` is a frame's.
///
/// # Panics
///
/// If it is none. A way on with `cx` itself would let the frame's context escape: the compiler could not
/// keep the frame in registers.
#[inline]
#[track_caller]
pub(crate) fn consumer_of<'a, 'b: 'a>(cx: &'a mut Context<'b>) -> &'a mut Context<'b> {
    let head = head_of(cx).expect("an await of a body was polled outside its generator");
    // SAFETY: the frame is alive (invariant 1), and `consumer` is not written again.
    let consumer = unsafe { (*head).consumer };
    // SAFETY: exclusive to the frame, which reborrows it to one future at a time: the caller gives up
    // `cx` for as long as the result is used.
    unsafe { &mut *consumer.cast::<Context<'b>>() }
}

/// The consumer's context where `cx` is a frame's, and `cx` itself elsewhere.
#[inline]
pub(crate) fn consumer_if_any<'a, 'b: 'a>(cx: &'a mut Context<'b>) -> &'a mut Context<'b> {
    if head_of(cx).is_some() { consumer_of(cx) } else { cx }
}

/// The open regions of the generator that polls with `cx`, and whether it is being closed.
#[derive(Clone, Copy)]
pub(crate) struct Regions {
    head: *mut Head,
}

impl Regions {
    /// # Panics
    ///
    /// If `cx` is not a frame's.
    #[inline]
    #[track_caller]
    pub(crate) fn of(cx: &Context<'_>) -> Self {
        let head = head_of(cx).expect("a region was polled outside its generator");
        Self { head }
    }

    #[inline]
    pub(crate) fn closing(self) -> bool {
        // SAFETY: invariants 1 and 2.
        unsafe { (*self.head).closing }
    }

    #[inline]
    pub(crate) fn depth(self) -> u32 {
        // SAFETY: invariants 1 and 2.
        unsafe { (*self.head).depth }
    }

    #[inline]
    pub(crate) fn set_depth(self, depth: u32) {
        // SAFETY: invariants 1 and 2.
        unsafe { (*self.head).depth = depth };
    }
}

/// What one poll of a body left behind.
pub(crate) struct Outcome<Y> {
    /// `Ready(None)` if the body ended without a last item, `Pending` if it stands at an await.
    pub(crate) item: Poll<Option<Y>>,
    pub(crate) ended: bool,
    pub(crate) depth: u32,
}

/// Polls `body` once with a frame of its own.
#[inline(always)]
#[expect(clippy::inline_always, reason = "once inlined, the frame becomes registers")]
pub(crate) fn poll_body<F: Future<Output = ()>, Y, S, T>(
    body: Pin<&mut F>,
    cx: &mut Context<'_>,
    signal: &mut Option<Signal<S, T>>,
    closing: bool,
    depth: u32,
) -> Outcome<Y> {
    let mut item = Poll::Pending;
    let head = Head { consumer: (&raw mut *cx).cast(), closing, depth };
    let mut frame = Frame::<Y, S, T> { head, item: &raw mut item, signal };
    let frame = &raw mut frame;
    let waker = RawWaker::new(frame.cast_const().cast(), &VTABLE);
    // SAFETY: the four functions of `VTABLE` are thread-safe, as the waker they forward to is, and
    // read nothing but `consumer`, which outlives this waker. `ManuallyDrop`: the drop is empty.
    let waker = ManuallyDrop::new(unsafe { Waker::from_raw(waker) });
    let ended = body.poll(&mut Context::from_waker(&waker)).is_ready();
    if ended && item.is_pending() {
        item = Poll::Ready(None);
    }
    // SAFETY: the frame is a local of this function.
    let depth = unsafe { (*frame).head.depth };
    Outcome { item, ended, depth }
}

/// The frame at its full type.
#[derive(Debug)]
pub(crate) struct FrameRef<Y, S, T>(*mut Frame<Y, S, T>);

impl<Y, S, T> FrameRef<Y, S, T> {
    /// # Panics
    ///
    /// If `cx` is not a frame's.
    ///
    /// # Safety
    ///
    /// - `cx` is the context with which the body of a `Generator<_, Y, S, T>` is being polled.
    /// - The result is used during this poll only, by one leaf.
    #[inline]
    pub(crate) unsafe fn of(cx: &Context<'_>) -> Self {
        let head = head_of(cx).expect("a yield was polled outside its generator");
        Self(head.cast())
    }

    /// Hands an item to whoever polls the generator.
    #[inline]
    pub(crate) fn put(&self, item: Y) {
        // SAFETY: invariants 1 and 2.
        let slot = unsafe { (*self.0).item };
        // SAFETY: a local of `poll_body`, which does not touch it before the poll is over.
        unsafe { *slot = Poll::Ready(Some(item)) };
    }

    /// Says whether this poll has its item already.
    #[inline]
    pub(crate) fn is_full(&self) -> bool {
        // SAFETY: invariants 1 and 2.
        let slot = unsafe { (*self.0).item };
        // SAFETY: as in `put`.
        unsafe { &*slot }.is_ready()
    }

    /// What the body was resumed with.
    #[inline]
    pub(crate) fn signal(&mut self) -> &mut Option<Signal<S, T>> {
        // SAFETY: invariants 1 and 2.
        let signal = unsafe { (*self.0).signal };
        // SAFETY: borrowed by `poll_body` for the whole poll, and read by one leaf at a time.
        unsafe { &mut *signal }
    }
}
