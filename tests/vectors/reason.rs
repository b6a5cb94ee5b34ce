//! Why a step has no counterpart: decided by what is done in it, never by where it is.

use std::fmt;

use crate::{
    data::{Operation, Out, Step},
    value::Kind,
};

/// Why a step, or a part of one, is not compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reason {
    Overlap,
    SignalByHand,
    Cancelled,
    Background,
    CloseFails,
    CloseIgnored,
    Quirk,
}

impl Reason {
    /// Why `operation` cannot be written, if it cannot.
    pub(crate) fn against(operation: &Operation) -> Option<Self> {
        match operation {
            Operation::Throw { error, .. } if Kind::named(error).is_none() => {
                Some(Self::SignalByHand)
            }
            _ => None,
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Overlap => {
                "an operation while another is pending: both need the one `&mut` (E0499); Python says \
                 \"already running\" at run time"
            }
            Self::SignalByHand => {
                "throws the close or the end signal by hand: neither is a value of the thrown type"
            }
            Self::Cancelled => {
                "cancels an operation: Python raises CancelledError in the body; here the future is \
                 dropped, nothing is raised, and the body stands where it stood"
            }
            Self::Background => {
                "lines that Python's event loop logs when it closes a generator nobody closed: here \
                 its locals are dropped, and `has_pending_cleanup()` told that cleanup would be skipped"
            }
            Self::CloseFails => {
                "the error that a `close` reports: here `close` gives `()`; its lines are compared"
            }
            Self::CloseIgnored => {
                "the body goes on to a yield while it is closed: here it goes no further than its \
                 cleanups"
            }
            Self::Quirk => "a corner of Python's own, marked as such",
        })
    }
}

impl Step {
    /// An error that Python has at run time for what does not compile here, and that leaves everything
    /// as it was.
    pub(crate) fn reports_running(&self) -> bool {
        self.log.is_empty()
            && self.later.is_empty()
            && matches!(&self.out, Out::Error { error, message, .. }
                if error == "RuntimeError" && message.ends_with("asynchronous generator is already running"))
    }

    /// The error of a `close` whose body yielded.
    pub(crate) fn reports_ignored_close(&self) -> bool {
        matches!(&self.out, Out::Error { error, message, .. }
            if error == "RuntimeError" && message == "async generator ignored GeneratorExit")
    }
}
