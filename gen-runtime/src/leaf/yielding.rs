//! Yield points, and what they evaluate to.

use core::{convert::Infallible, future::IntoFuture};

use super::{Slot, Suspend, Token};
use crate::protocol::Signal;

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

/// A yield: to be awaited is that the body is resumed. The item is handed over before, so none is held meanwhile.
///
/// With fields, as a type error in a field is about the value alone; in an argument the compiler would add what
/// function of ours it is for. The token tells the type of the item before that is evaluated, and the item is
/// evaluated before the slot is looked at.
#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited"]
pub struct Yield<Y, S, T> {
    /// That of the body.
    pub token: Token<Y, S, T>,
    /// What the user yields.
    pub item: Y,
    /// Of the poll under way.
    pub slot: Slot,
}

impl<Y, S, T> IntoFuture for Yield<Y, S, T> {
    type Output = Slot;
    type IntoFuture = Suspend;

    #[inline]
    fn into_future(self) -> Suspend {
        let Self { token, item, slot: Slot(frame) } = self;
        // SAFETY: the contract of `claim`.
        unsafe { frame.typed(token) }.put(item);
        Suspend(())
    }
}

/// A yield of a body that does not keep its slot at hand: what the macros have not seen of it may come here while the
/// generator is being closed. Nobody wants the item then: it is dropped, and the body goes on.
#[inline]
pub fn offer<Y, S, T>(found: Yield<Y, S, T>) -> Suspend {
    let Yield { token, item, slot: Slot(frame) } = found;
    if !frame.closing() {
        // SAFETY: the contract of `claim`.
        unsafe { frame.typed(token) }.put(item);
    }
    Suspend(())
}

/// The same outside of any region: there is no cleanup to go on to, so the body ends here.
#[inline]
pub fn offer_or_end<Y, S, T>(found: Yield<Y, S, T>) -> Suspend {
    let Yield { token, item, slot: Slot(frame) } = found;
    // SAFETY: the contract of `claim`.
    let typed = unsafe { frame.typed(token) };
    if frame.closing() {
        typed.end();
    } else {
        typed.put(item);
    }
    Suspend(())
}

/// An item of the type that the generator yields, where it may suspend the body before there is a slot.
#[derive(Debug)]
pub struct Item<Y, S, T> {
    /// That of the body.
    pub token: Token<Y, S, T>,
    /// What the user yields.
    pub item: Y,
}

/// An item on its way past the await of a slot, which never suspends the body.
#[derive(Debug)]
pub struct Carried<Y>(Y);

// SAFETY: by the contract of `carry` the body is not suspended while it holds one, so the generator is
// not sent to another thread then.
unsafe impl<Y> Send for Carried<Y> {}

/// Takes an item past the await of a [`slot`](super::slot), as if it was not held across it.
///
/// # Safety
///
/// - The body is not suspended before the item is put.
#[inline]
#[must_use]
pub unsafe fn carry<Y, S, T>(item: Item<Y, S, T>) -> Carried<Y> {
    Carried(item.item)
}

impl<Y> Carried<Y> {
    /// The item.
    #[inline]
    #[must_use]
    pub fn item(self) -> Y {
        self.0
    }
}

/// What the body was resumed with, by a send or a throw.
///
/// # Errors
///
/// What was thrown.
#[inline]
pub fn resumed<Y, S: Sendable, T>(token: Token<Y, S, T>, Slot(frame): Slot) -> Result<S, T> {
    // SAFETY: the contract of `claim`.
    match unsafe { frame.typed(token) }.take_signal() {
        Some(Signal::Sent(value)) => Ok(value),
        Some(Signal::Thrown(error)) => Err(error),
        None => Ok(S::by_next()),
    }
}

/// The same where nothing can be thrown.
#[inline]
#[must_use]
pub fn sent<Y, S: Sendable>(token: Token<Y, S, Infallible>, slot: Slot) -> S {
    match resumed(token, slot) {
        Ok(value) => value,
        Err(never) => match never {},
    }
}

/// Lets go of what the body was resumed with, for a yield whose value nobody wants: it is for nobody else.
#[inline]
pub fn discard<Y, S, T>(token: Token<Y, S, T>, Slot(frame): Slot) {
    // SAFETY: the contract of `claim`.
    drop(unsafe { frame.typed(token) }.take_signal());
}
