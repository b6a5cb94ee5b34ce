//! The awaits of a body: a future of the user is polled with the consumer's own context.

use core::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use crate::{
    frame,
    generator::Never,
    leaf::{Slot, Token},
};

/// What can be awaited: what a visible `.await` of a body goes through.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a future",
    label = "not a future",
    note = "take the items of a generator or a stream by `#[for_await]` or `.next().await`; remove the `.await` from anything else"
)]
pub trait Awaitable<How> {
    /// The future. A type of the implementation, so that one that is not there is one error.
    type Wait;
    /// The future in a body that keeps its slot at hand.
    type WaitAtHand<const IN_REGION: bool>;

    /// The future in a cleanup of such a body.
    type WaitInCleanup;

    /// The future in a body that is polled with the consumer's own context.
    type Bare;

    /// Awaits with the consumer's own context.
    fn wait(self) -> Self::Wait;

    /// The same, in a body that is polled with that.
    fn bare(self) -> Self::Bare;

    /// Awaits with the consumer's own context, and takes the first slot.
    fn wait_first<Y, S, T>(self, token: Token<Y, S, T>) -> Self::WaitAtHand<false>;

    /// Awaits with the consumer's own context, and takes the slot again.
    fn wait_at_hand(self, slot: Slot) -> Self::WaitAtHand<false>;

    /// The same, in a cleanup.
    fn wait_in_cleanup(self, slot: Slot) -> Self::WaitInCleanup;

    /// The same, unless the region that this stands in is to be left.
    fn wait_in_region(self, slot: Slot) -> Self::WaitAtHand<true>;
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
    type WaitAtHand<const IN_REGION: bool> = WaitAtHand<F::IntoFuture, IN_REGION>;
    type WaitInCleanup = WaitInCleanup<F::IntoFuture>;
    type Bare = F::IntoFuture;

    #[inline]
    fn wait(self) -> Wait<F::IntoFuture> {
        Wait(self.into_future())
    }

    #[inline]
    fn bare(self) -> F::IntoFuture {
        self.into_future()
    }

    #[inline]
    fn wait_first<Y, S, T>(self, _: Token<Y, S, T>) -> WaitAtHand<F::IntoFuture, false> {
        WaitAtHand(self.into_future())
    }

    #[inline]
    fn wait_at_hand(self, _: Slot) -> WaitAtHand<F::IntoFuture, false> {
        WaitAtHand(self.into_future())
    }

    #[inline]
    fn wait_in_cleanup(self, _: Slot) -> WaitInCleanup<F::IntoFuture> {
        WaitInCleanup(self.into_future())
    }

    #[inline]
    fn wait_in_region(self, _: Slot) -> WaitAtHand<F::IntoFuture, true> {
        WaitAtHand(self.into_future())
    }
}

impl<F: Never> Awaitable<AsNothing> for F {
    type Wait = Wait<F>;
    type WaitAtHand<const IN_REGION: bool> = WaitAtHand<F, IN_REGION>;
    type WaitInCleanup = WaitInCleanup<F>;
    type Bare = F;

    fn wait(self) -> Wait<F> {
        Wait(self)
    }

    fn bare(self) -> F {
        self
    }

    fn wait_first<Y, S, T>(self, _: Token<Y, S, T>) -> WaitAtHand<F, false> {
        WaitAtHand(self)
    }

    fn wait_at_hand(self, _: Slot) -> WaitAtHand<F, false> {
        WaitAtHand(self)
    }

    fn wait_in_cleanup(self, _: Slot) -> WaitInCleanup<F> {
        WaitInCleanup(self)
    }

    fn wait_in_region(self, _: Slot) -> WaitAtHand<F, true> {
        WaitAtHand(self)
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

/// Polls a future of the user with the consumer's own context, in a body that keeps its slot at hand.
#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited"]
pub struct WaitAtHand<F, const IN_REGION: bool>(F);

impl<F, const IN_REGION: bool> WaitAtHand<F, IN_REGION> {
    #[inline]
    fn future(self: Pin<&mut Self>) -> Pin<&mut F> {
        // SAFETY: the future is pinned with `self`: it is never moved and `Self` has no `Drop`.
        unsafe { self.map_unchecked_mut(|this| &mut this.0) }
    }
}

impl<F: Future, const IN_REGION: bool> WaitAtHand<F, IN_REGION> {
    #[inline]
    fn poll_onward(self: Pin<&mut Self>, slot: Slot) -> Poll<F::Output> {
        let polled = self.future().poll(slot.0.consumer());
        if polled.is_pending() {
            slot.0.wait_onward();
        }
        polled
    }
}

impl<F: Future> Future for WaitAtHand<F, false> {
    type Output = (F::Output, Slot);

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let slot = Slot::of(cx);
        self.poll_onward(slot).map(|output| (output, slot))
    }
}

impl<F: Future> Future for WaitAtHand<F, true> {
    type Output = (Option<F::Output>, Slot);

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let slot = Slot::of(cx);
        if slot.0.closing() {
            return Poll::Ready((None, slot));
        }
        self.poll_onward(slot).map(|output| (Some(output), slot))
    }
}

/// Polls a future of the user with the consumer's own context, in a cleanup of a body that keeps its slot at hand.
#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited"]
pub struct WaitInCleanup<F>(F);

impl<F: Future> Future for WaitInCleanup<F> {
    type Output = (F::Output, Slot);

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let slot = Slot::of(cx);
        // SAFETY: the future is pinned with `self`: it is never moved and `Self` has no `Drop`.
        let future = unsafe { self.map_unchecked_mut(|this| &mut this.0) };
        let polled = future.poll(slot.0.consumer());
        if polled.is_pending() {
            slot.0.wait();
        }
        polled.map(|output| (output, slot))
    }
}
