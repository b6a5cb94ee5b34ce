//! The way from a frame's context to that of the consumer, and to its waker.

use core::{
    mem::ManuallyDrop,
    ptr,
    task::{Context, RawWaker, RawWakerVTable, Waker},
};

use super::Head;

pub(super) static VTABLE: RawWakerVTable = RawWakerVTable::new(clone, wake, wake, |_| {});

/// # Safety
///
/// `head` is the data of a waker whose vtable is [`VTABLE`].
unsafe fn consumer_waker<'a>(head: *const ()) -> &'a Waker {
    // SAFETY: invariant 1: the frame is alive, and `waker` is not written after it was built.
    let waker = unsafe { (*head.cast::<Head>()).waker };
    // SAFETY: it was a reference that outlives the poll.
    unsafe { &*waker }
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
pub(super) fn head_of(cx: &Context<'_>) -> Option<*mut Head> {
    let waker = cx.waker();
    ptr::eq(waker.vtable(), &raw const VTABLE).then(|| waker.data().cast::<Head>().cast_mut())
}

/// The consumer's context, where `cx` is a frame's. It is lent to one future at a time: those of a body stand in its own
/// code, which is polled from one await to the next, and no macro takes one of them anywhere else.
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

/// The consumer's waker, where `cx` is a frame's.
#[inline]
pub(crate) fn consumer_waker_if_any<'a>(cx: &Context<'a>) -> Option<&'a Waker> {
    // SAFETY: the frame is alive (invariant 1), and outlives `cx`.
    head_of(cx).map(|head| unsafe { consumer_waker(head.cast_const().cast()) })
}
