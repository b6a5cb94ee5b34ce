//! The awaits of a body: a future of the user is polled with the consumer's own context.

use core::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use crate::{frame, generator::Never};

/// What can be awaited: what a visible `.await` of a body goes through.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a future",
    label = "not a future",
    note = "only a future can be awaited; remove the `.await`"
)]
pub trait Awaitable<How> {
    /// The future. A type of the implementation, so that one that is not there is one error.
    type Wait;

    /// Awaits with the consumer's own context.
    fn wait(self) -> Self::Wait;
}

/// How a future is awaited.
#[derive(Debug)]
pub struct AsFuture;

/// How anything else would be. With two implementations to choose from, the compiler says that there is
/// none, and not why the only one does not apply.
#[derive(Debug)]
pub struct AsNothing;

impl<F: IntoFuture> Awaitable<AsFuture> for F {
    type Wait = Wait<F::IntoFuture>;

    #[inline]
    fn wait(self) -> Wait<F::IntoFuture> {
        Wait(self.into_future())
    }
}

impl<F: Never> Awaitable<AsNothing> for F {
    type Wait = Wait<F>;

    fn wait(self) -> Wait<F> {
        Wait(self)
    }
}

/// Polls a future of the user with the consumer's own context.
#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited"]
pub struct Wait<F>(F);

impl<F: Future> Future for Wait<F> {
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: the future is pinned with `self`: it is never moved and `Wait` has no `Drop`.
        unsafe { self.map_unchecked_mut(|this| &mut this.0) }.poll(frame::consumer_of(cx))
    }
}
