//! Where a body stands.

use core::task::Poll;

use crate::{frame::Given, protocol::GeneratorState, state::State};

/// Where a body stands. A number, as an enum is more lines to compare for the compiler, in each `Drop`.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stage(u8);

impl Stage {
    const AWAITING: Self = Self(0);
    const SUSPENDED: Self = Self(1);
    /// While one at `LEAVING` is polled.
    const POLLED_LEAVING: Self = Self(2);
    /// While one at `CLOSING` is polled.
    const POLLED_CLOSING: Self = Self(3);
    const CREATED: Self = Self(4);
    /// It awaits, and the loop that it stands in lets go of its source.
    const LEAVING: Self = Self(5);
    /// It awaits, and the generator is being closed.
    const CLOSING: Self = Self(6);
}

/// Where a body goes in a poll. It agrees with its stage.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Course {
    Onward,
    /// The loop that it stands in lets go of its source, and the body goes on behind it.
    Leaving,
    /// The generator is being closed; nothing but closing happens from here on, and no item comes out.
    Closing,
}

/// How a poll ends.
#[derive(Clone, Copy)]
pub(crate) enum Settled {
    Pending,
    Item,
    /// There is no item, and the body has returned.
    Ended,
    /// There is no item, and the body is to be dropped.
    Parked,
}

/// What a generator holds beside its body.
pub(crate) struct Position {
    /// 1 if the body was entered and goes on when it is resumed; else 0. A number, which a poll decrements and compares
    /// in one instruction. Apart from `stage`: stores to one place, which differ by the way that the body takes, would
    /// be merged behind it, and cost a jump.
    ///
    /// | `resumable` | `stage` | the body |
    /// |---|---|---|
    /// | 0 | `CREATED` | was not polled |
    /// | 1 | `SUSPENDED`, `AWAITING` | stands at a yield, or at an await |
    /// | 0 | `LEAVING`, `CLOSING` | stands at an await, off its course |
    /// | 0 | any other | is polled by anyone; or was unwound, has ended, or is dropped |
    /// | 1 | as when it stood, or `POLLED_..` | is polled by its owner, or was unwound then |
    resumable: u8,
    stage: Stage,
    /// The body has ended with an item, polled by anyone.
    ended: bool,
    /// Open regions of the body.
    pub(crate) depth: u16,
}

impl Position {
    /// That of a body that was not entered.
    pub(crate) const NEW: Self =
        Self { resumable: 0, stage: Stage::CREATED, ended: false, depth: 0 };

    /// Says that there is no body any more, and whether there was one, which is to be dropped: said first, so
    /// that a destructor that panics does not run again.
    #[inline]
    pub(crate) fn close(&mut self) -> bool {
        let was_there = self.is_there();
        (self.resumable, self.stage) = (0, Stage::SUSPENDED);
        was_there
    }

    /// How many items there are to come, as far as that is known.
    #[inline(never)] // compiled once, and not for each generator
    pub(crate) fn size_hint(&self) -> (usize, Option<usize>) {
        (0, self.is_closed().then_some(0))
    }

    /// Begins to close a body that has cleanups to run.
    pub(crate) fn begin_to_close(&mut self) {
        (self.resumable, self.stage) = (0, Stage::CLOSING);
    }

    /// Has the loop that the body stands in, which went on so far, let go of its source.
    #[inline]
    pub(crate) fn leave(&mut self) {
        self.stage = Stage::POLLED_LEAVING;
    }

    /// Says that the body goes on again, unless the generator is being closed, and whether it is.
    #[inline]
    pub(crate) fn left(&mut self) -> bool {
        let closes = self.closes();
        if !closes {
            self.stage = Stage::AWAITING;
        }
        closes
    }

    fn closes(&self) -> bool {
        self.stage == Stage::POLLED_CLOSING
    }

    pub(crate) fn state(&self) -> GeneratorState {
        match (self.resumable, self.stage) {
            (1, Stage::SUSPENDED) => GeneratorState::Suspended,
            (1, _) | (_, Stage::LEAVING | Stage::CLOSING) => GeneratorState::Awaiting,
            (_, Stage::CREATED) => GeneratorState::Created,
            _ => GeneratorState::Closed,
        }
    }

    #[inline]
    pub(crate) fn is_suspended(&self) -> bool {
        self.resumable == 1 && self.stage == Stage::SUSPENDED
    }

    /// Says whether there is a body that can be polled, or dropped.
    #[allow(clippy::needless_bitwise_bool)] // two branches would be more for the compiler to look at, in each `Drop`
    #[inline]
    pub(crate) fn is_there(&self) -> bool {
        (self.resumable != 0) | (self.stage.0 >= Stage::CREATED.0)
    }

    #[inline]
    pub(crate) fn is_closed(&self) -> bool {
        !self.is_there()
    }

