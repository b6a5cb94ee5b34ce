//! What can be done to a generator: the trait, its signals and states.

use core::{
    any::type_name,
    convert::Infallible,
    marker::Unpin,
    mem::size_of,
    pin::Pin,
    task::{Context, Poll},
};

use crate::{
    operations::{Close, Send, Throw},
    shortcut::Shortcut,
};

/// What a generator is resumed with.
///
/// # Examples
///
/// ```
/// use gen_runtime::Signal;
///
/// let signal: Signal<u32, &str> = Signal::Thrown("late");
/// assert_eq!(signal, Signal::Thrown("late"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal<S, T> {
    /// The yield evaluates to this value.
    Sent(S),
    /// The yield evaluates to `Err` of this error.
    Thrown(T),
}

impl<S, T> Signal<S, T> {
    /// Whether it tells more than that the body is resumed. `()` does not, where nothing can be thrown: it is
    /// delivered by resuming the body, and handed to no generator that this one delegates to. Any other type
    /// does, of whatever size: its `Default` may do what nobody wants who sends a value.
    ///
    /// A lifetime may be in `S`, so there is no `TypeId` of it. The compiler knows the name, and that no other
    /// type has it; were it to call `()` something else, signals would be handed on again, and that is all.
    #[inline]
    pub(crate) fn tells() -> bool {
        size_of::<Self>() > 0 || type_name::<S>() != "()"
    }
}

/// Where a generator stands, in the words of Python's `inspect.getasyncgenstate`.
///
/// # Examples
///
/// ```
/// use futures::{StreamExt as _, executor::block_on};
/// use gen_runtime::{GeneratorState, prelude::*};
/// use std::pin::pin;
///
/// #[async_generator]
/// async fn one() -> u32 {
///     yield_!(1);
/// }
///
/// let mut items = pin!(one());
/// assert_eq!(items.state(), GeneratorState::Created);
/// block_on(items.next());
/// assert_eq!(items.state(), GeneratorState::Suspended);
/// block_on(items.close());
/// assert_eq!(items.state(), GeneratorState::Closed);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GeneratorState {
    /// The body has not been entered (`AGEN_CREATED`).
    Created,
    /// The body stands at a yield point (`AGEN_SUSPENDED`).
    Suspended,
    /// The consumer dropped an operation half-way: the body stands at an await point. Python has
    /// no such state, as it cannot drop an operation without raising an error in it.
    Awaiting,
    /// The body has ended, was closed, or panicked (`AGEN_CLOSED`).
    Closed,
}

/// A stream that can be sent to, thrown into and closed, as Python's async generators can
/// ([PEP 525](https://peps.python.org/pep-0525/)).
///
/// Every [`Generator`](crate::Generator) and [`BoxGenerator`](crate::BoxGenerator) implements it, and
/// so do `Pin<&mut G>` and `Pin<Box<G>>` of what implements it, and `&mut G` and `Box<G>` of what is
/// `Unpin`, too: pinned or in a box. The trait is object-safe. Items are taken with `next` of any
/// `StreamExt`; this trait adds no method of that name. A function that knows its generator only as
/// `impl AsyncGenerator<Yield = T>` asks for `+ Stream<Item = T>` to take items so, or loops over it
/// with `for await`.
///
/// | | `Created` | `Suspended` | `Awaiting` | `Closed` |
/// |---|---|---|---|---|
/// | `next` | enters the body | resumes with `Sent::default()` | goes on | `None` |
/// | [`send`](Self::send) | `Err(NotStarted(value))` | resumes with the value | `Err(Awaiting(value))` | `Err(Closed(value))` |
/// | [`throw`](Self::throw) | `Err(NotStarted(error))`, closed | the yield is `Err(error)` | `Err(Awaiting(error))` | `Err(Closed(error))` |
/// | [`close`](Self::close) | drops the body | runs the open cleanups | the same | nothing |
///
/// # Examples
///
/// ```
/// use futures::{StreamExt as _, executor::block_on};
/// use gen_runtime::prelude::*;
/// use std::pin::pin;
///
/// #[async_generator(send = u32)]
/// async fn running_total() -> u32 {
///     let mut total = 0;
///     loop {
///         total += yield_!(total);
///     }
/// }
///
/// block_on(async {
///     let mut totals = pin!(running_total());
///     assert_eq!(totals.next().await, Some(0));
///     assert_eq!(totals.send(5).await, Ok(Some(5)));
///     assert_eq!(totals.send(2).await, Ok(Some(7)));
///     totals.close().await;
///     assert_eq!(totals.next().await, None);
/// });
/// ```
#[must_use = "generators do nothing unless they are polled"]
#[diagnostic::on_unimplemented(
    note = "a stream becomes a generator by `stages::from_stream(stream)`"
)]
pub trait AsyncGenerator {
    /// The item.
    type Yield;
    /// What can be sent. A plain `next` sends the default, as Python's `anext` sends `None`; a
    /// protocol without a natural default sends an `Option`.
    type Sent: Default;
    /// What can be thrown; [`Infallible`] if nothing can.
    type Thrown;

