//! The shortcut through delegations: an item costs the same from however deep it comes.
//!
//! While a boxed generator delegates to a boxed one, it only hands items out and signals in. So whoever polls the
//! outermost one, the root, is not led through the bodies in between: the root is at the innermost one, and polls
//! that; when it has ended, the root is at the one that delegated to it.
//!
//! # Invariants
//!
//! 1. The generator that a root is at, and each one further out from there, is owned by a body that stands at the
//!    delegation to it: that of the next one out, or of the root. So its block is there.
//! 2. Those bodies are polled and dropped by their root alone: its own when it is at no other generator, another
//!    one's when it is at that, and has left all that are further in.
//! 3. A [`Shortcut`] is the head of the root that polls now. It is for the generator that the root is at, and for what
//!    the body of that delegates to.

use core::{
    mem,
    ptr::NonNull,
    task::{Context, Poll},
};

use super::{block::Block, ending::Unwound};
use crate::{
    protocol::{AsyncGenerator, GeneratorState, Signal},
    shortcut::Shortcut,
};

/// What a boxed generator has before it.
pub(crate) struct Head<Y, S, T> {
    /// Of a root: the generator that it is at, if that is another. Of one that is delegated to by shortcut: the next
    /// one out, if that is not the root.
    pub(super) other: Option<Block<'static, Y, S, T>>,
    /// Its owner delegates to it, but its root polls it. The owner is led here again when it has ended.
    pub(super) delegated: bool,
    /// Whether an owner that lets go of it closes it.
    owner: bool,
    /// It is a root that is being closed, and so is what it is at.
    pub(super) closing: bool,
    /// How many more turns of a delegation to it ask for no shortcut, which costs more than it saves to one that is
    /// soon over. None if it is at another.
    direct: u8,
    offset: u32,
}

impl<Y, S, T> Head<Y, S, T> {
    /// That of a generator which is this far from the start of its block.
    #[inline]
    pub(super) fn new(generator: &impl AsyncGenerator, offset: usize) -> Self {
        let Ok(offset) = offset.try_into() else { unreachable!("the compiler aligns nothing so") };
        let owner = generator.is_owner();
        Self { other: None, delegated: false, owner, closing: false, direct: 2, offset }
    }

    /// How far the generator is from the start of its block.
    #[inline]
    pub(super) fn offset(&self) -> usize {
        self.offset as usize
    }
}

