//! How a chain is closed and dropped: from its innermost generator on, and not from body to body, which may be more
//! than the stack has room for.
//!
//! The invariants are those of [`chain`](super::chain).

use core::{
    mem,
    task::{Context, Poll, ready},
};

use super::{
    block::{Allocation, Block, Whole},
    chain::Role,
};
use crate::protocol::End;

impl<Y, S: Default, T> Block<'_, Y, S, T> {
    /// The last turn of who takes from the generator: closes it, if that is for an owner to do.
    #[cold]
    #[inline(never)] // it would take registers from those that go on
    pub(super) fn poll_leaving(self, cx: &mut Context<'_>) -> Poll<Option<Y>> {
        if let Some(item) = ready!(self.poll_close_inner(cx)) {
            return Poll::Ready(Some(item));
        }
        // SAFETY: invariant 2.
        unsafe { self.end(cx, End::LetGo) }
    }

    /// Closes the generator.
    pub(super) fn poll_close(self, cx: &mut Context<'_>) -> Poll<()> {
        // No item comes out of a body that is being closed, unless a macro hid from us how that has left a region. It would
        // go on for ever.
        while ready!(self.poll_close_inner(cx)).is_some() {
            if let Some(inner) = self.inner() {
                // SAFETY: invariants 1 and 2.
                unsafe { inner.generator() }.abandon();
                self.leave();
            }
        }
        // SAFETY: invariant 2.
        if ready!(unsafe { self.end(cx, End::Closed) }).is_some() {
            // SAFETY: invariant 2.
            unsafe { self.generator() }.abandon();
        }
        Poll::Ready(())
    }

    /// Closes what a root is at, and then each one further out, as the bodies that delegate to them would.
    fn poll_close_inner(self, cx: &mut Context<'_>) -> Poll<Option<Y>> {
        while let Some(inner) = self.inner() {
            // SAFETY: the block's own.
            unsafe { self.head().as_mut() }.closing = true;
            let unwound = Unwound(self);
            // SAFETY: invariants 1 and 2.
            let polled = unsafe { inner.end(cx, End::LetGo) };
            mem::forget(unwound);
            if let Some(item) = ready!(polled) {
                return Poll::Ready(Some(item));
            }
            self.leave();
        }
        Poll::Ready(None)
    }
}

/// A root that polls another generator. If that is unwound, so is its own, as if it had been led through it.
pub(super) struct Unwound<'a, Y, S: Default, T>(pub(super) Block<'a, Y, S, T>);

impl<Y, S: Default, T> Drop for Unwound<'_, Y, S, T> {
    fn drop(&mut self) {
        self.0.drop_inner();
        self.0.go_to(self.0);
        // SAFETY: invariant 2.
        unsafe { self.0.generator() }.abandon();
    }
}

/// What a root is at, to be dropped when one of them was unwound while it was.
struct Inner<'a, Y, S, T>(Block<'a, Y, S, T>);

impl<Y, S, T> Drop for Inner<'_, Y, S, T> {
    fn drop(&mut self) {
        self.0.drop_inner();
    }
}

impl<Y, S, T> Block<'_, Y, S, T> {
    /// Drops the generator, and frees the block.
    ///
    /// # Safety
    ///
    /// - The block is not used any more.
    #[inline(never)] // a body that takes from it is to stay small
    pub(super) unsafe fn free(self) {
        if self.is_linked() {
            return self.free_linked();
        }
        drop(Whole(self));
    }

    #[inline(never)] // few are
    fn free_linked(self) {
        // SAFETY: the block's own.
        if unsafe { self.head().as_ref() }.role == Role::Gone {
            drop(Allocation(self));
            return;
        }
        let _whole = Whole(self);
        let rest = Inner(self);
        self.drop_inner();
        mem::forget(rest);
    }

    /// Drops what a root is at, and then each one further out, before the bodies that have their boxes.
    fn drop_inner(self) {
        while let Some(inner) = self.inner() {
            // SAFETY: the block's own.
            unsafe { self.head().as_mut() }.other = inner.other().head();
            // SAFETY: the block's own. First, so that a destructor that panics does not run again.
            unsafe { inner.head().as_mut() }.role = Role::Gone;
            // SAFETY: invariants 1 and 2; `free_linked` looks whether it is gone.
            unsafe { inner.drop_generator() };
        }
    }

    /// What a root is at.
    fn inner(self) -> Option<Self> {
        // SAFETY: the block's own.
        let role = unsafe { self.head().as_ref() }.role;
        (self.is_linked() && role == Role::Owned).then(|| self.other())
    }
}
