//! The futures behind `send`, `throw` and `close`.

use core::{
    fmt,
    future::Future,
    marker::Unpin,
    pin::Pin,
    task::{Context, Poll, ready},
};

use crate::{
    protocol::{AsyncGenerator, GeneratorState, Signal},
    undelivered::{SendError, ThrowError},
};

/// How far a `send` or `throw` has come.
enum Progress<V> {
    Undelivered(V),
    Delivered,
    Complete,
}

/// Defines the future of an operation that delivers a value to a yield point.
macro_rules! delivery {
    (
        $(#[$doc:meta])*
        $name:ident: $assoc:ident as $signal:ident, $error:ident,
        $getter:ident, $operation:literal, $what:literal,
        close_unstarted: $close_unstarted:literal
    ) => {
        $(#[$doc])*
        #[must_use = concat!("`", $operation, "` does nothing unless it is awaited")]
        pub struct $name<'g, G: AsyncGenerator + ?Sized> {
            generator: Pin<&'g mut G>,
            progress: Progress<G::$assoc>,
        }

        impl<'g, G: AsyncGenerator + ?Sized> $name<'g, G> {
            pub(crate) fn new(generator: &'g mut G, value: G::$assoc) -> Self
            where
                G: Unpin,
            {
                Self { generator: Pin::new(generator), progress: Progress::Undelivered(value) }
            }

            #[doc = concat!("Gives back the ", $what, ", if it was not delivered yet.")]
            #[must_use]
            pub fn $getter(self) -> Option<G::$assoc> {
                match self.progress {
                    Progress::Undelivered(value) => Some(value),
                    Progress::Delivered | Progress::Complete => None,
                }
            }
        }

        // The value is moved out, never pinned.
        impl<G: AsyncGenerator + ?Sized> Unpin for $name<'_, G> {}

        impl<G: AsyncGenerator + ?Sized> Future for $name<'_, G> {
            type Output = Result<Option<G::Yield>, $error<G::$assoc>>;

            fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
                let this = self.get_mut();
                let mut generator = this.generator.as_mut();
                let mut signal = None;
                match core::mem::replace(&mut this.progress, Progress::Complete) {
                    Progress::Undelivered(value) => match generator.state() {
                        GeneratorState::Created => {
                            if $close_unstarted {
                                // A body that was never entered has no cleanup to wait for.
                                let _ = generator.as_mut().poll_close(cx);
                            }
                            return Poll::Ready(Err($error::NotStarted(value)));
                        }
                        GeneratorState::Awaiting => return Poll::Ready(Err($error::Awaiting(value))),
                        GeneratorState::Closed => return Poll::Ready(Err($error::Closed(value))),
                        GeneratorState::Suspended => signal = Some(Signal::$signal(value)),
                    },
                    Progress::Delivered => {}
                    Progress::Complete => panic!(concat!("`", $operation, "` polled after it completed")),
                }
                this.progress = Progress::Delivered;
                let item = ready!(generator.poll_resume(cx, &mut signal));
                this.progress = Progress::Complete;
                Poll::Ready(Ok(item))
            }
        }

        impl<G: AsyncGenerator + ?Sized> fmt::Debug for $name<'_, G> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let state = self.generator.state();
                f.debug_struct(stringify!($name)).field("generator", &state).finish_non_exhaustive()
            }
        }
    };
}

delivery! {
    /// The future of [`AsyncGenerator::send`].
    ///
    /// # Panics
    ///
    /// When it is polled after it completed, or the body panics.
    Send: Sent as Sent, SendError, into_value, "send", "value",
    close_unstarted: false
}

delivery! {
    /// The future of [`AsyncGenerator::throw`].
    ///
    /// # Panics
    ///
    /// When it is polled after it completed, or the body panics.
    Throw: Thrown as Thrown, ThrowError, into_error, "throw", "error",
    close_unstarted: true
}

/// The future of [`AsyncGenerator::close`].
///
/// # Panics
///
/// When a cleanup or a destructor in the body panics.
#[must_use = "`close` does nothing unless it is awaited"]
pub struct Close<'g, G: ?Sized> {
    generator: Pin<&'g mut G>,
}

impl<'g, G: ?Sized> Close<'g, G> {
    pub(crate) fn new(generator: &'g mut G) -> Self
    where
        G: Unpin,
    {
        Self { generator: Pin::new(generator) }
    }
}

impl<G: AsyncGenerator + ?Sized> Future for Close<'_, G> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.get_mut().generator.as_mut().poll_close(cx)
    }
}

impl<G: AsyncGenerator + ?Sized> fmt::Debug for Close<'_, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Close").field("generator", &self.generator.state()).finish()
    }
}
