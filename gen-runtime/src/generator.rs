//! The generator itself: a body and where it stands.
//!
//! What is written here for any body is compiled for each, so it calls as little as it can, and has nothing to drop
//! while it does.

#![allow(clippy::ptr_as_ptr)] // `cast` is a function
#![allow(clippy::inline_always)] // a debug build would have one for each body of what only moves or drops that

use core::{
    convert::Infallible,
    fmt,
    future::Future,
    marker::{PhantomData, Unpin},
    mem::{ManuallyDrop, MaybeUninit, transmute},
    pin::Pin,
    ptr,
    task::{Context, Poll, ready},
};

use futures_core::{FusedStream, Stream};

use crate::{
    ending::Fallible,
    frame::{Frame, context},
    leaf::Token,
    position::{Anyone, Owner, Poller, Position, Settled},
    protocol::{AsyncGenerator, End, GeneratorState, Signal},
    shortcut::Shortcut,
    state::LOOKS,
};

/// A generator: what a function under [`async_generator`](crate::async_generator) returns.
///
/// It is a [`Stream`] of `Y`, and an [`AsyncGenerator`] that takes `S` and can be thrown `T`. It holds
/// the state of its body and one word beside it: no heap, no thread-local, no task. It is `Send` if
/// all that the body holds across its yields and awaits is, and never `Unpin`: pin it with
/// [`pin!`](core::pin::pin) or box it.
///
/// # Panics
///
/// Polling panics if the body does. The generator is closed then: its locals are dropped, its cleanups
/// are not run, and it gives `None` for ever after.
///
/// # Examples
///
/// ```
/// use futures::{StreamExt as _, executor::block_on};
/// use gen_runtime::prelude::*;
///
/// #[async_generator]
/// async fn countdown(from: u32) -> u32 {
///     for n in (1..=from).rev() {
///         yield_!(n);
///     }
/// }
///
/// let items: Vec<u32> = block_on(countdown(3).collect());
/// assert_eq!(items, [3, 2, 1]);
/// ```
///
/// # Cancel safety
///
/// Dropping the future of `next` loses no item; the next one goes on from there. Dropping the generator
/// drops what its body holds, without running its cleanups:
/// [`has_pending_cleanup`](AsyncGenerator::has_pending_cleanup) tells whether there are any.
#[must_use = "generators do nothing unless they are polled"]
#[repr(C)] // `position` first: behind the body, it would be copied with what that ends with
pub struct Generator<F, Y, S = (), T = Infallible> {
    position: Position,
    /// There unless the position is closed.
    body: ManuallyDrop<F>,
    types: PhantomData<Types<Y, S, T>>,
}

/// Neither owned nor borrowed. What is sent and thrown is not to be converted: it is lent to the body, which may delegate
/// to somebody who puts another one there.
type Types<Y, S, T> = fn(S, T) -> (Y, S, T);

/// What no type implements.
pub trait Never {}

// A generator is never `Unpin`, whatever its body is. By hand, so that using one that is not pinned is
// one error about the generator and not one about each thing in it.
#[diagnostic::do_not_recommend]
impl<F: Never, Y, S, T> Unpin for Generator<F, Y, S, T> {}

// Free functions, as the compiler would look for a method in each implementation of each trait.

/// Makes a generator of a body that the macros wrote. If it has a state to look at, its first await is that of `begin`.
#[inline(always)]
pub fn generator<F, Y, S, T>(token: Token<Y, S, T>, body: F) -> Generator<F, Y, S, T> {
    let _ = token;
    Generator { body: ManuallyDrop::new(body), position: Position::NEW, types: PhantomData }
}

#[cfg(not(debug_assertions))]
pub use crate::veiled::{veiled, veiled_fallible};
/// The same of one that ends with a `Result`.
#[cfg(debug_assertions)]
pub use fallible as veiled_fallible;
/// Makes a generator of a body that the macros wrote, whose first await may be one of the user's.
#[cfg(debug_assertions)]
pub use generator as veiled;

