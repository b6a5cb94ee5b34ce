//! Yield points, and what they evaluate to.

use core::convert::Infallible;

use super::{Item, Slot, Suspend, Token};
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

/// Hands over an item; to be awaited is that the body is resumed. The token tells the type of the item
/// before that is evaluated, and the item is evaluated before the slot is looked at.
#[inline]
pub fn yielded<Y, S, T>(
    token: Token<Y, S, T>,
    Item { item }: Item<Y>,
    Slot(frame): Slot,
) -> Suspend {
    // SAFETY: the contract of `claim`.
    unsafe { frame.typed(token) }.put(item);
    Suspend
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
