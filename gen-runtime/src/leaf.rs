//! The leaf futures of a body that know its item type: they read the frame at its full type.

use core::{
    convert::Infallible,
    future::Future,
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll, ready},
};

use crate::{
    frame::{self, FrameRef},
    protocol::Signal,
    source::Delegate,
};

/// The types of one generator, for inference: it links its items, its yields and its signature.
#[derive(Debug)]
pub struct Token<Y, S, T>(PhantomData<Types<Y, S, T>>);

/// Neither owned nor borrowed, and not to be converted.
type Types<Y, S, T> = fn(Y, S, T) -> (Y, S, T);

impl<Y, S, T> Clone for Token<Y, S, T> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<Y, S, T> Copy for Token<Y, S, T> {}

/// A token whose types are inferred.
#[inline]
#[must_use]
pub fn token<Y, S, T>() -> Token<Y, S, T> {
    Token(PhantomData)
}

/// A token for a generator that is a stream and no more.
#[inline]
#[must_use]
pub fn stream_token<Y>() -> Token<Y, (), Infallible> {
    token()
}

/// What a body yields through. It borrows a local of the body, so it cannot leave it.
#[derive(Debug)]
pub struct Handle<'a, Y, S, T> {
    token: Token<Y, S, T>,
    anchor: PhantomData<&'a mut ()>,
}

/// Makes the handle of a body.
///
/// # Safety
///
/// - The handle stays in the async block that is the body of `Generator::new(token, ..)` for this very
///   token, or in async blocks and regions that it awaits directly.
/// - Every future made from it is awaited there at once: never in a closure, another task, or a
///   future that something else polls.
#[inline]
#[must_use]
pub unsafe fn handle<Y, S, T>(token: Token<Y, S, T>, anchor: &mut ()) -> Handle<'_, Y, S, T> {
    let () = anchor;
    Handle { token, anchor: PhantomData }
}

/// What a generator can be sent: the bound that functions with `send = S` have, for a message of its own.
#[diagnostic::on_unimplemented(
    message = "a generator cannot be sent `{Self}`, which has no default",
    label = "no `Default`, which is what a plain `next` sends",
    note = "wrap it in `Option`: `send = Option<{Self}>`"
)]
pub trait Sendable: Sized {
    /// What a plain `next` sends.
    fn by_next() -> Self;
}

#[diagnostic::do_not_recommend]
impl<S: Default> Sendable for S {
    #[inline]
    fn by_next() -> Self {
        Self::default()
    }
}

// Free functions, as a method call in an expansion could find a user's trait.

/// Where the next item goes.
#[inline]
pub fn slot<Y, S, T>(handle: &mut Handle<'_, Y, S, T>) -> Reach<Y, S, T> {
    Reach(handle.token)
}

/// An item on its way. A type error in a field is about the value alone; in an argument the compiler
/// would add what function of ours it is for.
#[derive(Debug)]
pub struct Item<Y> {
    /// What the user yields.
    pub item: Y,
}

/// Hands over an item.
#[inline]
pub fn put<Y, S, T>(Slot(frame): Slot<Y, S, T>, Item { item }: Item<Y>) {
    frame.put(item);
}

/// The yield point: where the body waits, after it put an item, to be resumed.
#[inline]
pub fn resumed<Y, S, T>(handle: &mut Handle<'_, Y, S, T>) -> Resumed<Y, S, T> {
    Resumed(handle.token)
}

/// An item of the type that the generator yields.
#[inline]
pub fn typed<Y, S, T>(token: Token<Y, S, T>, Item { item }: Item<Y>) -> Y {
    let _ = token;
    item
}

/// An item on its way past the await of a slot, which never suspends the body.
#[derive(Debug)]
pub struct Carried<Y>(Y);

// SAFETY: by the contract of `carry` the body is not suspended while it holds one, so the generator is
// not sent to another thread then.
unsafe impl<Y> Send for Carried<Y> {}

/// Takes an item past the await of a [`slot`], as if it was not held across it.
///
/// # Safety
///
/// - The body is not suspended before the item is put.
#[inline]
#[must_use]
pub unsafe fn carry<Y>(item: Y) -> Carried<Y> {
    Carried(item)
}

