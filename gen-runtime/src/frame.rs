//! The per-poll record that a generator and its body share, and the only module that follows a
//! pointer to it.
//!
//! # Invariants
//!
//! 1. A waker whose vtable is [`VTABLE`] is made by [`Frame::waker`] alone, whose caller keeps the frame
//!    it points to for as long as the waker is used; cloning it gives a clone of the consumer's waker.
//!    So whoever holds a reference to such a waker holds it while the frame is alive.
//! 2. While the body is polled, the frame is reached through its raw pointer alone; no reference to
//!    it is made, and its fields are read and written one by one.
//! 3. What the pointers in a frame point to is alive during the poll, and nobody else uses it then.
//! 4. A frame is read at its full type only through [`FrameRef::typed`], whose caller knows that the
//!    frame is of that type.

mod consumer;

use core::{
    mem::{ManuallyDrop, MaybeUninit},
    ptr,
    task::{Context, RawWaker, Waker},
};

use consumer::{VTABLE, head_of};
pub(crate) use consumer::{consumer_of, consumer_waker_if_any};

use crate::{
    leaf::Token,
    position::{Course, Poller, Position},
    protocol::Signal,
    shortcut::Shortcut,
    state::State,
};

/// What every leaf may read without knowing the item type.
struct Head {
    /// The consumer's own `Context`.
    consumer: *mut Context<'static>,
    /// Its waker, for that of the frame, whoever uses the context meanwhile.
    waker: *const Waker,
    position: *mut Position,
    given: Given,
    /// Here, and not only where the body stands: the compiler then knows it of a body that goes on.
    course: Course,
    /// The body was not polled before.
    begins: bool,
}

/// What a body has given in a poll. With anything given, it is to stop where it stands, until the next poll.
#[derive(Clone, Copy)]
pub(crate) enum Given {
    Nothing,
    /// What it polls through its slot is pending.
    Pending,
    /// What it awaits is pending, and it is on no other course.
    Onward,
    Item,
    /// The end of all items.
    End,
}

/// The record of one poll.
#[repr(C)] // `head` first, so that a pointer to a frame is a pointer to its head
pub(crate) struct Frame<Y, S, T> {
    head: Head,
    /// Where the item goes. `given` says whether there is one, apart from it: of one value for both, the compiler
    /// would write every part on each way out of the poll, also where there is no item.
    item: *mut MaybeUninit<Y>,
    /// Null if there can be none.
    signal: *mut Option<Signal<S, T>>,
    shortcut: Shortcut<Y, S, T>,
}

/// The frame of the generator that polls with `cx`, whatever its types.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FrameRef(*mut Head);

impl FrameRef {
    /// # Panics
    ///
    /// If `cx` is not a frame's.
    #[inline]
    #[track_caller]
    pub(crate) fn of(cx: &Context<'_>) -> Self {
        Self(head_of(cx).expect("code of a body was polled outside its generator"))
    }

    /// The frame at its full type.
    ///
    /// # Safety
    ///
    /// - It is the frame of a `Generator<_, Y, S, T>`, but for lifetimes in `Y`: a generator of items that live longer may
    ///   be polled as one of items that live shorter, which are laid out alike.
    /// - The result is used during this poll only, by one leaf at a time.
    #[inline]
    pub(crate) unsafe fn typed<Y, S, T>(self, _: Token<Y, S, T>) -> TypedFrame<Y, S, T> {
        TypedFrame(self.0.cast())
    }

    #[inline]
    fn position(self) -> *mut Position {
        // SAFETY: invariants 1 and 2.
        unsafe { (*self.0).position }
    }

    /// Has the body stop where it stands, also if it has given nothing.
    #[inline]
    pub(crate) fn wait(self) {
        if !self.waits() {
            self.give(Given::Pending);
        }
    }

    /// Says that what the body awaits is pending, and that it is on no other course: an await in a region asks first
    /// whether that is to be left, one in a cleanup does not say this, and outside both a body is not closed but dropped.
    #[inline]
    pub(crate) fn wait_onward(self) {
        self.give(Given::Onward);
    }

    #[inline]
    fn give(self, given: Given) {
        // SAFETY: invariants 1 and 2.
        unsafe { (*self.0).given = given };
    }

    /// Says whether the body is to stop where it stands.
    #[inline]
    pub(crate) fn waits(self) -> bool {
        // SAFETY: invariants 1 and 2.
        !matches!(unsafe { (*self.0).given }, Given::Nothing)
    }

    /// The consumer's context.
    #[inline]
    pub(crate) fn consumer<'a>(self) -> &'a mut Context<'a> {
        // SAFETY: the frame is alive (invariant 1), and `consumer` is not written again.
        let consumer = unsafe { (*self.0).consumer };
        // SAFETY: exclusive to the frame, which lends it to one future at a time.
        unsafe { &mut *consumer.cast::<Context<'a>>() }
    }

    #[inline]
    fn course(self) -> Course {
        // SAFETY: invariants 1 and 2.
        unsafe { (*self.0).course }
    }

    /// The body was not polled before.
    #[inline]
    pub(crate) fn begins(self) -> bool {
        // SAFETY: invariants 1 and 2.
        unsafe { (*self.0).begins }
    }

    /// Says that there is no body any more, before its poll is over.
    pub(crate) fn close(self) {
        // SAFETY: invariant 3.
        unsafe { &mut *self.position() }.close();
    }

    /// The generator is being closed.
    #[inline]
    pub(crate) fn closing(self) -> bool {
        self.course() == Course::Closing
    }

    /// The generator is being closed, or the loop that its body stands in is to let go of its source.
    #[inline]
    pub(crate) fn leaving(self) -> bool {
        self.course() != Course::Onward
    }

