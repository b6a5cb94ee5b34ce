//! The errors of `send` and `throw`, which give back what was not delivered.

use core::{error::Error, fmt};

/// Defines an error that gives back what could not be delivered.
macro_rules! undelivered {
    ($(#[$doc:meta])* $name:ident, $getter:ident, $what:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq)]
        pub enum $name<V> {
            /// The body is not entered yet; take an item first.
            NotStarted(V),
            /// The body stands at an await: an earlier operation was dropped half-way. Take an item
            /// to go on from there.
            Awaiting(V),
            /// The body has ended or was closed.
            Closed(V),
        }

        impl<V> $name<V> {
            #[doc = concat!("Gives back the ", $what, " that was not delivered.")]
            pub fn $getter(self) -> V {
                match self {
                    Self::NotStarted(value) | Self::Awaiting(value) | Self::Closed(value) => value,
                }
            }
        }

        // By hand, so that what cannot be printed can still be unwrapped.
        impl<V> fmt::Debug for $name<V> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self {
                    Self::NotStarted(_) => "NotStarted(..)",
                    Self::Awaiting(_) => "Awaiting(..)",
                    Self::Closed(_) => "Closed(..)",
                })
            }
        }

        impl<V> fmt::Display for $name<V> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self {
                    Self::NotStarted(_) => concat!($what, " for a generator that was not started"),
                    Self::Awaiting(_) => concat!($what, " for a generator that stands at an await"),
                    Self::Closed(_) => concat!($what, " for a closed generator"),
                })
            }
        }

        impl<V> Error for $name<V> {}
    };
}

undelivered! {
    /// A value that [`AsyncGenerator::send`](crate::AsyncGenerator::send) could not deliver.
    ///
    /// # Examples
    ///
    /// ```
    /// use gen_runtime::SendError;
    ///
    /// let error = SendError::Closed("letter");
    /// assert_eq!(error.to_string(), "value for a closed generator");
    /// assert_eq!(error.into_value(), "letter");
    /// ```
    SendError, into_value, "value"
}

undelivered! {
    /// An error that [`AsyncGenerator::throw`](crate::AsyncGenerator::throw) could not deliver.
    ///
    /// # Examples
    ///
    /// ```
    /// use gen_runtime::ThrowError;
    ///
    /// let error = ThrowError::Closed("stop");
    /// assert_eq!(error.to_string(), "error for a closed generator");
    /// assert_eq!(error.into_error(), "stop");
    /// ```
    ThrowError, into_error, "error"
}
