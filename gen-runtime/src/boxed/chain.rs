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

use super::{
    block::{Block, HeadPointer, Methods, PollFn},
    ending::Unwound,
};
use crate::{
    protocol::{GeneratorState, Signal},
    shortcut::Shortcut,
};

/// Who polls a boxed generator.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Its owner.
    Owned,
    /// Its root. Its owner delegates to it, and is led here again when it has ended.
    Delegated,
    /// Nobody: it was one that is `Delegated`, and was dropped. Its block is still there.
    Gone,
}

/// What a boxed generator has before it.
pub(crate) struct Head<Y, S, T> {
    /// What a poll of the box does.
    poll: PollFn<Y, S, T>,
    pub(super) methods: NonNull<Methods<Y, S, T>>,
    /// Of one that a root is at, that; of one that is at no other, itself.
    pub(super) root: NonNull<Self>,
    /// Of a root, the generator that it is at; of one that is delegated to by shortcut, the next one out; of any other,
    /// itself.
    pub(super) other: NonNull<Self>,
    pub(super) role: Role,
    /// Whether an owner that lets go of it closes it.
    owner: bool,
    /// It is a root that is being closed, and so is what it is at.
    pub(super) closing: bool,
    /// How many more turns of a delegation to it ask for no shortcut, which costs more than it saves to one that is
    /// soon over.
    direct: u8,
}

impl<Y, S, T> Head<Y, S, T> {
    /// That of a generator for which this one is made.
    #[inline]
    pub(super) fn new(
        itself: NonNull<Self>,
        methods: NonNull<Methods<Y, S, T>>,
        owner: bool,
    ) -> Self {
        Self {
            // SAFETY: they are a constant.
            poll: unsafe { methods.as_ref() }.poll,
            methods,
            root: itself,
            other: itself,
            role: Role::Owned,
            owner,
            closing: false,
            direct: 2,
        }
    }
}