    /// Has the loop that the body stands in let go of its source.
    #[inline]
    pub(crate) fn leave(self) {
        if !self.leaving() {
            // SAFETY: invariants 1 and 2.
            unsafe { (*self.0).course = Course::Leaving };
            // SAFETY: invariant 3.
            unsafe { &mut *self.position() }.leave();
        }
    }

    /// Says that a loop, if it was one, has let go of its source, and whether the generator is being closed. It asks
    /// where the body stands: the course would be kept at hand in each turn, to be asked for behind the last.
    #[inline]
    pub(crate) fn left(self) -> bool {
        // SAFETY: invariant 3.
        let closes = unsafe { &mut *self.position() }.left();
        if !closes {
            // SAFETY: invariants 1 and 2.
            unsafe { (*self.0).course = Course::Onward };
        }
        closes
    }

    #[inline]
    pub(crate) fn depth(self) -> u16 {
        // SAFETY: invariant 3.
        unsafe { (*self.position()).depth }
    }

    #[inline]
    pub(crate) fn set_depth(self, depth: u16) {
        // SAFETY: invariant 3.
        unsafe { (*self.position()).depth = depth };
    }
}

impl<Y, S, T> Frame<Y, S, T> {
    /// Begins a poll of a body that is marked, and makes its record. Says whether it did: if the body is not there, the
    /// record is of no use.
    ///
    /// Its pointers are followed while the body is polled with the [`waker`](Self::waker), whose maker answers
    /// for them.
    #[inline]
    pub(crate) fn enter<P: Poller>(
        position: &mut Position,
        state: &mut State,
        cx: &mut Context<'_>,
        signal: Option<&mut Option<Signal<S, T>>>,
        shortcut: Shortcut<Y, S, T>,
        item: &mut MaybeUninit<Y>,
        frame: &mut MaybeUninit<Self>,
    ) -> bool {
        let entered = P::enter(position, state);
        // Written either way: what may not have been written, the compiler does not keep in registers.
        let course = entered.unwrap_or(Course::Onward);
        let signal = match signal {
            Some(signal) if Signal::<S, T>::tells() && P::takes(position) => ptr::from_mut(signal),
            _ => ptr::null_mut(),
        };
        let head = Head {
            waker: cx.waker(),
            consumer: ptr::from_mut(cx).cast(),
            position,
            given: Given::Nothing,
            course,
            begins: state.is_new,
        };
        frame.write(Self { head, item, signal, shortcut });
        entered.is_some()
    }

    /// What the body has given.
    ///
    /// # Safety
    ///
    /// - [`enter`](Self::enter) has written the frame.
    #[inline]
    pub(crate) unsafe fn given(frame: &MaybeUninit<Self>) -> Given {
        // SAFETY: what the caller promises.
        unsafe { frame.assume_init_ref() }.head.given
    }

    /// The waker to poll a body with, which shares this frame. It is no field of it: the compiler keeps
    /// a frame in registers, but not one that points to itself.
    ///
    /// # Safety
    ///
    /// While the waker is used, the frame stays where it is, and it and what it points to are valid and
    /// used by nobody else.
    #[inline]
    pub(crate) unsafe fn waker(frame: *mut Self) -> ManuallyDrop<Waker> {
        let waker = RawWaker::new(frame.cast_const().cast(), &VTABLE);
        // SAFETY: the four functions of `VTABLE` are thread-safe, as the waker they forward to is, and
        // read nothing but `waker`. `ManuallyDrop`: the drop is empty.
        ManuallyDrop::new(unsafe { Waker::from_raw(waker) })
    }
}

/// The context to poll a body with.
#[inline]
pub(crate) fn context(waker: &ManuallyDrop<Waker>) -> Context<'_> {
    Context::from_waker(waker)
}

/// The frame at its full type.
pub(crate) struct TypedFrame<Y, S, T>(*mut Frame<Y, S, T>);

impl<Y, S, T> TypedFrame<Y, S, T> {
    /// Hands an item to whoever polls the generator, for which the body waits.
    #[inline]
    pub(crate) fn put(&self, item: Y) {
        // SAFETY: invariant 3.
        unsafe { (*self.item()).write(item) };
        self.gave();
    }

    /// Where the item goes.
    #[inline]
    pub(crate) fn item(&self) -> *mut MaybeUninit<Y> {
        // SAFETY: invariants 1 and 2.
        unsafe { (*self.0).item }
    }

    /// Says that an item is there.
    #[inline]
    pub(crate) fn gave(&self) {
        FrameRef(self.0.cast()).give(Given::Item);
    }

    /// Says that the body has ended.
    #[inline]
    pub(crate) fn end(&self) {
        FrameRef(self.0.cast()).give(Given::End);
    }

    /// What the body was resumed with, which is the leaf's to take.
    #[inline]
    pub(crate) fn signal<'a>(&self) -> Option<&'a mut Option<Signal<S, T>>> {
        // SAFETY: invariants 1 and 2.
        let signal = unsafe { (*self.0).signal };
        // SAFETY: invariant 3, and it is read by one leaf at a time.
        unsafe { signal.as_mut() }
    }

    /// What the body delegates by.
    #[inline]
    pub(crate) fn shortcut(&self) -> Shortcut<Y, S, T> {
        // SAFETY: invariants 1 and 2.
        unsafe { (*self.0).shortcut }
    }

    /// Takes what the body was resumed with.
    #[inline]
    pub(crate) fn take_signal(&self) -> Option<Signal<S, T>> {
        self.signal().and_then(Option::take)
    }
}
