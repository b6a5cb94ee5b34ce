//! Generators behind a box: one type whatever the body.

mod block;
mod chain;
mod ending;

use core::{
    convert::Infallible,
    fmt,
    pin::Pin,
    task::{Context, Poll},
};

use futures_core::{FusedStream, Stream};

use self::block::Block;
pub(crate) use self::chain::Head;
use crate::{
    generator::Generator,
    leaf::Token,
    protocol::{AsyncGenerator, GeneratorState, Signal},
    shortcut::Shortcut,
};

/// Defines a boxed generator around a trait object.
macro_rules! boxed {
    ($(#[$doc:meta])* $name:ident $($send:ident)?) => {
        $(#[$doc])*
        #[must_use = "generators do nothing unless they are polled"]
        pub struct $name<'a, Y, S = (), T = Infallible>(Block<'a, Y, S, T>);

        impl<Y, S, T> Drop for $name<'_, Y, S, T> {
            #[inline]
            fn drop(&mut self) {
                // SAFETY: `new` or `declared` has made it, and nothing uses it any more.
                unsafe { self.0.free() };
            }
        }

        impl<'a, Y, S: Default, T> $name<'a, Y, S, T> {
            /// Boxes a generator. This is its one allocation.
            pub fn new<G>(generator: G) -> Self
            where
                G: AsyncGenerator<Yield = Y, Sent = S, Thrown = T> $(+ $send)? + 'a,
            {
                Self(Block::new(|| generator))
            }
        }

        impl<Y, S: Default, T> AsyncGenerator for $name<'_, Y, S, T> {
            type Yield = Y;
            type Sent = S;
            type Thrown = T;

            #[inline]
            fn poll_resume(
                self: Pin<&mut Self>,
                cx: &mut Context<'_>,
                signal: &mut Option<Signal<S, T>>,
            ) -> Poll<Option<Y>> {
                if !Signal::<S, T>::tells() && self.state() == GeneratorState::Suspended {
                    *signal = None;
                }
                self.0.poll(cx, Some(signal))
            }

            #[inline]
            fn poll_advance(
                self: Pin<&mut Self>,
                cx: &mut Context<'_>,
                signal: Option<&mut Option<Signal<S, T>>>,
                _: Shortcut<Y, S, T>,
            ) -> Poll<Option<Y>> {
                self.0.poll(cx, signal)
            }

            #[inline]
            fn poll_turn(
                self: Pin<&mut Self>,
                cx: &mut Context<'_>,
                signal: Option<&mut Option<Signal<S, T>>>,
                leaving: bool,
                shortcut: Shortcut<Y, S, T>,
            ) -> Poll<Option<Y>> {
                if leaving {
                    return self.0.poll_leaving(cx);
                }
                self.0.poll_delegate(cx, signal, shortcut)
            }

            fn poll_close(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
                self.0.poll_close(cx)
            }

            fn state(&self) -> GeneratorState {
                self.0.state()
            }

            fn has_pending_cleanup(&self) -> bool {
                self.0.has_pending_cleanup()
            }

            fn is_owner(&self) -> bool {
                self.0.is_owner()
            }
        }

        impl<'a, F, Y, S: Default, T> From<Generator<F, Y, S, T>> for $name<'a, Y, S, T>
        where
            Generator<F, Y, S, T>:
                AsyncGenerator<Yield = Y, Sent = S, Thrown = T> $(+ $send)? + 'a,
        {
            /// Boxes a generator, as [`new`](Self::new) does.
            ///
            /// # Examples
            ///
            /// ```
            /// use futures::{StreamExt as _, executor::block_on};
            #[doc = concat!("use gen_runtime::{", stringify!($name), ", prelude::*};")]
            ///
            /// #[async_generator]
            /// async fn count(to: u32) -> u32 {
            ///     for n in 1..=to {
            ///         yield_!(n);
            ///     }
            /// }
            ///
            #[doc = concat!("let counts: [", stringify!($name), "<'_, u32>; 2] = [count(2).into(), count(1).into()];")]
            /// let items = counts.map(|count| block_on(count.collect::<Vec<_>>()));
            /// assert_eq!(items, [vec![1, 2], vec![1]]);
            /// ```
            fn from(generator: Generator<F, Y, S, T>) -> Self {
                Self::new(generator)
            }
        }

        $(
            // SAFETY: the generator is `Send`, and with it what it delegates to, which its body owns.
            unsafe impl<Y, S, T> $send for $name<'_, Y, S, T> {}
        )?

        impl<Y, S: Default, T> Stream for $name<'_, Y, S, T> {
            type Item = Y;

            #[inline]
            fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Y>> {
                self.0.poll(cx, None)
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                (0, self.is_terminated().then_some(0))
            }
        }

        impl<Y, S: Default, T> FusedStream for $name<'_, Y, S, T> {
            fn is_terminated(&self) -> bool {
                self.0.state() == GeneratorState::Closed
            }
        }

        impl<Y, S: Default, T> fmt::Debug for $name<'_, Y, S, T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name))
                    .field("state", &self.0.state())
                    .finish_non_exhaustive()
            }
        }
    };
}