    /// Resumes the body until its next yield point.
    ///
    /// The signal is taken if the body stands at a yield point. It is left in place if the body is
    /// not entered yet, stands at an await, or is closed. A missing signal sends the default: so does one
    /// that tells no more, `()` sent where nothing can be thrown, to what the body delegates to.
    ///
    /// - `Pending`: the body waits at an await and wakes `cx` when it can go on. A signal that was
    ///   taken is delivered; poll again without one.
    /// - `Ready(Some(item))`: the body stands at its next yield point, or ended with this item.
    /// - `Ready(None)`: the body has ended, now or before. Polling again gives the same for ever.
    ///
    /// # Panics
    ///
    /// If the body does. The generator is closed then.
    fn poll_resume(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        signal: &mut Option<Signal<Self::Sent, Self::Thrown>>,
    ) -> Poll<Option<Self::Yield>>;

    /// Closes the generator: drops what the body holds and runs its open cleanups, innermost first.
    ///
    /// - `Pending`: a cleanup waits and wakes `cx` when it can go on. From here on the generator only
    ///   closes, whatever it is polled with.
    /// - `Ready(())`: closed, now or before.
    ///
    /// # Panics
    ///
    /// If a cleanup or a destructor does. The generator is closed then.
    fn poll_close(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()>;

    /// Says where the body stands.
    fn state(&self) -> GeneratorState;

    /// Says whether dropping the generator now would skip a cleanup that [`close`](Self::close) runs.
    fn has_pending_cleanup(&self) -> bool;

    /// Goes on, as [`poll_resume`](Self::poll_resume), but there may be no signal.
    #[doc(hidden)]
    #[inline]
    fn poll_advance(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        signal: Option<&mut Option<Signal<Self::Sent, Self::Thrown>>>,
        _: Shortcut<Self::Yield, Self::Sent, Self::Thrown>,
    ) -> Poll<Option<Self::Yield>> {
        self.poll_resume(cx, signal.unwrap_or(&mut None))
    }

    /// A turn of whoever takes from the generator: it goes on, as [`poll_advance`](Self::poll_advance), or, when
    /// its use is at its end and it is `leaving`, an owner closes it and a borrower leaves it be; then
    /// `Ready(None)` says that this is done. One method for both, as the compiler inlines a body in one
    /// place only.
    #[doc(hidden)]
    #[inline]
    fn poll_turn(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        signal: Option<&mut Option<Signal<Self::Sent, Self::Thrown>>>,
        leaving: bool,
        shortcut: Shortcut<Self::Yield, Self::Sent, Self::Thrown>,
    ) -> Poll<Option<Self::Yield>> {
        if leaving {
            return self.poll_close(cx).map(|()| None);
        }
        self.poll_advance(cx, signal, shortcut)
    }

    /// A turn of who alone takes from the generator, and keeps track of where it stands.
    ///
    /// # Safety
    ///
    /// - No turn has given `Ready(None)`, but to who is `leaving`, and none was unwound.
    /// - It was not polled otherwise, and is not, if a turn was unwound.
    #[doc(hidden)]
    #[inline]
    unsafe fn poll_owned(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        signal: Option<&mut Option<Signal<Self::Sent, Self::Thrown>>>,
        leaving: bool,
        shortcut: Shortcut<Self::Yield, Self::Sent, Self::Thrown>,
    ) -> Poll<Option<Self::Yield>> {
        self.poll_turn(cx, signal, leaving, shortcut)
    }

    /// Closes it, or lets go of it, for the box that it is in; or has a poll of the box do so, and gives nothing. No
    /// other method of a generator that does is compiled for the box then, which polls it in one place.
    #[doc(hidden)]
    fn poll_end(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        end: End,
    ) -> Option<Poll<Option<Self::Yield>>>
    where
        Self: Sized,
    {
        Some(match end {
            End::Closed => self.poll_close(cx).map(|()| None),
            End::LetGo => self.poll_turn(cx, None, true, Shortcut::NONE),
        })
    }

    /// Drops the body, as if it had been unwound.
    #[doc(hidden)]
    fn abandon(self: Pin<&mut Self>) {}

    /// Says whether [`poll_turn`](Self::poll_turn) closes.
    #[doc(hidden)]
    fn is_owner(&self) -> bool {
        true
    }

    /// Resumes the body with a value: the yield it stands at evaluates to `value`.
    ///
    /// Gives the next item, or `Ok(None)` if the body took the value and ended. Mirrors Python's
    /// `asend`.
    ///
    /// # Errors
    ///
    /// [`SendError`](crate::SendError) with the value, if the body does not stand at a yield point.
    ///
    /// # Cancel safety
    ///
    /// Dropped before its first poll, the value was not delivered, and [`Send::into_value`] gives it
    /// back. Dropped later, it was, and `next` goes on from where the body stands; no item is lost.
    ///
    /// # Examples
    ///
    /// ```
    /// use futures::{StreamExt as _, executor::block_on};
    /// use gen_runtime::{SendError, prelude::*};
    /// use std::pin::pin;
    ///
    /// #[async_generator(send = Option<&'static str>)]
    /// async fn greeter() -> String {
    ///     let name = yield_!(String::from("who?"));
    ///     yield_!(format!("hello {}", name.unwrap_or("nobody")));
    /// }
    ///
    /// block_on(async {
    ///     let mut lines = pin!(greeter());
    ///     assert_eq!(lines.send(Some("too early")).await, Err(SendError::NotStarted(Some("too early"))));
    ///     assert_eq!(lines.next().await.unwrap(), "who?");
    ///     assert_eq!(lines.send(Some("Ada")).await.unwrap().unwrap(), "hello Ada");
    /// });
    /// ```
    fn send(&mut self, value: Self::Sent) -> Send<'_, Self>
    where
        Self: Unpin + Sized,
    {
        Send::new(self, value)
    }

    /// Resumes the body with an error: the yield it stands at evaluates to `Err(error)`.
    ///
    /// Gives the next item, or `Ok(None)` if the body took the error and ended. Mirrors Python's
    /// `athrow`; a body lets the error out with `?`, and it comes back as the last item.
    ///
    /// # Errors
    ///
    /// [`ThrowError`](crate::ThrowError) with the error, if the body does not stand at a yield point. A generator that
    /// was not started is closed by it, its body never entered, as in Python.
    ///
    /// # Cancel safety
    ///
    /// As for [`send`](Self::send); [`Throw::into_error`] gives the error back.
    ///
    /// # Examples
    ///
    /// ```
    /// use futures::{StreamExt as _, executor::block_on};
    /// use gen_runtime::prelude::*;
    /// use std::pin::pin;
    ///
    /// #[async_generator(throw = &'static str)]
    /// async fn patient() -> String {
    ///     let mut line = String::from("ready");
    ///     loop {
    ///         line = match yield_!(line) {
    ///             Ok(()) => String::from("fine"),
    ///             Err(error) => format!("caught {error}"),
    ///         };
    ///     }
    /// }
    ///
    /// block_on(async {
    ///     let mut lines = pin!(patient());
    ///     assert_eq!(lines.next().await.unwrap(), "ready");
    ///     assert_eq!(lines.throw("a ball").await.unwrap().unwrap(), "caught a ball");
    /// });
    /// ```
    fn throw(&mut self, error: Self::Thrown) -> Throw<'_, Self>
    where
        Self: Unpin + Sized,
    {
        Throw::new(self, error)
    }

    /// Closes the generator and waits for its cleanups.
    ///
    /// Mirrors Python's `aclose`, except that the body can neither refuse nor fail it.
    ///
    /// # Cancel safety
    ///
    /// Dropped half-way, the cleanup that was under way stays where it stands. Close again, or take
    /// `next`, and it goes on.
    ///
    /// # Examples
    ///
    /// ```
    /// use futures::{StreamExt as _, executor::block_on};
    /// use gen_runtime::prelude::*;
    /// use std::{cell::Cell, pin::pin};
    ///
    /// #[async_generator]
    /// async fn connection(open: &Cell<bool>) -> u32 {
    ///     open.set(true);
    ///     defer! { open.set(false); }
    ///     yield_!(1);
    ///     yield_!(2);
    /// }
    ///
    /// let open = Cell::new(false);
    /// block_on(async {
    ///     let mut rows = pin!(connection(&open));
    ///     assert_eq!(rows.next().await, Some(1));
    ///     assert!(open.get());
    ///     rows.close().await;
    ///     assert!(!open.get());
    /// });
    /// ```
    fn close(&mut self) -> Close<'_, Self>
    where
        Self: Unpin + Sized,
    {
        Close::new(self)
    }
}

/// How a use of a generator ends.
#[derive(Clone, Copy, Debug)]
pub enum End {
    /// It is closed.
    Closed,
    /// Who has taken from it lets go of it: an owner closes it, a borrower leaves it be.
    LetGo,
}

// Object-safe.
const _: fn(Pin<&mut dyn AsyncGenerator<Yield = (), Sent = (), Thrown = Infallible>>) = |_| {};
