//! Generators where nothing is forgiven: every lint is denied, every name of the prelude means something
//! else, every name that an expansion might invent is taken, every method it might call is hijacked.
#![forbid(unsafe_code)]
#![deny(warnings, clippy::all, clippy::pedantic, missing_docs, unused)]
#![deny(future_incompatible, keyword_idents, nonstandard_style, rust_2018_idioms, let_underscore)]
#![deny(
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    missing_debug_implementations,
    redundant_lifetimes,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unnameable_types,
    unreachable_pub,
    unused_import_braces,
    unused_lifetimes,
    unused_qualifications
)]

use std::{
    cell::RefCell,
    future::poll_fn,
    mem,
    task::{Context, Poll},
};

pub mod hijacked;
pub mod linted;
pub mod named;
pub mod primitive;
pub mod shadowed;
pub mod spelled;
#[cfg(test)]
mod tests;

/// What happened, in order.
pub type Log = RefCell<Vec<String>>;

/// Waits once.
pub async fn tick() {
    let mut waits = true;
    let wait_once = |cx: &mut Context<'_>| {
        cx.waker().wake_by_ref();
        if mem::take(&mut waits) { Poll::Pending } else { Poll::Ready(()) }
    };
    poll_fn(wait_once).await;
}

/// Adds to a log.
pub fn note(log: &Log, text: &str) {
    log.borrow_mut().push(text.to_owned());
}

/// Uses a value.
pub fn use_up<T>(_: T) {}

/// A macro that the generators cannot look into: gives the first of its values.
#[macro_export]
macro_rules! first_of {
    ($first:expr $(, $rest:expr)* $(,)?) => {{
        let first = $first;
        $(let _ = $rest;)*
        first
    }};
}

/// A macro in the manner of `select!`: runs the arm of the branch that matches.
#[macro_export]
macro_rules! choose {
    ($value:expr; $($pattern:pat => $arm:expr),+ $(,)?) => {
        match $value {
            $($pattern => $arm,)+
        }
    };
}
