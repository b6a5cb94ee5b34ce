//! What the code around a region wants of its value, said before there is one. The compiler coerces a value to that where
//! it is made, as it does that of any block; one that was made before, it does not look into.

use core::marker::PhantomData;

use crate::leaf::never;

/// A value that something is wanted of before there is one. It says nothing but a type.
#[derive(Debug)]
pub struct Wanted<V>(PhantomData<fn() -> V>);

/// Says that something will be wanted, whatever it is.
#[allow(clippy::inline_always)] // a debug build would call it for nothing
#[inline(always)]
#[must_use]
pub fn wanted<V>() -> Wanted<V> {
    Wanted(PhantomData)
}

impl<V> Clone for Wanted<V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<V> Copy for Wanted<V> {}

/// What is wanted, in code that never runs.
///
/// # Panics
///
/// When it is called after all.
#[cold]
#[must_use]
pub fn never_of<V>(_: Wanted<V>) -> V {
    never()
}

/// The value as what is wanted. It is moved here, so that it has no place beside the locals of the code that made it.
#[inline]
#[must_use]
pub fn as_wanted<V>(_: Wanted<V>, value: V) -> V {
    value
}
