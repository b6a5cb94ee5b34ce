//! The `?` of a loop outside any body, which closes its source before it leaves the function.

use core::{ops::ControlFlow, task::Poll};

/// What `?` can be asked of.
#[diagnostic::on_unimplemented(
    message = "the `?` operator cannot be applied to `{Self}`",
    label = "not a `Result` or `Option`",
    note = "a future is awaited first"
)]
pub trait Tried: Sized {
    /// What the function goes on with.
    type Value;

    /// That value; or, if the function is left, what it is left with.
    ///
    /// # Errors
    ///
    /// The same, for a `?` to be asked of it again.
    fn tried(self) -> Result<Self::Value, Self>;
}

impl<V, E> Tried for Result<V, E> {
    type Value = V;

    #[inline]
    fn tried(self) -> Result<V, Self> {
        self.map_err(Err)
    }
}

impl<V> Tried for Option<V> {
    type Value = V;

    #[inline]
    fn tried(self) -> Result<V, Self> {
        self.ok_or(None)
    }
}

impl<B, C> Tried for ControlFlow<B, C> {
    type Value = C;

    #[inline]
    fn tried(self) -> Result<C, Self> {
        match self {
            Self::Continue(value) => Ok(value),
            Self::Break(value) => Err(Self::Break(value)),
        }
    }
}

impl<V, E> Tried for Poll<Result<V, E>> {
    type Value = Poll<V>;

    #[inline]
    fn tried(self) -> Result<Poll<V>, Self> {
        match self {
            Self::Ready(Ok(value)) => Ok(Poll::Ready(value)),
            Self::Ready(Err(error)) => Err(Self::Ready(Err(error))),
            Self::Pending => Ok(Poll::Pending),
        }
    }
}

impl<V, E> Tried for Poll<Option<Result<V, E>>> {
    type Value = Poll<Option<V>>;

    #[inline]
    fn tried(self) -> Result<Poll<Option<V>>, Self> {
        match self {
            Self::Ready(Some(Ok(value))) => Ok(Poll::Ready(Some(value))),
            Self::Ready(Some(Err(error))) => Err(Self::Ready(Some(Err(error)))),
            Self::Ready(None) => Ok(Poll::Ready(None)),
            Self::Pending => Ok(Poll::Pending),
        }
    }
}
