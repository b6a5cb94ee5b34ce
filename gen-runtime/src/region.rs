//! Regions: the code that a cleanup guards, and the ways out of it.
//!
//! A region is code between [`enter`] and [`leave`], which asks after each of its awaits whether it is to be
//! left; or, where it may hold awaits and ways out that the macros cannot see, a [`region`] of its own.

use core::{
    convert::Infallible,
    fmt,
    future::Future,
    mem::MaybeUninit,
    pin::Pin,
    sync::atomic::{AtomicBool, Ordering},
    task::{Context, Poll},
};

use crate::{frame::FrameRef, leaf::Slot};

/// Enters a region, if there is a cleanup that guards it.
#[inline]
pub fn enter(Slot(frame): Slot, guards: bool) {
    if guards {
        frame.set_depth(frame.depth() + 1);
    }
}

/// Says whether the code of a region is to be left where it stands: the generator is being closed.
#[inline]
#[must_use]
pub fn leaving(Slot(frame): Slot) -> bool {
    frame.leaving()
}

/// Leaves a region whose cleanup has run. Says whether the generator is being closed, so that the body goes
/// no further than to its next cleanup.
#[inline]
#[must_use]
pub fn leave(Slot(frame): Slot) -> bool {
    frame.set_depth(frame.depth() - 1);
    frame.closing()
}

/// Leaves the region over a source that was let go of, if there is anything to let go of. Says the same.
#[inline]
#[must_use]
pub fn leave_source(Slot(frame): Slot, guards: bool) -> bool {
    if guards {
        frame.set_depth(frame.depth() - 1);
    }
    frame.left()
}

/// An await in a region: `None` if the generator is being closed, and what was awaited is dropped.
#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited"]
pub struct UnlessClosing<F>(F);

/// Awaits `leaf`, unless the region that this stands in is to be left.
#[inline]
pub fn unless_closing<F: Future>(leaf: F) -> UnlessClosing<F> {
    UnlessClosing(leaf)
}

impl<F: Future> Future for UnlessClosing<F> {
    type Output = Option<F::Output>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<F::Output>> {
        if FrameRef::of(cx).closing() {
            return Poll::Ready(None);
        }
        // SAFETY: the leaf is pinned with `self`: it is never moved and `Self` has no `Drop`.
        unsafe { self.map_unchecked_mut(|this| &mut this.0) }.poll(cx).map(Some)
    }
}

/// Where the code of a region stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Entry {
    NotEntered,
    Open,
    /// The code is gone.
    Ended,
}

/// The future of a region whose code is an async block of its own, as it may hold awaits and ways out
/// that the macros cannot see.
///
/// Its output is what the code left the region with, or `None` if the generator is being closed and the
/// code was dropped where it stood.
#[must_use = "futures do nothing unless they are awaited"]
pub struct Region<F> {
    /// Initialized unless `entry` is `Ended`.
    code: MaybeUninit<F>,
    entry: Entry,
    /// There is a cleanup that guards the code.
    guards: bool,
    /// While it is `Open`: how many regions are that guard something, up to this one.
    depth: u16,
}

/// Makes a region of `code`, with the cleanup that follows the await of it, if there is one.
#[inline]
pub fn region<F: Future>(guards: bool, code: F) -> Region<F> {
    Region { code: MaybeUninit::new(code), entry: Entry::NotEntered, guards, depth: 0 }
}

impl<F> Region<F> {
    /// Drops the code where it stands, if it is there.
    #[inline]
    fn end(&mut self) {
        if self.entry != Entry::Ended {
            // First, so that a destructor that panics does not run again.
            self.entry = Entry::Ended;
            // SAFETY: it was not `Ended`, so the code is there, and it is not looked at again.
            unsafe { self.code.assume_init_drop() };
        }
    }
}