pub(crate) type OfResults<F, V, E, S, T> = Generator<Fallible<F, V, E, S, T>, Result<V, E>, S, T>;

/// Makes a generator of a body that ends with a `Result`, whose error is the last item. Its first await is that of
/// `begin`.
#[inline(always)]
pub fn fallible<F, V, E, S, T>(
    token: Token<Result<V, E>, S, T>,
    body: F,
) -> OfResults<F, V, E, S, T>
where
    F: Future<Output = Result<(), E>>,
{
    // SAFETY: it becomes the body of a generator with these types, which never gives it away.
    generator(token, unsafe { Fallible::new(token, body) })
}

impl<F, Y, S, T> Generator<F, Y, S, T> {
    pub(crate) fn state(&self) -> GeneratorState {
        self.position.state()
    }
}

impl<F, Y, S, T> Drop for Generator<F, Y, S, T> {
    #[inline(always)]
    fn drop(&mut self) {
        if self.position.is_there() {
            // SAFETY: the body is there, and it is not used again. It is pinned, and dropped in place.
            unsafe { ptr::drop_in_place((&raw mut self.body) as *mut F) };
        }
    }
}

impl<F: Future<Output = ()>, Y, S, T> Generator<F, Y, S, T> {
    /// Begins to close: from here on, a poll closes.
    fn begin_to_close(self: Pin<&mut Self>) {
        // SAFETY: nothing is moved out of the reference.
        let this = unsafe { self.get_unchecked_mut() };
        if this.position.depth > 0 {
            if this.position.is_there() {
                this.position.begin_to_close();
            }
        } else {
            // SAFETY: nothing is moved out of the reference.
            unsafe { Pin::new_unchecked(this) }.drop_body();
        }
    }

    /// Polls the body once, to go on or to close. The one place that does, so that the compiler finds a body
    /// with one caller and inlines it. What does not depend on the body is elsewhere: it is compiled once, and
    /// not for each generator.
    ///
    /// # Safety
    ///
    /// - For its [`Owner`], the body was not unwound.
    #[inline]
    unsafe fn poll_body<P: Poller>(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        signal: Option<&mut Option<Signal<S, T>>>,
        shortcut: Shortcut<Y, S, T>,
    ) -> Poll<Option<Y>> {
        // SAFETY: `Pin` is laid out as what is in it. Nothing is moved out of the reference.
        let Self { position, body, .. } = unsafe { transmute::<Pin<&mut Self>, &mut Self>(self) };
        let mut item = MaybeUninit::uninit();
        let mut frame = MaybeUninit::uninit();
        let mut state = P::mark(position);
        if LOOKS {
            state.look(&**body);
        }
        if Frame::enter::<P>(position, &mut state, cx, signal, shortcut, &mut item, &mut frame) {
            // SAFETY: `enter` has written the frame. That and `item` are locals, and `position` is no part of the
            // body. None of them is used before the poll is over.
            let waker = unsafe { Frame::waker(&raw mut frame as *mut Frame<Y, S, T>) };
            // SAFETY: `ManuallyDrop` and `Pin` are laid out as what is in them. It was not closed, so the body is there.
            // It is pinned with the generator: it is never moved, it is dropped in place, also by `Drop`, and
            // `Generator` is never `Unpin`.
            let polled = unsafe { transmute::<&mut ManuallyDrop<F>, Pin<&mut F>>(body) };
            // If this unwinds, the body has dropped its locals, and the generator is closed: see `Anyone::mark`. That
            // of an owner is not, so the body is dropped again, which is nothing to one that was unwound.
            let returned = polled.poll(&mut context(&waker));
            // SAFETY: `enter` has written the frame.
            let given = unsafe { Frame::given(&frame) };
            if LOOKS {
                state.look(&**body);
            }
            match P::settle(position, &state, returned, given) {
                // SAFETY: it was given.
                Settled::Item => return Poll::Ready(Some(unsafe { item.as_ptr().read() })),
                Settled::Pending => return Poll::Pending,
                // SAFETY: the body is there, and it is not used again: its position is closed. It is pinned, and dropped
                // in place.
                Settled::Parked => unsafe { ptr::drop_in_place((&raw mut *body) as *mut F) },
                Settled::Ended => {}
            }
        }
        Poll::Ready(None)
    }