boxed! {
    /// A generator in a box: one type whatever the body, `Unpin` and `Send`.
    ///
    /// What a function under `#[async_generator(boxed)]` returns. It makes traits dyn-compatible,
    /// lets a generator call itself, and can be a field of a struct.
    ///
    /// The box of a function lives as long as what its arguments borrow and what the parameters around it, those of an
    /// impl or a trait, stand for; where that is nothing, it can be `'static`. A lifetime in the type of an argument has
    /// to be seen, as in an `async fn`: `Iter<'_, u32>`, and not `Iter<u32>`.
    ///
    /// What the body holds across its yields and awaits is `Send`, and with it what it borrows is `Sync`: a method by
    /// `&self` that a trait provides needs `trait Rows: Sync`, and an argument `f: impl Fn()` needs `+ Send`. A
    /// [`LocalBoxGenerator`] asks for neither.
    ///
    /// A delegation from box to box, as in a recursion, costs the same however deep it goes: whoever polls the
    /// outermost box polls the innermost generator, and not all the bodies in between. So a recursion may be deeper than
    /// the stack has room for, also when it is closed or dropped half-way, if no poll goes down all of it at once: each
    /// level yields before it delegates to the next, as a walk does that yields a node before its children.
    ///
    /// # Examples
    ///
    /// ```
    /// use futures::{StreamExt as _, executor::block_on};
    /// use gen_runtime::{BoxGenerator, prelude::*};
    ///
    /// #[async_generator(boxed)]
    /// async fn countdown(from: u32) -> u32 {
    ///     if from > 0 {
    ///         yield_!(from);
    ///         yield_from!(countdown(from - 1));
    ///     }
    /// }
    ///
    /// let items: BoxGenerator<'static, u32> = countdown(3);
    /// assert_eq!(block_on(items.collect::<Vec<_>>()), [3, 2, 1]);
    /// ```
    ///
    /// # By hand
    ///
    /// A method of a trait that is under the attribute can be implemented without. Its box has a lifetime of its own, which
    /// all that it may borrow outlives. Any other generator is boxed by [`new`](Self::new) or `into`:
    ///
    /// ```
    /// use futures::{StreamExt as _, executor::block_on};
    /// use gen_runtime::{BoxGenerator, prelude::*};
    ///
    /// trait Rows {
    ///     #[async_generator(boxed)]
    ///     async fn rows(&self, of: &str) -> String;
    /// }
    ///
    /// struct Table(u32);
    ///
    /// impl Rows for Table {
    ///     fn rows<'a, 'b, 'g>(&'a self, of: &'b str) -> BoxGenerator<'g, String>
    ///     where
    ///         'a: 'g,
    ///         'b: 'g,
    ///         Self: 'g,
    ///     {
    ///         numbered(of, self.0).into()
    ///     }
    /// }
    ///
    /// #[async_generator]
    /// async fn numbered(name: &str, last: u32) -> String {
    ///     for n in 1..=last {
    ///         yield_!(format!("{name} {n}"));
    ///     }
    /// }
    ///
    /// let rows = Table(2).rows("a").collect::<Vec<_>>();
    /// assert_eq!(block_on(rows), ["a 1", "a 2"]);
    /// ```
    ///
    /// # Limitations
    ///
    /// For that lifetime, `handler` by its name is no `impl for<'a> Fn(&'a Context) -> BoxGenerator<'a, u32>`: write
    /// `|context| handler(context)`. It is one if it is `pub`, or `pub(crate)`, so that it cannot be of a trait, and has no
    /// other lifetime and no parameters.
    ///
    /// `StreamExt::boxed` makes a stream of a generator, which a loop drops and does not close.
    BoxGenerator Send
}

boxed! {
    /// A [`BoxGenerator`] whose body need not be `Send`.
    ///
    /// What a function under `#[async_generator(boxed(local))]` returns.
    ///
    /// # Examples
    ///
    /// ```
    /// use futures::{StreamExt as _, executor::block_on};
    /// use gen_runtime::prelude::*;
    /// use std::rc::Rc;
    ///
    /// #[async_generator(boxed(local))]
    /// async fn shared(text: Rc<str>) -> Rc<str> {
    ///     yield_!(Rc::clone(&text));
    ///     yield_!(text);
    /// }
    ///
    /// let items = block_on(shared(Rc::from("a")).collect::<Vec<_>>());
    /// assert_eq!(items, [Rc::from("a"), Rc::from("a")]);
    /// ```
    LocalBoxGenerator
}

impl<'a, Y, S: Default, T> BoxGenerator<'a, Y, S, T> {
    /// What functions expand to: their types are known before the generator is looked at. On its own, as a body that makes
    /// generators of itself is to stay small. The compiler shows a line of it for a body that is not `Send`, which is why it
    /// is written out.
    #[doc(hidden)]
    #[inline(never)]
    pub fn declared<G>(token: Token<Y, S, T>, generator: impl FnOnce() -> G) -> Self
    where
        G: AsyncGenerator<Yield = Y, Sent = S, Thrown = T> + 'a,
        G: Send, // a body that is not: `#[async_generator(boxed(local))]`
    {
        let _ = token;
        Self(Block::new(generator))
    }
}

impl<'a, Y, S: Default, T> LocalBoxGenerator<'a, Y, S, T> {
    /// As [`BoxGenerator::declared`].
    #[doc(hidden)]
    #[inline(never)]
    pub fn declared<G>(token: Token<Y, S, T>, generator: impl FnOnce() -> G) -> Self
    where
        G: AsyncGenerator<Yield = Y, Sent = S, Thrown = T> + 'a,
    {
        let _ = token;
        Self(Block::new(generator))
    }
}