// Called by who owns the box, and by the root that polls it in its owner's place.
impl<Y, S: Default, T> Block<'_, Y, S, T> {
    /// The next item of the generator, or of what it is at.
    #[inline]
    pub(super) fn poll(
        &mut self,
        cx: &mut Context<'_>,
        signal: Option<&mut Option<Signal<S, T>>>,
    ) -> Poll<Option<Y>> {
        if self.other().is_some() {
            return self.poll_through(cx, signal);
        }
        self.poll_here(cx, signal)
    }

    #[inline]
    fn poll_here(
        &mut self,
        cx: &mut Context<'_>,
        signal: Option<&mut Option<Signal<S, T>>>,
    ) -> Poll<Option<Y>> {
        let shortcut = Shortcut::of(self.head());
        // SAFETY: invariant 2.
        unsafe { self.generator() }.poll_advance(cx, signal, shortcut)
    }

    /// The next item of the generator that this is at; if that has ended, of who delegated to it.
    #[inline(never)] // a body that takes from it is to stay small
    fn poll_through(
        &mut self,
        cx: &mut Context<'_>,
        signal: Option<&mut Option<Signal<S, T>>>,
    ) -> Poll<Option<Y>> {
        if signal.is_some() {
            self.leave_ended();
        }
        let Some(inner) = self.other() else { return self.poll_here(cx, signal) };
        let polled = self.poll_at(inner, cx, signal);
        if let Poll::Ready(None) = polled {
            return self.poll_outer(cx);
        }
        polled
    }

    /// Leaves those that have ended with their last item: they take no signal, so it is for who delegated to them.
    #[inline(never)] // few are sent to
    fn leave_ended(&mut self) {
        let mut at = self.other();
        // SAFETY: invariants 1 and 2.
        while at.is_some_and(|inner| unsafe { inner.shared() }.state() == GeneratorState::Closed) {
            at = self.leave();
        }
    }

    /// The next item when the generator that this is at has ended.
    #[inline(never)] // no item comes this way but the first
    fn poll_outer(&mut self, cx: &mut Context<'_>) -> Poll<Option<Y>> {
        // SAFETY: the block's own.
        if unsafe { self.head().as_ref() }.closing {
            return self.poll_leaving(cx);
        }
        while let Some(outer) = self.leave() {
            let polled = self.poll_at(outer, cx, None);
            if !matches!(polled, Poll::Ready(None)) {
                return polled;
            }
        }
        self.poll_here(cx, None)
    }

    /// Polls the generator that this is at.
    #[inline]
    fn poll_at(
        &mut self,
        inner: Block<'static, Y, S, T>,
        cx: &mut Context<'_>,
        signal: Option<&mut Option<Signal<S, T>>>,
    ) -> Poll<Option<Y>> {
        let shortcut = Shortcut::of(self.head());
        let unwound = Unwound(self);
        // SAFETY: invariants 1 and 2.
        let polled = unsafe { inner.generator() }.poll_advance(cx, signal, shortcut);
        mem::forget(unwound);
        polled
    }

    /// The turn of a delegation in a body that is polled with this shortcut.
    #[inline]
    pub(super) fn poll_delegate(
        &mut self,
        cx: &mut Context<'_>,
        signal: Option<&mut Option<Signal<S, T>>>,
        shortcut: Shortcut<Y, S, T>,
    ) -> Poll<Option<Y>> {
        // SAFETY: the block's own.
        let head = unsafe { self.head().as_mut() };
        if let Some(root) = shortcut.root {
            let (left, none) = head.direct.overflowing_sub(1);
            head.direct = left;
            if none {
                head.direct = 0;
                return self.poll_rooted(cx, signal, Some(root));
            }
        } else if head.other.is_some() {
            return self.poll_rooted(cx, signal, None);
        }
        self.poll_here(cx, signal)
    }

    /// A turn that asks for the shortcut. If it gives an item, the root is at this one from then on: whoever delegates
    /// to it stands at a yield then, as it should when a signal is left over for it.
    #[inline(never)] // a body that takes from it is to stay small
    fn poll_rooted(
        mut self,
        cx: &mut Context<'_>,
        signal: Option<&mut Option<Signal<S, T>>>,
        root: Option<NonNull<Head<Y, S, T>>>,
    ) -> Poll<Option<Y>> {
        // SAFETY: the block's own.
        let root = match unsafe { self.head().as_ref() } {
            // The root has polled it, until it ended.
            Head { delegated: true, .. } => return Poll::Ready(None),
            Head { other: Some(_), .. } => return self.poll_through(cx, signal),
            Head { delegated: false, other: None, .. } => root,
        };
        let Some(root) = root else { return self.poll_here(cx, signal) };
        let begun = Begun::new(self.forget_lifetime(), root);
        // SAFETY: invariant 2: the root is at this one.
        let polled = unsafe { self.generator() }.poll_advance(cx, signal, Shortcut::of(root));
        if let Poll::Ready(Some(_)) = polled {
            mem::forget(begun);
        }
        polled
    }

    /// Where the generator stands, or what it is at.
    pub(super) fn state(self) -> GeneratorState {
        let Some(inner) = self.other() else {
            // SAFETY: invariant 2.
            return unsafe { self.shared() }.state();
        };
        // SAFETY: invariants 1 and 2.
        match unsafe { inner.shared() }.state() {
            // It has ended with its last item, and that is where the one that delegates to it stands.
            GeneratorState::Closed => GeneratorState::Suspended,
            state => state,
        }
    }

    /// Whether there are cleanups to run.
    pub(super) fn has_pending_cleanup(self) -> bool {
        // SAFETY: nothing is polled, and the bodies that this is led past are in no reference.
        unsafe { self.shared() }.has_pending_cleanup()
    }

    /// Whether an owner that lets go of it closes it.
    #[inline]
    pub(super) fn is_owner(self) -> bool {
        // SAFETY: the block's own.
        unsafe { self.head().as_ref() }.owner
    }
}

/// A delegation that goes through a root: undone when it is dropped, also by a body that unwinds.
struct Begun<Y, S, T> {
    inner: NonNull<Head<Y, S, T>>,
    root: NonNull<Head<Y, S, T>>,
}

impl<Y, S, T> Begun<Y, S, T> {
    #[inline]
    fn new(inner: Block<'static, Y, S, T>, mut root: NonNull<Head<Y, S, T>>) -> Self {
        // SAFETY: invariant 3.
        let root_head = unsafe { root.as_mut() };
        root_head.direct = 0;
        let outer = root_head.other.replace(inner);
        let mut inner = inner.head();
        // SAFETY: the block's own, and not the root's.
        let head = unsafe { inner.as_mut() };
        (head.other, head.delegated) = (outer, true);
        Self { inner, root }
    }
}

impl<Y, S, T> Drop for Begun<Y, S, T> {
    fn drop(&mut self) {
        // SAFETY: the block's own.
        let head = unsafe { self.inner.as_mut() };
        head.delegated = false;
        // SAFETY: invariant 3, and not the same one.
        unsafe { self.root.as_mut() }.other = head.other.take();
    }
}

impl<Y, S, T> Block<'_, Y, S, T> {
    #[inline]
    pub(super) fn other(self) -> Option<Block<'static, Y, S, T>> {
        // SAFETY: the block's own.
        unsafe { self.head().as_ref() }.other
    }

    /// What a root is at.
    #[inline]
    pub(super) fn inner(self) -> Option<Block<'static, Y, S, T>> {
        // SAFETY: the block's own.
        let head = unsafe { self.head().as_ref() };
        if head.delegated { None } else { head.other }
    }

    /// Leaves the generator that this is at, and is at the next one out from here on, if that is not the root.
    #[inline]
    pub(super) fn leave(self) -> Option<Block<'static, Y, S, T>> {
        let outer = self.other()?.other();
        // SAFETY: the block's own.
        unsafe { self.head().as_mut() }.other = outer;
        outer
    }
}
