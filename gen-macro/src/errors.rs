//! The collector of a phase's mistakes: all of them are reported at once.

use quote::ToTokens;
use syn::Error;

/// The mistakes found so far. Dropping it unfinished is a bug, so that no mistake gets lost.
#[derive(Debug, Default)]
pub(crate) struct Errors {
    first: Option<Error>,
    finished: bool,
}

impl Errors {
    /// Adds a mistake at the given tokens.
    pub(crate) fn push(&mut self, tokens: impl ToTokens, message: impl std::fmt::Display) {
        self.add(Error::new_spanned(tokens, message));
    }

    /// Adds an error that something else made.
    pub(crate) fn add(&mut self, error: Error) {
        match &mut self.first {
            None => self.first = Some(error),
            Some(first) => first.combine(error),
        }
    }

    /// Ends the phase.
    pub(crate) fn finish(mut self) -> syn::Result<()> {
        self.finished = true;
        self.first.take().map_or(Ok(()), Err)
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        assert!(self.finished || std::thread::panicking(), "a phase forgot its errors");
    }
}