// Called by who owns the box, and by the root that polls it in its owner's place.
impl<Y, S: Default, T> Block<'_, Y, S, T> {
    /// The next item of the generator, or of what it is at.
    #[inline]
    pub(super) fn poll(
        self,
        cx: &mut Context<'_>,
        signal: Option<&mut Option<Signal<S, T>>>,
    ) -> Poll<Option<Y>> {
        // SAFETY: the block's own.
        let poll = unsafe { self.head().as_ref() }.poll;
        // SAFETY: invariant 2.
        unsafe { poll(self.head(), cx, signal) }
    }

    /// What a poll of a root does: the next item of the generator that it is at; if that has ended, of who delegated to
    /// it.
    unsafe fn poll_through(
        root: HeadPointer<Y, S, T>,
        cx: &mut Context<'_>,
        signal: Option<&mut Option<Signal<S, T>>>,
    ) -> Poll<Option<Y>> {
        let root = Block::of(root);
        if signal.is_some() && !root.leave_ended() {
            return root.poll(cx, signal);
        }
        let polled = root.poll_at(root.other(), cx, signal);
        if let Poll::Ready(None) = polled {
            return root.poll_outer(cx);
        }
        polled
    }

    /// Leaves those that have ended with their last item: they take no signal, so it is for who delegated to them. Says
    /// whether the root is at another one still.
    #[inline(never)] // few are sent to
    fn leave_ended(self) -> bool {
        loop {
            // SAFETY: invariants 1 and 2.
            if unsafe { self.other().shared() }.state() != GeneratorState::Closed {
                return true;
            }
            if !self.leave() {
                return false;
            }
        }
    }

    /// The next item when the generator that this is at has ended.
    #[inline(never)] // no item comes this way but the first
    fn poll_outer(self, cx: &mut Context<'_>) -> Poll<Option<Y>> {
        // SAFETY: the block's own.
        if unsafe { self.head().as_ref() }.closing {
            return self.poll_leaving(cx);
        }
        while self.leave() {
            let polled = self.poll_at(self.other(), cx, None);
            if !matches!(polled, Poll::Ready(None)) {
                return polled;
            }
        }
        self.poll(cx, None)
    }

    /// Polls the generator that this is at.
    #[inline]
    fn poll_at(
        self,
        inner: Self,
        cx: &mut Context<'_>,
        signal: Option<&mut Option<Signal<S, T>>>,
    ) -> Poll<Option<Y>> {
        let unwound = Unwound(self);
        let polled = inner.poll(cx, signal);
        mem::forget(unwound);
        polled
    }

    /// The turn of a delegation in a body that is polled with this shortcut.
    #[inline]
    pub(super) fn poll_delegate(
        self,
        cx: &mut Context<'_>,
        signal: Option<&mut Option<Signal<S, T>>>,
        shortcut: Shortcut<Y, S, T>,
    ) -> Poll<Option<Y>> {
        if let Some(root) = shortcut.root {
            // SAFETY: the block's own.
            let head = unsafe { self.head().as_mut() };
            let (left, none) = head.direct.overflowing_sub(1);
            head.direct = left;
            if none {
                head.direct = 0;
                return self.poll_rooted(cx, signal, root);
            }
        }
        self.poll(cx, signal)
    }

    /// A turn that asks for the shortcut. If it gives an item, the root is at this one from then on: whoever delegates
    /// to it stands at a yield then, as it should when a signal is left over for it.
    #[inline(never)] // a body that takes from it is to stay small
    fn poll_rooted(
        self,
        cx: &mut Context<'_>,
        signal: Option<&mut Option<Signal<S, T>>>,
        root: HeadPointer<Y, S, T>,
    ) -> Poll<Option<Y>> {
        // SAFETY: the block's own.
        if unsafe { self.head().as_ref() }.role == Role::Delegated {
            // The root has polled it, until it ended.
            return Poll::Ready(None);
        }
        if self.is_linked() {
            let polled = self.poll(cx, signal);
            // SAFETY: the block's own.
            let closing = unsafe { self.head().as_ref() }.closing;
            if matches!(polled, Poll::Ready(Some(_))) && self.is_linked() && !closing {
                self.join(Block::of(root));
            }
            return polled;
        }
        let begun = Begun::new(self, Block::of(root));
        let polled = self.poll(cx, signal);
        if let Poll::Ready(Some(_)) = polled {
            mem::forget(begun);
        }
        polled
    }

    /// A root is one no more: another one is at what it was at, and comes to it when that has ended.
    fn join(self, root: Self) {
        let inner = self.other();
        self.go_to(self);
        // SAFETY: the block's own.
        let head = unsafe { self.head().as_mut() };
        (head.other, head.role) = (root.other().head(), Role::Delegated);
        root.go_to(inner);
    }

    /// Where the generator stands, or what it is at.
    pub(super) fn state(self) -> GeneratorState {
        // SAFETY: invariants 1 and 2.
        match unsafe { self.other().shared() }.state() {
            // It has ended with its last item, and that is where the one that delegates to it stands.
            GeneratorState::Closed if self.is_linked() => GeneratorState::Suspended,
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

impl<Y, S, T> Block<'_, Y, S, T> {
    /// Of a root, what it is at; of one that is delegated to by shortcut, the next one out; of any other, itself.
    #[inline]
    pub(super) fn other(self) -> Self {
        // SAFETY: the block's own.
        Self::of(unsafe { self.head().as_ref() }.other)
    }

    /// Whether it is a root, or is delegated to by shortcut.
    #[inline]
    pub(super) fn is_linked(self) -> bool {
        self.other().head() != self.head()
    }
}

impl<Y, S: Default, T> Block<'_, Y, S, T> {
    /// Has a root be at this generator, or at none but itself.
    #[inline]
    pub(super) fn go_to(self, inner: Self) {
        let poll =
            if inner.head() == self.head() { self.methods().poll } else { Self::poll_through };
        // SAFETY: the block's own.
        unsafe { inner.head().as_mut() }.root = self.head();
        // SAFETY: the block's own.
        let head = unsafe { self.head().as_mut() };
        (head.other, head.poll) = (inner.head(), poll);
    }

    /// Has a root leave the generator that it is at for the next one out, and says whether that is another than itself.
    #[inline]
    pub(super) fn leave(self) -> bool {
        self.go_to(self.other().other());
        self.is_linked()
    }
}

/// A delegation that goes through a root: undone when it is dropped, also by a body that unwinds.
struct Begun<'a, Y, S: Default, T> {
    inner: Block<'a, Y, S, T>,
    root: Block<'a, Y, S, T>,
}

impl<'a, Y, S: Default, T> Begun<'a, Y, S, T> {
    #[inline]
    fn new(inner: Block<'a, Y, S, T>, root: Block<'a, Y, S, T>) -> Self {
        // SAFETY: the block's own.
        let head = unsafe { inner.head().as_mut() };
        (head.other, head.role) = (root.other().head(), Role::Delegated);
        root.go_to(inner);
        Self { inner, root }
    }
}

impl<Y, S: Default, T> Drop for Begun<'_, Y, S, T> {
    fn drop(&mut self) {
        self.root.go_to(self.inner.other());
        let itself = self.inner.head();
        // SAFETY: the block's own.
        let head = unsafe { self.inner.head().as_mut() };
        (head.other, head.root, head.role) = (itself, itself, Role::Owned);
    }
}
