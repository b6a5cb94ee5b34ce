//! The state that the compiler notes of a body, told to its optimizer.
//!
//! A poll of a body begins with a jump to where it stands. The optimizer leaves out of it what cannot come: if the body
//! is known to be suspended, its start and its ends; of a small body, the jump. The number of a state is the
//! `discriminant` of the body, about which the language promises nothing, so nothing is taken for granted here: the
//! number is looked at whenever the body is suspended, and what was seen then is what the next poll assumes. Nobody
//! but a poll changes it. To look costs nothing: the compiler has just stored the number that it is to compare.

use core::{
    future::Future,
    hint::assert_unchecked,
    mem::{Discriminant, discriminant},
    pin::Pin,
    ptr,
    task::{Context, Poll},
};

/// Whether states are looked at. A debug build has no optimizer to tell, and for Miri a reference to a body ends those
/// that this has to its own locals (<https://github.com/rust-lang/rust/issues/137750>). Who has a compiler that is not
/// understood can turn it off.
pub(crate) const LOOKS: bool = !cfg!(any(debug_assertions, miri, gen_runtime_looks_at_no_state));

/// The number of a state, or that there is none: of what is no state machine, or is not looked at.
#[derive(Debug)]
#[repr(C, align(8))]
pub(crate) struct State {
    number: u32,
    /// There is place for the discriminant of any type.
    _place: u32,
    /// The position says that the body was suspended in its last poll.
    pub(crate) resumes: bool,
    /// The position says that the body was not polled before. Here, and not in what the poller is told: there, the
    /// compiler would keep it at hand with that.
    pub(crate) is_new: bool,
}

/// Of a body at its first await, which is never pending. Higher ones are of bodies that are suspended behind it, lower
/// ones of those that were not polled, which is 0, that have ended, or were unwound.
const FIRST: u32 = 3;
/// No state machine has as many.
const NONE: u32 = u32::MAX >> 9;

impl State {
    /// None, of a body of which the position is known.
    #[inline]
    pub(crate) fn none(resumes: bool) -> Self {
        Self { number: u32::MAX, _place: u32::MAX, resumes, is_new: false }
    }

    /// Looks at a body.
    ///
    /// One that was dropped where it is still has its bits, as [`ManuallyDrop::drop`](core::mem::ManuallyDrop::drop)
    /// says, and is not used but for the number in them.
    #[inline]
    pub(crate) fn look<F>(&mut self, body: &F) {
        const { assert!(size_of::<Discriminant<F>>() <= size_of::<[u32; 2]>()) };
        // SAFETY: it is no larger, as said above, and no type of its size is aligned higher. Any bytes are numbers.
        // What is no state machine has one of a byte, which leaves a number above `NONE`.
        unsafe { ptr::from_mut(self).cast::<Discriminant<F>>().write(discriminant::<F>(body)) };
    }

    /// Sees to it that a body was not polled.
    #[inline]
    pub(crate) fn check_new(&self) {
        if self.number.wrapping_sub(1) < NONE {
            not_understood();
        }
    }

    /// Sees to it that a body is suspended, if it did not return.
    #[inline]
    pub(crate) fn check_left(&self, returned: Poll<()>) {
        if returned.is_pending() && self.number <= FIRST {
            not_understood();
        }
    }

    /// # Safety
    ///
    /// - [`check_left`](Self::check_left) has seen to it in the last poll of the body.
    #[inline]
    pub(crate) unsafe fn assume_suspended(&self) {
        // SAFETY: what the caller promises.
        unsafe { assert_unchecked(self.number > FIRST) };
    }
}

/// Polls a body inside of what is no state machine, as `Generator::poll_body` does another.
#[inline]
pub(crate) fn poll_seen<F: Future>(
    mut body: Pin<&mut F>,
    begins: bool,
    cx: &mut Context<'_>,
) -> Poll<F::Output> {
    let mut state = State::none(false);
    if LOOKS {
        state.look(&*body);
        if begins {
            state.check_new();
        } else {
            // SAFETY: a generator polls it again if it was pending, which has been seen to below.
            unsafe { state.assume_suspended() };
        }
    }
    let polled = body.as_mut().poll(cx);
    if LOOKS && polled.is_pending() {
        state.look(&*body);
        state.check_left(Poll::Pending);
    }
    polled
}

/// Ends the program, with a message. It does not unwind, so nobody has to clean up who may call it.
#[cold]
#[inline(never)]
extern "C" fn not_understood() -> ! {
    panic!(
        "gen-runtime does not know how this compiler numbers the states of an async block: please report it, and build \
         with RUSTFLAGS=\"--cfg gen_runtime_looks_at_no_state\""
    );
}

#[cfg(test)]
mod tests {
    use core::{
        future::{Future, poll_fn},
        mem::ManuallyDrop,
        pin::pin,
        task::{Context, Poll, Waker},
    };

    use super::State;

    /// The number of a body in its first poll and behind each of the next: this one is suspended at each await but the
    /// first.
    #[test]
    fn states_are_numbered_in_the_order_of_the_awaits() {
        let mut polls = 0;
        let once_more = |last: &mut u32| {
            *last += 1;
            if *last % 2 == 0 { Poll::Ready(()) } else { Poll::Pending }
        };
        let mut body = pin!(ManuallyDrop::new(async move {
            core::future::ready(()).await;
            poll_fn(|_| once_more(&mut polls)).await;
            poll_fn(|_| once_more(&mut polls)).await;
        }));
        let mut numbers = [0; 4];
        for number in &mut numbers {
            let mut state = State::none(false);
            state.look(&**body);
            *number = state.number;
            // SAFETY: it is pinned, and is not dropped.
            let _ = unsafe { body.as_mut().map_unchecked_mut(|body| &mut **body) }
                .poll(&mut Context::from_waker(Waker::noop()));
            if *number == 5 {
                break;
            }
        }
        assert_eq!(numbers, [0, 4, 5, 0]);
    }

    #[test]
    fn what_is_no_state_machine_has_no_number() {
        let mut state = State::none(false);
        state.look(&(1, "two"));
        state.check_new();
        state.check_left(Poll::Pending);
    }
}
