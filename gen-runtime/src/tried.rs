//! The `?` of a loop outside any body, which closes its source before it leaves the function.

use core::{convert::Infallible, ops::ControlFlow, task::Poll};

/// What `?` can be asked of.
#[diagnostic::on_unimplemented(
    message = "the `?` operator cannot be applied to `{Self}`",
    label = "not a `Result` or `Option`",
    note = "a future is awaited first"
)]
pub trait Tried {
    /// What the function goes on with.
    type Value;
    /// What it is left with, without what it would go on with, which may borrow from the loop.
    type Left;

    /// That value, or what the function is left with.
    ///
    /// # Errors
    ///
    /// What it is left with, for a `?` to be asked of that.
    fn tried(self) -> Result<Self::Value, Self::Left>;
}

impl<V, E> Tried for Result<V, E> {
    type Value = V;
    type Left = Result<Infallible, E>;

    #[inline]
    fn tried(self) -> Result<V, Self::Left> {
        self.map_err(Err)
    }
}

impl<V> Tried for Option<V> {
    type Value = V;
    type Left = Option<Infallible>;

    #[inline]
    fn tried(self) -> Result<V, Self::Left> {
        self.ok_or(None)
    }
}

impl<B, C> Tried for ControlFlow<B, C> {
    type Value = C;
    type Left = ControlFlow<B, Infallible>;

    #[inline]
    fn tried(self) -> Result<C, Self::Left> {
        match self {
            Self::Continue(value) => Ok(value),
            Self::Break(value) => Err(ControlFlow::Break(value)),
        }
    }
}

impl<V, E> Tried for Poll<Result<V, E>> {
    type Value = Poll<V>;
    type Left = Result<Infallible, E>;

    #[inline]
    fn tried(self) -> Result<Poll<V>, Self::Left> {
        match self {
            Self::Ready(result) => result.tried().map(Poll::Ready),
            Self::Pending => Ok(Poll::Pending),
        }
    }
}

impl<V, E> Tried for Poll<Option<Result<V, E>>> {
    type Value = Poll<Option<V>>;
    type Left = Result<Infallible, E>;

    #[inline]
    fn tried(self) -> Result<Poll<Option<V>>, Self::Left> {
        match self {
            Self::Ready(Some(result)) => result.tried().map(|value| Poll::Ready(Some(value))),
            Self::Ready(None) => Ok(Poll::Ready(None)),
            Self::Pending => Ok(Poll::Pending),
        }
    }
}