    /// Begins a poll, if the body is there, and says where that goes. While it is polled, it is `marked`.
    #[inline]
    fn enter(&mut self, state: &mut State, marked: u8) -> Option<Course> {
        let course = if state.resumes {
            Course::Onward
        } else {
            self.resumable = 0;
            match self.stage {
                Stage::CREATED => return Some(self.begin(state, marked)),
                Stage::LEAVING => self.go_on(Stage::POLLED_LEAVING, Course::Leaving, marked),
                Stage::CLOSING => self.go_on(Stage::POLLED_CLOSING, Course::Closing, marked),
                _ => return None,
            }
        };
        // SAFETY: it was suspended in its last poll, and `settle` has seen to that. For an owner, none was unwound since.
        unsafe { state.assume_suspended() };
        Some(course)
    }

    // Both cold, for the compiler to lay a loop over the items out for bodies that go on.

    #[cold]
    #[inline]
    fn begin(&mut self, state: &mut State, marked: u8) -> Course {
        state.check_new();
        state.is_new = true;
        (self.resumable, self.stage) = (marked, Stage::AWAITING);
        Course::Onward
    }

    #[cold]
    #[inline]
    fn go_on(&mut self, stage: Stage, course: Course, marked: u8) -> Course {
        (self.resumable, self.stage) = (marked, stage);
        course
    }

    /// Notes that a body awaits that may not have just gone on.
    #[inline]
    fn suspend(&mut self) {
        (self.resumable, self.stage) = match self.stage {
            Stage::POLLED_LEAVING => (0, Stage::LEAVING),
            Stage::POLLED_CLOSING => (0, Stage::CLOSING),
            _ => (1, Stage::AWAITING),
        };
    }
}

/// Who polls a body. A trait, and not a flag: what a flag rules out would still be copied for each body.
pub(crate) trait Poller {
    /// Marks the body, if its poller does, and says whether it goes on when it is resumed; its state is not looked at
    /// yet.
    fn mark(position: &mut Position) -> State;

    /// Begins the poll of a body that is marked, if it is there, and says where that goes.
    fn enter(position: &mut Position, state: &mut State) -> Option<Course>;

    /// Says whether the body that is polled was suspended at a yield point, where it takes a signal.
    fn takes(position: &Position) -> bool;

    /// Ends a poll that returned, and gave this. One that returned holds nothing; any other is suspended, which is seen
    /// to, and which the next poll assumes.
    fn settle(position: &mut Position, state: &State, returned: Poll<()>, given: Given) -> Settled;
}

/// Somebody who has to ask where the body stands.
pub(crate) struct Anyone;

impl Poller for Anyone {
    /// The body is marked as one that is closed until the poll ends, for it may be unwound. A guard would cost small
    /// bodies more: a register to save, to copy and to restore.
    #[inline]
    fn mark(position: &mut Position) -> State {
        let left = position.resumable.wrapping_sub(1);
        position.resumable = left;
        State::none(left == 0)
    }

    #[inline]
    fn enter(position: &mut Position, state: &mut State) -> Option<Course> {
        position.enter(state, 0)
    }

    #[inline]
    fn takes(position: &Position) -> bool {
        position.stage == Stage::SUSPENDED
    }

    #[inline]
    fn settle(position: &mut Position, state: &State, returned: Poll<()>, given: Given) -> Settled {
        state.check_left(returned);
        // Both fields are written, whatever they were: the compiler then knows with what a loop over the items goes on,
        // and takes the first poll out of the loop.
        match (returned, given) {
            (Poll::Pending, Given::Item) => {
                (position.resumable, position.stage) = (1, Stage::SUSPENDED);
                Settled::Item
            }
            (Poll::Pending, Given::Onward) => {
                (position.resumable, position.stage) = (1, Stage::AWAITING);
                Settled::Pending
            }
            (Poll::Pending, Given::Nothing | Given::Pending) => {
                position.suspend();
                Settled::Pending
            }
            (Poll::Ready(()), Given::Item) => {
                (position.resumable, position.stage) = (0, Stage::SUSPENDED);
                // Nobody asks, but without it the compiler would write this as one with the above, which costs a jump.
                position.ended = true;
                Settled::Item
            }
            (Poll::Pending, Given::End) => Settled::Parked,
            (Poll::Ready(()), _) => Settled::Ended,
        }
    }
}

/// The owner, who never polls a body that was unwound.
pub(crate) struct Owner;

impl Poller for Owner {
    #[inline]
    fn mark(position: &mut Position) -> State {
        State::none(position.resumable == 1)
    }

    #[inline]
    fn enter(position: &mut Position, state: &mut State) -> Option<Course> {
        position.enter(state, 1)
    }

    /// It has a signal only for a source that it has taken an item from.
    #[inline]
    fn takes(_: &Position) -> bool {
        true
    }

    #[inline]
    fn settle(position: &mut Position, state: &State, returned: Poll<()>, given: Given) -> Settled {
        state.check_left(returned);
        match (returned, given) {
            (Poll::Pending, Given::Item) => Settled::Item,
            (Poll::Pending, Given::Onward) => Settled::Pending,
            (Poll::Pending, Given::Nothing | Given::Pending) => {
                position.suspend();
                Settled::Pending
            }
            (Poll::Ready(()), Given::Item) => {
                position.close();
                Settled::Item
            }
            (Poll::Pending, Given::End) => {
                position.close();
                Settled::Parked
            }
            (Poll::Ready(()), _) => {
                position.close();
                Settled::Ended
            }
        }
    }
}
