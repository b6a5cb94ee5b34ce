//! Regions: the code that a cleanup guards, and the ways out of it.

use core::{
    convert::Infallible,
    fmt,
    future::Future,
    mem::MaybeUninit,
    pin::Pin,
    sync::atomic::{AtomicBool, Ordering},
    task::{Context, Poll},
};

use crate::frame::Regions;

/// Where a region stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Entry {
    NotEntered,
    Open,
    /// Guards nothing: `close` goes past it.
    Transparent,
    /// The guarded code is gone.
    Ended,
}

/// The future of a guarded rest of a block.
///
/// Its output is what the guarded code left the region with, or `None` if the generator is being
/// closed and the guarded code was dropped where it stood.
#[must_use = "futures do nothing unless they are awaited"]
pub struct Region<F> {
    /// Initialized unless `entry` is `Ended`.
    guarded: MaybeUninit<F>,
    entry: Entry,
    /// While it is `Open`: how many regions are, up to this one.
    depth: u32,
}

/// Guards `guarded` with the cleanup that follows the await of this region, if there is one.
#[inline]
pub fn region<F: Future>(guards: bool, guarded: F) -> Region<F> {
    let entry = if guards { Entry::NotEntered } else { Entry::Transparent };
    Region { guarded: MaybeUninit::new(guarded), entry, depth: 0 }
}

impl<F> Region<F> {
    /// Drops the guarded code where it stands, if it is there.
    #[inline]
    fn end(&mut self) {
        if self.entry != Entry::Ended {
            // First, so that a destructor that panics does not run again.
            self.entry = Entry::Ended;
            // SAFETY: it was not `Ended`, so the code is there, and it is not looked at again.
            unsafe { self.guarded.assume_init_drop() };
        }
    }
}

impl<F: Future> Future for Region<F> {
    type Output = Option<F::Output>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<F::Output>> {
        let regions = Regions::of(cx);
        // SAFETY: nothing is moved out of the reference: `guarded` is pinned with `self`, and dropped
        // in place, also by `Drop`.
        let this = unsafe { self.get_unchecked_mut() };
        if this.entry != Entry::Open {
            match this.entry {
                Entry::NotEntered => {
                    this.depth = regions.depth() + 1;
                    regions.set_depth(this.depth);
                    this.entry = Entry::Open;
                }
                Entry::Ended => panic!("a region was polled after it ended"),
                Entry::Open | Entry::Transparent => {}
            }
        }
        // Asked in this order, and once: otherwise the compiler does not inline the guarded code.
        let closing = regions.closing() && this.entry == Entry::Open;
        if !(closing && regions.depth() == this.depth) {
            // SAFETY: it is not `Ended`.
            let code = unsafe { this.guarded.assume_init_mut() };
            // SAFETY: it is pinned with `self`, as said above.
            if let Poll::Ready(exit) = unsafe { Pin::new_unchecked(code) }.poll(cx) {
                this.end();
                return Poll::Ready(Some(exit));
            }
            if !(closing && regions.depth() == this.depth) {
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

/// The end of a cleanup: while the generator is being closed, the body goes no further.
#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited"]
pub struct Leave {
    guards: bool,
}

/// Leaves the region whose cleanup ran before this await.
#[inline]
pub fn leave(guards: bool) -> Leave {
    Leave { guards }
}

impl Future for Leave {
    type Output = ();

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if !self.guards {
            return Poll::Ready(());
        }
        let regions = Regions::of(cx);
        regions.set_depth(regions.depth() - 1);
        if regions.closing() { Poll::Pending } else { Poll::Ready(()) }
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
/// Never in an expansion: the region was left with a value, which is looked at first, or with this.
#[inline]
pub fn left<R>(exit: Option<R>) -> R {
    exit.expect("a region ended without a value and without an exit")
}
