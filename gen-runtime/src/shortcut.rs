//! What a body is told of who polls it, and delegates by.

#[cfg(feature = "alloc")]
use core::ptr::NonNull;
use core::{fmt, marker::PhantomData};

#[cfg(feature = "alloc")]
use crate::boxed::Head;

/// What a body is polled with, to say there what it delegates to: the head of its root, if it has one.
///
/// It has no name outside of this crate, so that nobody else can make one, or hand one on to another generator
/// than it is for.
pub struct Shortcut<Y, S, T> {
    #[cfg(feature = "alloc")]
    pub(crate) root: Option<NonNull<Head<Y, S, T>>>,
    types: PhantomData<fn(S, T) -> Y>,
}

impl<Y, S, T> Clone for Shortcut<Y, S, T> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<Y, S, T> Copy for Shortcut<Y, S, T> {}

impl<Y, S, T> Shortcut<Y, S, T> {
    /// There is no root.
    pub(crate) const NONE: Self = Self {
        #[cfg(feature = "alloc")]
        root: None,
        types: PhantomData,
    };

    /// That of the root with this head.
    #[cfg(feature = "alloc")]
    #[inline]
    pub(crate) fn of(root: NonNull<Head<Y, S, T>>) -> Self {
        Self { root: Some(root), types: PhantomData }
    }
}

impl<Y, S, T> fmt::Debug for Shortcut<Y, S, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shortcut").finish_non_exhaustive()
    }
}
