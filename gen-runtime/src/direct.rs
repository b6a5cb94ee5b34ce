//! A body that is polled with the consumer's own context, as it holds macros that await: `select!`, `join!`.
//!
//! What they await cannot be told a context of its own. With a waker of ours it would have to keep the frame in memory,
//! and an executor may know its own wakers only. So the body finds the place of its item by a mailbox beside it, which is
//! all that it needs of a frame: it has no regions, and is sent nothing.

#![allow(clippy::inline_always)] // as in `leaf`

use core::{
    cell::Cell,
    fmt,
    future::Future,
    hint::unreachable_unchecked,
    marker::{PhantomData, PhantomPinned},
    mem::{self, MaybeUninit},
    pin::Pin,
    ptr::{self, NonNull},
    task::{Context, Poll},
};

use crate::{
    frame::FrameRef,
    generator::{Generator, OfResults, fallible, generator},
    leaf::Token,
};

/// Where the item of the poll under way goes; null if it has gone there.
#[repr(transparent)]
struct Mailbox<Y>(Cell<*mut MaybeUninit<Y>>);

// SAFETY: it is looked at in the poll that has written it and in no other, so what is in there means nothing when the
// body is suspended, which is when a generator can be sent to another thread.
unsafe impl<Y> Send for Mailbox<Y> {}
// SAFETY: only a poll looks at it, which has the body exclusively.
unsafe impl<Y> Sync for Mailbox<Y> {}

/// The body and its mailbox.
pub struct Direct<M, F, Y, S, T> {
    mailbox: Mailbox<Y>,
    body: Body<M, F>,
    token: Token<Y, S, T>,
    /// The body has a pointer to the mailbox.
    _pinned: PhantomPinned,
}

/// A body that is made when it is known where its mailbox is: when it is pinned.
enum Body<M, F> {
    ToBeMade(Option<M>),
    Made(F),
}

impl<M, F, Y, S, T> Direct<M, F, Y, S, T> {
    #[inline(always)]
    fn new(token: Token<Y, S, T>, make: M) -> Self {
        let mailbox = Mailbox(Cell::new(ptr::null_mut()));
        Self { mailbox, body: Body::ToBeMade(Some(make)), token, _pinned: PhantomPinned }
    }
}

/// Makes a generator of a body that polls its futures, yields and ends.
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
        // SAFETY: it becomes the body of a generator of these types only, which never gives it away.
        let typed = unsafe { frame.typed(this.token) };
        // Shared, as the body has a pointer to it.
        let mailbox = &this.mailbox;
        mailbox.0.set(typed.item());
        if frame.begins() {
            this.body.make(mailbox);
        }
        // SAFETY: it was made in the first poll.
        let polled = unsafe { this.body.made() }.poll(frame.consumer());
        if mailbox.0.get().is_null() {
            typed.gave();
        }
        polled
    }
}

impl<M, F> Body<M, F> {
    /// Makes the body, which stays where it is then. The mailbox does, too.
    #[cold]
    #[inline]
    fn make<Y>(&mut self, mailbox: &Mailbox<Y>)
    where
        M: FnOnce(Address<Y>) -> F,
    {
        if let Self::ToBeMade(make) = self {
            let make = make.take().expect("it is made once");
            *self = Self::Made(make(Address(NonNull::from(mailbox))));
        }
    }

    /// # Safety
    ///
    /// - It was [made](Self::make), and has not been moved since.
    #[inline]
    unsafe fn made(&mut self) -> Pin<&mut F> {
        match self {
            // SAFETY: it is never moved from where it was made, and `Self` has no `Drop`.
            Self::Made(body) => unsafe { Pin::new_unchecked(body) },
            // SAFETY: what the caller promises.
            Self::ToBeMade(_) => unsafe { unreachable_unchecked() },
        }
    }
}

impl<M, F, Y, S, T> fmt::Debug for Direct<M, F, Y, S, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Direct").finish_non_exhaustive()
    }
}

/// Where the mailbox of a body is.
#[derive(Debug)]
pub struct Address<Y>(NonNull<Mailbox<Y>>);

/// What a body reaches its mailbox by. It borrows a local of the body, so it cannot leave it.
pub struct Held<'a, Y>(NonNull<Mailbox<Y>>, PhantomData<&'a ()>);

// SAFETY: it goes to the body, beside which the mailbox is.
unsafe impl<Y> Send for Address<Y> {}
// SAFETY: the same.
unsafe impl<Y> Sync for Address<Y> {}

/// Takes the address of a mailbox, in the body.
#[inline(always)]
#[must_use]
pub fn held<Y>(Address(mailbox): Address<Y>, anchor: &()) -> Held<'_, Y> {
    let () = anchor;
    Held(mailbox, PhantomData)
}

// SAFETY: it stays in the body, beside which the mailbox is.
unsafe impl<Y> Send for Held<'_, Y> {}
// SAFETY: the same.
unsafe impl<Y> Sync for Held<'_, Y> {}

impl<Y> Clone for Held<'_, Y> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<Y> Copy for Held<'_, Y> {}

impl<Y> fmt::Debug for Held<'_, Y> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Held").finish_non_exhaustive()
    }
}

/// A yield, with fields for the same reason as [`Yield`](crate::leaf::Yield).
#[derive(Debug)]
pub struct Post<'a, Y, S, T> {
    /// That of the body.
    pub token: Token<Y, S, T>,
    /// What the user yields.
    pub item: Y,
    /// That of the body.
    pub handle: Held<'a, Y>,
}

/// Hands an item over, and suspends the body.
#[inline]
pub fn post<Y, S, T>(found: Post<'_, Y, S, T>) -> Posted {
    let Post { token: _, item, handle: Held(mailbox, _) } = found;
    // SAFETY: by the contract of `claim` this is in the body, while that is polled: beside it is the mailbox, pinned with it.
    let mailbox = unsafe { mailbox.as_ref() };
    let place = mailbox.0.replace(ptr::null_mut());
    debug_assert!(!place.is_null(), "a body has yielded twice in a poll");
    // SAFETY: the poll has put it there, for an item. It is not null, as a body that has yielded waits for its next poll.
    unsafe { (*place).write(item) };
    Posted(true)
}

/// The await that suspends a body once.
#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited"]
pub struct Posted(bool);

impl Future for Posted {
    type Output = ();

    #[inline]
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if mem::take(&mut self.0) { Poll::Pending } else { Poll::Ready(()) }
    }
}
