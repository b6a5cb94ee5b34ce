//! Generators behind a box: one type whatever the body.

use alloc::boxed::Box;
use core::{
    convert::Infallible,
    fmt,
    mem::ManuallyDrop,
    pin::Pin,
    task::{Context, Poll},
};

use futures_core::{FusedStream, Stream};

use crate::{
    leaf::Token,
    pointers::{forward, owner},
    protocol::{AsyncGenerator, GeneratorState, Signal},
};

/// Defines a boxed generator around a trait object.
macro_rules! boxed {
    ($(#[$doc:meta])* $name:ident { $object:ty } $($send:ident)?) => {
        $(#[$doc])*
        #[must_use = "generators do nothing unless they are polled"]
        pub struct $name<'a, Y, S = (), T = Infallible>(ManuallyDrop<Pin<Box<$object>>>);

        impl<Y, S, T> Drop for $name<'_, Y, S, T> {
            #[inline(never)] // a body that takes from it is to stay small
            fn drop(&mut self) {
                // SAFETY: it is dropped here alone, and not looked at again.
                unsafe { ManuallyDrop::drop(&mut self.0) };
            }
        }

        impl<'a, Y, S: Default, T> $name<'a, Y, S, T> {
            /// Boxes a generator. This is its one allocation.
            pub fn new<G>(generator: G) -> Self
            where
                G: AsyncGenerator<Yield = Y, Sent = S, Thrown = T> $(+ $send)? + 'a,
            {
                Self(ManuallyDrop::new(Box::pin(generator)))
            }

            /// What functions expand to: their types are known before the generator is looked at. On its own,
            /// as a body that makes generators of itself is to stay small.
            #[doc(hidden)]
            #[inline(never)]
            pub fn declared<G>(token: Token<Y, S, T>, generator: impl FnOnce() -> G) -> Self
            where
                G: AsyncGenerator<Yield = Y, Sent = S, Thrown = T> $(+ $send)? + 'a,
            {
                let _ = token;
                Self::new(generator())
            }
        }

        impl<Y, S: Default, T> AsyncGenerator for $name<'_, Y, S, T> {
            type Yield = Y;
            type Sent = S;
            type Thrown = T;

            forward!(self => self.get_mut().0.as_mut(), self.0.as_ref().get_ref());
            owner!(self => self.get_mut().0.as_mut(), self.0.as_ref().get_ref());
        }

        impl<Y, S: Default, T> Stream for $name<'_, Y, S, T> {
            type Item = Y;

            #[inline]
            fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Y>> {
                self.get_mut().0.as_mut().poll_advance(cx, None)
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
    BoxGenerator { dyn AsyncGenerator<Yield = Y, Sent = S, Thrown = T> + Send + 'a } Send
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
    LocalBoxGenerator { dyn AsyncGenerator<Yield = Y, Sent = S, Thrown = T> + 'a }
}
