//! A body, or the code of a region, that is polled with the consumer's own context, as it holds macros that await: `select!`,
//! `join!`.
//!
//! What they await cannot be told a context of its own. With a waker of ours it would have to keep the frame in memory,
//! and an executor may know its own wakers only. So the body finds the place of its item by a mailbox beside it, which is
//! all that it needs of a frame: it has no regions, and is sent nothing.

#![allow(clippy::inline_always)] // as in `leaf`

use core::{
    cell::Cell,
    fmt,
    future::Future,
    marker::PhantomPinned,
    mem::{ManuallyDrop, MaybeUninit},
    pin::Pin,
    ptr::{self, NonNull},
    task::{Context, Poll},
};

use crate::{
    frame::{FrameRef, TypedFrame},
    generator::{Generator, OfResults, fallible, generator},
    leaf::Token,
};

/// Where the item of the poll under way goes; null if it has gone there, and [`unmade`] if there is no body yet.
#[derive(Debug)]
#[repr(transparent)]
pub struct Mailbox<Y>(Cell<*mut MaybeUninit<Y>>);

// SAFETY: it is looked at in the poll that has written it and in no other, so what is in there means nothing when the
// body is suspended, which is when a generator can be sent to another thread. Nor does who drops the body follow it.
unsafe impl<Y> Send for Mailbox<Y> {}
// SAFETY: only a poll and a drop look at it, which have the body exclusively.
unsafe impl<Y> Sync for Mailbox<Y> {}

/// Where no item goes.
fn unmade<Y>() -> *mut MaybeUninit<Y> {
    static NOWHERE: u8 = 0;
    (&raw const NOWHERE).cast_mut().cast()
}

/// The body and its mailbox.
pub struct Direct<M, F, Y, S, T> {
    mailbox: Mailbox<Y>,
    body: Body<M, F>,
    token: Token<Y, S, T>,
    /// The body has a pointer to the mailbox.
    _pinned: PhantomPinned,
}

/// A body that is made when it is known where its mailbox is: when it is pinned. The mailbox tells which of both it is.
#[repr(C)] // both at its start
union Body<M, F> {
    to_be_made: ManuallyDrop<M>,
    made: ManuallyDrop<F>,
}

impl<M, F, Y, S, T> Direct<M, F, Y, S, T> {
    #[inline(always)]
    fn new(token: Token<Y, S, T>, make: M) -> Self {
        let mailbox = Mailbox(Cell::new(unmade()));
        let body = Body { to_be_made: ManuallyDrop::new(make) };
        Self { mailbox, body, token, _pinned: PhantomPinned }
    }
}

impl<M, F, Y, S, T> Drop for Direct<M, F, Y, S, T> {
    fn drop(&mut self) {
        let body = &raw mut self.body;
        if self.mailbox.0.get() == unmade() {
            // SAFETY: no poll has put a place there, so the body is still to be made. It is not used again.
            unsafe { ptr::drop_in_place(body.cast::<M>()) };
        } else {
            // SAFETY: a poll has made the body before it did that. It is dropped where it was pinned, and not used again.
            unsafe { ptr::drop_in_place(body.cast::<F>()) };
        }
    }
}

/// Makes a generator of a body that polls its futures, yields and ends. What makes it does only that: it is a closure
/// around an async block, and does not unwind.
#[inline(always)]
pub fn direct<M, F, Y, S, T>(
    token: Token<Y, S, T>,
    make: M,
) -> Generator<Direct<M, F, Y, S, T>, Y, S, T>
where
    M: FnOnce(Address<Y>) -> F,
{
    generator(token, Direct::new(token, make))
}

type DirectOfResults<M, F, V, E, S, T> = OfResults<Direct<M, F, Result<V, E>, S, T>, V, E, S, T>;

/// The same of one that ends with a `Result`.
#[inline(always)]
pub fn direct_fallible<M, F, V, E, S, T>(
    token: Token<Result<V, E>, S, T>,
    make: M,
) -> DirectOfResults<M, F, V, E, S, T>
where
    M: FnOnce(Address<Result<V, E>>) -> F,
    F: Future<Output = Result<(), E>>,
{
    fallible(token, Direct::new(token, make))
}

impl<M, F: Future, Y, S, T> Future for Direct<M, F, Y, S, T>
where
    M: FnOnce(Address<Y>) -> F,
{
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let frame = FrameRef::of(cx);
        // SAFETY: nothing is moved out of the reference but what makes the body.
        let this = unsafe { self.get_unchecked_mut() };
        // Shared, as the body has a pointer to it.
        let mailbox = &this.mailbox;
        if frame.begins() {
            // SAFETY: this is the first poll. It is pinned from here on, and so is the mailbox.
            unsafe { this.body.make(mailbox) };
        }
        // SAFETY: it was made in the first poll.
        let body: &mut F = unsafe { &mut this.body.made };
        // SAFETY: it is never moved from where it was made, and is dropped there.
        let body = unsafe { Pin::new_unchecked(body) };
        // SAFETY: it becomes the body of a generator of these types only, which never gives it away.
        let typed = unsafe { frame.typed(this.token) };
        mailbox.poll(body, frame, &typed)
    }
}

