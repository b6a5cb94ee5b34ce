//! Generators behind pointers: borrowers, which leave a generator open, and owners, which close it.

use core::{
    marker::Unpin,
    pin::Pin,
    task::{Context, Poll},
};

use crate::{
    protocol::{AsyncGenerator, GeneratorState, Signal},
    shortcut::Shortcut,
};

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
            _: Shortcut<Self::Yield, Self::Sent, Self::Thrown>,
        ) -> Poll<Option<Self::Yield>> {
            $target.poll_advance(cx, signal, Shortcut::NONE)
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

/// What a borrower does at the end of its use: nothing.
macro_rules! borrower {
    ($self:ident => $target:expr) => {
        #[inline]
        fn poll_turn(
            $self: Pin<&mut Self>,
            cx: &mut Context<'_>,
            signal: Option<&mut Option<Signal<Self::Sent, Self::Thrown>>>,
            leaving: bool,
            _: $crate::shortcut::Shortcut<Self::Yield, Self::Sent, Self::Thrown>,
        ) -> Poll<Option<Self::Yield>> {
            if leaving {
                Poll::Ready(None)
            } else {
                $target.poll_advance(cx, signal, $crate::shortcut::Shortcut::NONE)
            }
        }

        fn is_owner(&self) -> bool {
            false
        }
    };
}
pub(crate) use borrower;

impl<G: AsyncGenerator + Unpin + ?Sized> AsyncGenerator for &mut G {
    type Yield = G::Yield;
    type Sent = G::Sent;
    type Thrown = G::Thrown;

    forward!(self => Pin::new(&mut **self.get_mut()), (**self));
    borrower!(self => Pin::new(&mut **self.get_mut()));
}

impl<G: AsyncGenerator + ?Sized> AsyncGenerator for Pin<&mut G> {
    type Yield = G::Yield;
    type Sent = G::Sent;
    type Thrown = G::Thrown;

    forward!(self => self.as_deref_mut(), self.as_ref().get_ref());
    borrower!(self => self.as_deref_mut());
}

/// What an owner behind a pointer does at the end of its use: what the generator itself would.
#[cfg(feature = "alloc")]
macro_rules! owner {
    ($self:ident => $target:expr, $shared:expr) => {
        #[inline]
        fn poll_turn(
            $self: Pin<&mut Self>,
            cx: &mut Context<'_>,
            signal: Option<&mut Option<Signal<Self::Sent, Self::Thrown>>>,
            leaving: bool,
            _: Shortcut<Self::Yield, Self::Sent, Self::Thrown>,
        ) -> Poll<Option<Self::Yield>> {
            if leaving {
                return $crate::pointers::poll_leaving($target, cx);
            }
            $target.poll_advance(cx, signal, Shortcut::NONE)
        }

        fn is_owner(&$self) -> bool {
            $shared.is_owner()
        }
    };
}

/// The last turn of a generator behind a pointer. On its own, for it would take registers from those that
/// go on.
#[cfg(feature = "alloc")]
#[cold]
#[inline(never)]
pub(crate) fn poll_leaving<G: AsyncGenerator + ?Sized>(
    generator: Pin<&mut G>,
    cx: &mut Context<'_>,
) -> Poll<Option<G::Yield>> {
    generator.poll_turn(cx, None, true, Shortcut::NONE)
}

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
