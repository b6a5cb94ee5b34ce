//! The collector of a phase's mistakes: all of them are reported at once.

use std::fmt::Display;

use proc_macro2::{Span, TokenStream, TokenTree};
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
    pub(crate) fn push(&mut self, tokens: impl ToTokens, message: impl Display) {
        self.add(mistake(tokens, message));
    }

    /// Adds an error that something else made.
    pub(crate) fn add(&mut self, error: Error) {
        match &mut self.first {
            None => self.first = Some(error),
            Some(first) => first.combine(error),
        }
    }

    /// Adds a mistake at a place without tokens of its own.
    pub(crate) fn push_at(&mut self, span: Span, message: impl Display) {
        self.add(Error::new(span, message));
    }

    /// Ends the phase.
    pub(crate) fn finish(mut self) -> syn::Result<()> {
        self.finished = true;
        self.first.take().map_or(Ok(()), Err)
    }
}

/// A mistake at the given tokens. What syn makes of it is made once for all kinds of them.
pub(crate) fn mistake(tokens: impl ToTokens, message: impl Display) -> Error {
    fn spanned(tokens: &dyn ToTokens, message: &dyn Display) -> Error {
        Error::new_spanned(tokens, message)
    }
    spanned(&tokens, &message)
}

/// Moves an error about an end of input to the last token, if there is one.
pub(crate) fn at_end(error: Error, tokens: TokenStream) -> Error {
    let text = error.to_string();
    let Some(expected) = text.strip_prefix("unexpected end of input, ") else {
        return error;
    };
    let last = tokens.into_iter().last();
    let span = last.as_ref().map_or_else(|| error.span(), TokenTree::span);
    // What syn says is a list of what could follow; what we say is a sentence.
    let is_list = expected.starts_with("expected") && !expected.contains([';', ':']);
    if is_list && last.is_some() && !expected.contains(" after ") {
        Error::new(span, format!("{expected} after this"))
    } else {
        Error::new(span, expected)
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        assert!(self.finished || std::thread::panicking(), "a phase forgot its errors");
    }
}
