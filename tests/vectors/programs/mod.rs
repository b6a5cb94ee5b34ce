//! The programs, written by hand as generators, and those that cannot be written.

use gen_runtime::LocalBoxGenerator;

use crate::{
    value::{Error, Value},
    world::Log,
};

mod catching;
mod cleanup;
mod cleanup_in_loops;
mod delegation;
mod plain;

/// What every program is: it yields values, is sent values and thrown errors, and what it raises is its
/// last item.
pub(crate) type Boxed = LocalBoxGenerator<'static, Result<Value, Error>, Value, Error>;

/// Makes a fresh generator that logs to the given log.
pub(crate) type Make = fn(Log) -> Boxed;

/// Whether a program can be written.
#[derive(Clone, Copy)]
pub(crate) enum Writing {
    Written(Make),
    /// Ours rules it out.
    Excluded {
        /// What it does that cannot be written.
        because: &'static str,
        /// The attempt, which does not compile.
        attempt: &'static str,
    },
}

use Writing::{Excluded, Written};

/// Every program, under its name in the vectors.
pub(crate) const PROGRAMS: &[(&str, Writing)] = &[
    ("counter", Written(plain::counter)),
    ("counter_await", Written(plain::counter_await)),
    ("echo", Written(plain::echo)),
    ("accumulator", Written(plain::accumulator)),
    ("conditional_first", Written(plain::conditional_first)),
    ("empty", Written(plain::empty)),
    ("conversation", Written(plain::conversation)),
    ("catch_continue", Written(catching::catch_continue)),
    ("yield_in_except", Written(catching::yield_in_except)),
    ("reraise", Written(catching::reraise)),
    ("transform", Written(catching::transform)),
    ("error_as_value", Written(catching::error_as_value)),
    ("catch_any_error", Written(catching::catch_any_error)),
    ("await_error", Written(catching::await_error)),
    ("finally_await", Written(cleanup::finally_await)),
    ("nested_finally", Written(cleanup::nested_finally)),
    ("early_return", Written(cleanup::early_return)),
    ("body_raises", Written(cleanup::body_raises)),
    ("raise_in_finally", Written(cleanup::raise_in_finally)),
    ("resource", Written(cleanup::resource)),
    ("empty_finally", Written(cleanup::empty_finally)),
    ("infinite", Written(cleanup::infinite)),
    ("two_blocks", Written(cleanup::two_blocks)),
    ("finally_catches", Written(cleanup::finally_catches)),
    ("break_through_finally", Written(cleanup_in_loops::break_through_finally)),
    ("continue_through_finally", Written(cleanup_in_loops::continue_through_finally)),
    ("break_in_finally", Written(cleanup_in_loops::break_in_finally)),
    ("retry", Written(cleanup_in_loops::retry)),
    ("delegate_plain", Written(delegation::delegate_plain)),
    ("delegate_closing", Written(delegation::delegate_closing)),
    ("pipeline", Written(delegation::pipeline)),
    ("take_two_closing", Written(delegation::take_two_closing)),
    ("inner_raises", Written(delegation::inner_raises)),
    (
        "yield_in_finally",
        Excluded {
            because: "yields in its cleanup; a `defer!` may not",
            attempt: "tests/ui/excluded/yield_in_finally.rs",
        },
    ),
    (
        "await_then_yield_in_finally",
        Excluded {
            because: "yields in its cleanup; a `defer!` may not, whatever it awaited before",
            attempt: "tests/ui/excluded/await_then_yield_in_finally.rs",
        },
    ),
    (
        "swallow_close",
        Excluded {
            because: "catches the close signal; a yield that is closed evaluates to nothing",
            attempt: "tests/ui/excluded/swallow_close.rs",
        },
    ),
    (
        "ignore_close",
        Excluded {
            because: "ignores the close signal; a yield that is closed evaluates to nothing",
            attempt: "tests/ui/excluded/ignore_close.rs",
        },
    ),
    (
        "catch_everything",
        Excluded {
            because: "catches the close signal with the errors; what a yield is thrown is an error only",
            attempt: "tests/ui/excluded/catch_everything.rs",
        },
    ),
    (
        "raise_stop_in_body",
        Excluded {
            because: "raises the end signal; the end is no error but `return`, and `None?` does not compile",
            attempt: "tests/ui/excluded/raise_stop_in_body.rs",
        },
    ),
];

/// How the program of this name is written.
pub(crate) fn named(id: &str) -> Option<Writing> {
    PROGRAMS.iter().find(|(name, _)| *name == id).map(|(_, writing)| *writing)
}