impl<Y> Mailbox<Y> {
    /// Polls code that posts its items here.
    #[inline(always)]
    fn poll<F: Future, S, T>(
        &self,
        code: Pin<&mut F>,
        frame: FrameRef,
        typed: &TypedFrame<Y, S, T>,
    ) -> Poll<F::Output> {
        self.0.set(typed.item());
        let polled = code.poll(frame.consumer());
        if self.0.get().is_null() {
            typed.gave();
        }
        polled
    }
}

/// Makes a mailbox for a region of a body.
#[inline]
#[must_use]
pub fn mailbox<Y, S, T>(_: Token<Y, S, T>) -> Mailbox<Y> {
    Mailbox(Cell::new(ptr::null_mut()))
}

/// The address of a mailbox, for the code that posts its items there.
#[inline]
#[must_use]
pub fn address<Y>(mailbox: &Mailbox<Y>) -> Address<Y> {
    Address(NonNull::from(mailbox))
}

/// The code of a region that is polled with the consumer's own context.
///
/// Its output is that of the code, or `None` if the generator is being closed.
#[must_use = "futures do nothing unless they are awaited"]
pub struct InRegion<'m, F, Y, S, T> {
    token: Token<Y, S, T>,
    mailbox: &'m Mailbox<Y>,
    code: F,
}

/// Makes the future of code that posts its items to the mailbox, in a region that was entered. It has none of its own.
#[inline]
pub fn in_region<F: Future, Y, S, T>(
    token: Token<Y, S, T>,
    mailbox: &Mailbox<Y>,
    code: F,
) -> InRegion<'_, F, Y, S, T> {
    InRegion { token, mailbox, code }
}

impl<F: Future, Y, S, T> Future for InRegion<'_, F, Y, S, T> {
    type Output = Option<F::Output>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<F::Output>> {
        let frame = FrameRef::of(cx);
        if frame.closing() {
            // As it has no regions, it stands in this one. It is dropped by who awaits this.
            return Poll::Ready(None);
        }
        let (token, mailbox) = (self.token, self.mailbox);
        // SAFETY: by the contract of `claim` it is awaited in the body of a generator of these types.
        let typed = unsafe { frame.typed(token) };
        // SAFETY: the code is pinned with `self`: it is never moved and `Self` has no `Drop`.
        let code = unsafe { self.map_unchecked_mut(|this| &mut this.code) };
        mailbox.poll(code, frame, &typed).map(Some)
    }
}

impl<F, Y, S, T> fmt::Debug for InRegion<'_, F, Y, S, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InRegion").finish_non_exhaustive()
    }
}

impl<M, F> Body<M, F> {
    /// Makes the body.
    ///
    /// # Safety
    ///
    /// - It was not made before.
    /// - Neither it nor the mailbox is moved from here on.
    #[cold]
    #[inline]
    unsafe fn make<Y>(&mut self, mailbox: &Mailbox<Y>)
    where
        M: FnOnce(Address<Y>) -> F,
    {
        // SAFETY: what the caller promises. It is not used again: `direct` is given what does not unwind.
        let make = unsafe { ManuallyDrop::take(&mut self.to_be_made) };
        self.made = ManuallyDrop::new(make(Address(NonNull::from(mailbox))));
    }
}

impl<M, F, Y, S, T> fmt::Debug for Direct<M, F, Y, S, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Direct").finish_non_exhaustive()
    }
}

/// What a body reaches its mailbox by. It does not leave it: each yield also names a label of the body.
pub struct Address<Y>(NonNull<Mailbox<Y>>);

// SAFETY: it stays in the body, beside which the mailbox is.
unsafe impl<Y> Send for Address<Y> {}
// SAFETY: the same.
unsafe impl<Y> Sync for Address<Y> {}

impl<Y> Clone for Address<Y> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<Y> Copy for Address<Y> {}

impl<Y> fmt::Debug for Address<Y> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Address").finish_non_exhaustive()
    }
}

/// A yield, with fields for the same reason as [`Yield`](crate::leaf::Yield).
#[derive(Debug)]
pub struct Post<Y, S, T> {
    /// That of the body.
    pub token: Token<Y, S, T>,
    /// What the user yields.
    pub item: Y,
    /// That of the body.
    pub handle: Address<Y>,
}

/// Hands an item over, and suspends the body.
#[inline]
pub fn post<Y, S, T>(found: Post<Y, S, T>) -> Posted {
    let Post { token: _, item, handle: Address(mailbox) } = found;
    // SAFETY: by the contract of `claim` this is in the body, while that is polled: beside it is the mailbox, pinned with it.
    let mailbox = unsafe { mailbox.as_ref() };
    let place = mailbox.0.replace(ptr::null_mut());
    debug_assert!(!place.is_null(), "a body has yielded twice in a poll");
    // SAFETY: the poll has put it there, for an item. It is not null, as a body that has yielded waits for its next poll.
    unsafe { (*place).write(item) };
    Posted(2)
}

/// The await that suspends a body once: the number of polls until it is ready. Counted, as a flag to be asked and then
/// taken down is an instruction more.
#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited"]
pub struct Posted(u8);

impl Future for Posted {
    type Output = ();

    #[inline]
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        self.0 -= 1;
        if self.0 == 0 { Poll::Ready(()) } else { Poll::Pending }
    }
}