impl<Y> Item<Y> {
    /// The item that was carried.
    #[inline]
    #[must_use]
    pub fn carried(Carried(item): Carried<Y>) -> Self {
        Self { item }
    }
}

/// Reaches for the frame; ready at once.
#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited"]
pub struct Reach<Y, S, T>(Token<Y, S, T>);

impl<Y, S, T> Future for Reach<Y, S, T> {
    type Output = Slot<Y, S, T>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Slot<Y, S, T>> {
        // SAFETY: the contract of `handle`.
        Poll::Ready(Slot(unsafe { FrameRef::of(cx) }))
    }
}

/// Where an item goes, until the next await.
#[derive(Debug)]
pub struct Slot<Y, S, T>(FrameRef<Y, S, T>);

/// A yield point: pending in the poll that put an item, ready in the next.
#[derive(Debug)]
#[must_use = "a yield point does nothing unless it is awaited"]
pub struct Resumed<Y, S, T>(Token<Y, S, T>);

impl<Y, S: Sendable, T> Future for Resumed<Y, S, T> {
    type Output = Result<S, T>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<S, T>> {
        // SAFETY: the contract of `handle`.
        let mut frame = unsafe { FrameRef::<Y, S, T>::of(cx) };
        if frame.is_full() {
            return Poll::Pending;
        }
        Poll::Ready(match frame.signal().take() {
            Some(Signal::Sent(value)) => Ok(value),
            Some(Signal::Thrown(error)) => Err(error),
            None => Ok(S::by_next()),
        })
    }
}

/// The value of a jump that is never taken.
///
/// # Panics
///
/// When it is called after all.
#[cold]
#[must_use]
#[track_caller]
pub fn never<T>() -> T {
    unreachable!("this code only says where it may stand")
}

/// The yield point of a generator without `throw`.
#[derive(Debug)]
#[must_use = "a yield point does nothing unless it is awaited"]
pub struct Unthrown<F>(F);

/// Evaluates to what was sent, for nothing can be thrown.
#[inline]
pub fn sent<S, F>(resumed: F) -> Unthrown<F>
where
    F: Future<Output = Result<S, Infallible>> + Unpin,
{
    Unthrown(resumed)
}

impl<S, F> Future for Unthrown<F>
where
    F: Future<Output = Result<S, Infallible>> + Unpin,
{
    type Output = S;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<S> {
        Pin::new(&mut self.0).poll(cx).map(|resumed| match resumed {
            Ok(value) => value,
            Err(never) => match never {},
        })
    }
}

/// The yield point of a delegation: items out, signals in, until the inner source ends.
#[derive(Debug)]
#[must_use = "a delegation does nothing unless it is awaited"]
pub struct Delegated<'d, D, Y, S, T> {
    inner: Pin<&'d mut D>,
    /// Signals are for the inner source once it was polled: not the one that led here.
    entered: bool,
    _token: Token<Y, S, T>,
}

impl<'d, D, Y, S, T> Delegated<'d, D, Y, S, T> {
    #[inline]
    pub(crate) fn new(inner: Pin<&'d mut D>, handle: &mut Handle<'_, Y, S, T>) -> Self {
        Self { inner, entered: false, _token: handle.token }
    }
}

impl<D: Delegate<Y, S, T>, Y, S, T> Future for Delegated<'_, D, Y, S, T> {
    type Output = Result<(), T>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), T>> {
        // SAFETY: the contract of `handle`.
        let mut frame = unsafe { FrameRef::<Y, S, T>::of(cx) };
        let this = &mut *self;
        let mut none = None;
        let signal = if this.entered { frame.signal() } else { &mut none };
        this.entered = true;
        let inner = this.inner.as_mut();
        if let Some(item) = ready!(inner.poll_delegate(frame::consumer_of(cx), signal)?) {
            frame.put(item);
            return Poll::Pending;
        }
        // The inner source has ended, and before that it took nothing of this poll.
        Poll::Ready(match signal.take() {
            Some(Signal::Thrown(error)) => Err(error),
            _ => Ok(()),
        })
    }
}