    /// Drops the body, if it is there.
    fn drop_body(self: Pin<&mut Self>) {
        // SAFETY: nothing is moved out of the reference.
        let this = unsafe { self.get_unchecked_mut() };
        if this.position.close() {
            // SAFETY: it was not closed, so the body is there, and it is not used again. It is pinned, and
            // dropped in place.
            unsafe { ptr::drop_in_place((&raw mut this.body) as *mut F) };
        }
    }
}

impl<F: Future<Output = ()>, Y, S: Default, T> AsyncGenerator for Generator<F, Y, S, T> {
    type Yield = Y;
    type Sent = S;
    type Thrown = T;

    #[inline]
    fn poll_resume(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        signal: &mut Option<Signal<S, T>>,
    ) -> Poll<Option<Y>> {
        if !Signal::<S, T>::tells() && self.position.is_suspended() {
            *signal = None;
        }
        self.poll_advance(cx, Some(signal), Shortcut::NONE)
    }

    #[inline]
    fn poll_advance(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        signal: Option<&mut Option<Signal<S, T>>>,
        shortcut: Shortcut<Y, S, T>,
    ) -> Poll<Option<Y>> {
        // SAFETY: it is asked whether the body is there.
        unsafe { self.poll_body::<Anyone>(cx, signal, shortcut) }
    }

    #[inline]
    fn poll_turn(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        signal: Option<&mut Option<Signal<S, T>>>,
        leaving: bool,
        shortcut: Shortcut<Y, S, T>,
    ) -> Poll<Option<Y>> {
        if leaving {
            self.as_mut().begin_to_close();
        }
        self.poll_advance(cx, signal, shortcut)
    }

    #[inline]
    unsafe fn poll_owned(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        signal: Option<&mut Option<Signal<S, T>>>,
        leaving: bool,
        shortcut: Shortcut<Y, S, T>,
    ) -> Poll<Option<Y>> {
        if leaving {
            self.as_mut().begin_to_close();
        }
        // SAFETY: what the caller promises.
        unsafe { self.poll_body::<Owner>(cx, signal, shortcut) }
    }

    fn poll_end(self: Pin<&mut Self>, _: &mut Context<'_>, _: End) -> Option<Poll<Option<Y>>> {
        self.begin_to_close();
        None
    }

    fn poll_close(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.as_mut().begin_to_close();
        if ready!(self.as_mut().poll_advance(cx, None, Shortcut::NONE)).is_some() {
            // No item comes out of a body that is being closed, unless a macro hid from us how that has left a region.
            // It would go on for ever.
            self.drop_body();
        }
        Poll::Ready(())
    }

    fn state(&self) -> GeneratorState {
        self.state()
    }

    fn has_pending_cleanup(&self) -> bool {
        self.position.is_there() && self.position.depth > 0
    }

    fn abandon(self: Pin<&mut Self>) {
        self.drop_body();
    }
}

impl<F: Future<Output = ()>, Y, S: Default, T> Stream for Generator<F, Y, S, T> {
    type Item = Y;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Y>> {
        // As `poll_advance`, which a debug build would have for each body, to call what this calls.
        // SAFETY: it is asked whether the body is there.
        unsafe { self.poll_body::<Anyone>(cx, None, Shortcut::NONE) }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.position.size_hint()
    }
}

impl<F: Future<Output = ()>, Y, S: Default, T> FusedStream for Generator<F, Y, S, T> {
    fn is_terminated(&self) -> bool {
        self.position.is_closed()
    }
}

impl<F, Y, S, T> fmt::Debug for Generator<F, Y, S, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Generator").field("state", &self.state()).finish_non_exhaustive()
    }
}
