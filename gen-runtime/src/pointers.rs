//! Generators behind pointers: borrowers, which leave a generator open, and owners, which close it.

use core::{
    marker::Unpin,
    pin::Pin,
    task::{Context, Poll},
};

use crate::protocol::{AsyncGenerator, GeneratorState, LetGo, Signal};

/// Forwards the required methods to the generator that `$target` gives for `self`.
macro_rules! forward {
    ($self:ident => $target:expr, $shared:expr) => {
        #[inline]
        fn poll_resume(
            $self: Pin<&mut Self>,
            cx: &mut Context<'_>,
            signal: &mut Option<Signal<Self::Sent, Self::Thrown>>,
        ) -> Poll<Option<Self::Yield>> {
            $target.poll_resume(cx, signal)
        }

        #[inline]
        fn poll_advance(
            $self: Pin<&mut Self>,
            cx: &mut Context<'_>,
            signal: Option<&mut Option<Signal<Self::Sent, Self::Thrown>>>,
        ) -> Poll<Option<Self::Yield>> {
            $target.poll_advance(cx, signal)
        }

        fn poll_close($self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
            $target.poll_close(cx)
        }

        fn state(&$self) -> GeneratorState {
            $shared.state()
        }

        fn has_pending_cleanup(&$self) -> bool {
            $shared.has_pending_cleanup()
        }
    };
}
pub(crate) use forward;

/// What a borrower does when it is through: nothing.
macro_rules! borrower {
    () => {
        fn let_go(self: Pin<&mut Self>) -> LetGo {
            LetGo::Done
        }

        fn is_owner(&self) -> bool {
            false
        }
    };
}

impl<G: AsyncGenerator + Unpin + ?Sized> AsyncGenerator for &mut G {
    type Yield = G::Yield;
    type Sent = G::Sent;
    type Thrown = G::Thrown;

    forward!(self => Pin::new(&mut **self.get_mut()), (**self));
    borrower!();
}

impl<G: AsyncGenerator + ?Sized> AsyncGenerator for Pin<&mut G> {
    type Yield = G::Yield;
    type Sent = G::Sent;
    type Thrown = G::Thrown;

    forward!(self => self.as_deref_mut(), self.as_ref().get_ref());
    borrower!();
}

/// What an owner behind a pointer does when it is through: what the generator itself would.
#[cfg(feature = "alloc")]
macro_rules! owner {
    ($self:ident => $target:expr, $shared:expr) => {
        fn let_go($self: Pin<&mut Self>) -> LetGo {
            $target.let_go()
        }

        fn is_owner(&$self) -> bool {
            $shared.is_owner()
        }
    };
}
#[cfg(feature = "alloc")]
pub(crate) use owner;

#[cfg(feature = "alloc")]
impl<G: AsyncGenerator + Unpin + ?Sized> AsyncGenerator for alloc::boxed::Box<G> {
    type Yield = G::Yield;
    type Sent = G::Sent;
    type Thrown = G::Thrown;

    forward!(self => Pin::new(&mut **self.get_mut()), (**self));
    owner!(self => Pin::new(&mut **self.get_mut()), (**self));
}

#[cfg(feature = "alloc")]
impl<G: AsyncGenerator + ?Sized> AsyncGenerator for Pin<alloc::boxed::Box<G>> {
    type Yield = G::Yield;
    type Sent = G::Sent;
    type Thrown = G::Thrown;

    forward!(self => self.as_deref_mut(), self.as_ref().get_ref());
    owner!(self => self.as_deref_mut(), self.as_ref().get_ref());
}