impl<F: Future> Future for Region<F> {
    type Output = Option<F::Output>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<F::Output>> {
        let frame = FrameRef::of(cx);
        // SAFETY: nothing is moved out of the reference: `code` is pinned with `self`, and dropped in
        // place, also by `Drop`.
        let this = unsafe { self.get_unchecked_mut() };
        if this.entry != Entry::Open {
            assert!(this.entry == Entry::NotEntered, "a region was polled after it ended");
            this.depth = frame.depth() + u16::from(this.guards);
            frame.set_depth(this.depth);
            this.entry = Entry::Open;
        }
        // Asked once, and without branches of its own, for which the compiler would make two polls of the one
        // below: it inlines code that is polled in one place.
        let closing = frame.closing();
        if !(closing & (frame.depth() == this.depth)) {
            // SAFETY: it is not `Ended`.
            let code = unsafe { this.code.assume_init_mut() };
            // SAFETY: it is pinned with `self`, as said above.
            if let Poll::Ready(exit) = unsafe { Pin::new_unchecked(code) }.poll(cx) {
                this.end();
                return Poll::Ready(Some(exit));
            }
            if !(closing & (frame.depth() == this.depth)) {
                return Poll::Pending;
            }
        }
        this.end();
        Poll::Ready(None)
    }
}

impl<F> Drop for Region<F> {
    #[inline]
    fn drop(&mut self) {
        self.end();
    }
}

impl<F> fmt::Debug for Region<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Region").field("entry", &self.entry).finish_non_exhaustive()
    }
}

/// What a region without a frame, or one whose `return` type is unknown, ends with.
#[derive(Debug, Default)]
pub struct Finish(AtomicBool);

impl Finish {
    /// A region that is not finished.
    #[inline]
    #[must_use]
    pub const fn new() -> Self {
        Self(AtomicBool::new(false))
    }

    /// Ends the code that is [`until`] this: the await never returns.
    #[inline]
    pub fn now(&self) -> Finishing<'_> {
        Finishing(self)
    }
}

/// The await that ends guarded code without leaving it by `return`.
#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited"]
pub struct Finishing<'f>(&'f Finish);

impl Future for Finishing<'_> {
    type Output = Infallible;

    #[inline]
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Infallible> {
        self.0.0.store(true, Ordering::Relaxed);
        Poll::Pending
    }
}

/// The future of code that ends by `return`, or by [`Finish::now`] where it stands.
#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited"]
pub struct Until<'f, F> {
    finish: &'f Finish,
    code: Option<F>,
}

/// Runs `code` until it returns (`Some`) or finishes (`None`, its locals dropped).
#[inline]
pub fn until<F: Future>(finish: &Finish, code: F) -> Until<'_, F> {
    Until { finish, code: Some(code) }
}

impl<F: Future> Future for Until<'_, F> {
    type Output = Option<F::Output>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<F::Output>> {
        // SAFETY: nothing is moved out of the reference: `code` is pinned with `self`, dropped in
        // place, and `Until` has no `Drop`.
        let this = unsafe { self.get_unchecked_mut() };
        // SAFETY: as said above.
        let mut code = unsafe { Pin::new_unchecked(&mut this.code) };
        let running = code.as_mut().as_pin_mut().expect("guarded code was polled after it ended");
        let exit = match running.poll(cx) {
            Poll::Ready(exit) => Some(exit),
            Poll::Pending if this.finish.0.load(Ordering::Relaxed) => None,
            Poll::Pending => return Poll::Pending,
        };
        code.set(None);
        Poll::Ready(exit)
    }
}

/// What guarded code returned with, once its region was left by `return`, `?` or a jump.
///
/// # Panics
///
/// Never in an expansion: the region was left with a value, which is looked at first, or with this. It would end the
/// program.
#[inline]
pub fn left<R>(exit: Option<R>) -> R {
    match exit {
        Some(exit) => exit,
        None => no_exit(),
    }
}

/// Ends the program, with a message. It does not unwind: for that, a body would keep a register, in each poll.
#[cold]
#[inline(never)]
extern "C" fn no_exit() -> ! {
    panic!("a region ended without a value and without an exit")
}
