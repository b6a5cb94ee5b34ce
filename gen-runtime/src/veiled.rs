//! A body whose state nobody looks at. A debug build looks at none, and veils none.

use core::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use crate::{
    generator::{Generator, OfResults, fallible, generator},
    leaf::Token,
};

/// A body whose first await may be pending: it has no state to look at.
#[derive(Debug)]
pub struct Veiled<F>(pub(crate) F);

/// Makes a generator of a body that the macros wrote, whose first await may be one of the user's.
#[inline(always)]
pub fn veiled<F, Y, S, T>(token: Token<Y, S, T>, body: F) -> Generator<Veiled<F>, Y, S, T> {
    generator(token, Veiled(body))
}

/// The same of one that ends with a `Result`.
#[inline(always)]
pub fn veiled_fallible<F, V, E, S, T>(
    token: Token<Result<V, E>, S, T>,
    body: F,
) -> OfResults<Veiled<F>, V, E, S, T>
where
    F: Future<Output = Result<(), E>>,
{
    fallible(token, Veiled(body))
}

impl<F: Future> Future for Veiled<F> {
    type Output = F::Output;

    #[inline(always)]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: the body is pinned with `self`: it is never moved and `Self` has no `Drop`.
        unsafe { self.map_unchecked_mut(|this| &mut this.0) }.poll(cx)
    }
}
