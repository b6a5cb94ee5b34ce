//! `close` was through with a generator that stood in a macro with a name of the standard library's, as soon
//! as that yielded another item.

use std::pin::pin;

use gen_runtime::{GeneratorState, prelude::*};

use crate::support::{Log, finish, poll_next, tick};

/// By its name it does not await.
macro_rules! println {
    () => {
        tick().await
    };
}

#[async_generator]
async fn awaits(log: &Log) -> u32 {
    defer! { tick().await; log.push("outer"); }
    {
        defer! { log.push("inner"); }
        println!();
        yield_!(1);
    }
    yield_!(2);
}

#[test]
fn close_runs_the_cleanups_behind_an_await_that_it_cannot_see() {
    let log = Log::default();
    let mut items = pin!(awaits(&log));
    assert!(poll_next(items.as_mut()).is_pending());
    finish(items.close());
    assert_eq!(items.state(), GeneratorState::Closed);
    assert_eq!(log.take(), ["inner", "outer"]);
}

struct Text {
    text: String,
}

/// Moved where code that calls a macro guards it, on some path: with the code if that may hide an await.
#[async_generator]
async fn negates(log: &Log, n: u32) -> u32 {
    let local = log.local("local");
    defer! { log.push("cleanup"); }
    assert!(n != 7, "{}", n != 8);
    assert!({
        if !(2..9).contains(&(n + 1)) {
            unreachable!();
        }
        true
    });
    assert!(!Text { text: format!("{n}") }.text.is_empty());
    std::assert!(matches!(n, n if !(50..60).contains(&n)));
    yield_!(1);
    if n == 9 {
        drop(local);
    }
}

#[test]
fn a_negation_calls_no_macro() {
    let log = Log::default();
    let mut items = pin!(negates(&log, 1));
    assert!(poll_next(items.as_mut()).is_ready());
    finish(items.close());
    assert_eq!(log.take(), ["cleanup", "drop local"]);
}

mod logger {
    macro_rules! info {
        ($($tokens:tt)*) => {
            drop(format!($($tokens)*))
        };
    }
    pub(super) use info;
}
use logger::info;

#[async_generator]
async fn logs(log: &Log) -> u32 {
    let local = log.local("local");
    let late: u32;
    defer! { log.push("cleanup"); }
    info!("in a region: {}", 1);
    late = 1;
    yield_!(late);
    if log.take().is_empty() {
        drop(local);
    }
}

#[test]
fn a_message_for_a_log_makes_no_other_code_of_a_region() {
    let log = Log::default();
    let mut items = pin!(logs(&log));
    assert!(poll_next(items.as_mut()).is_ready());
    finish(items.close());
    assert_eq!(log.take(), ["cleanup", "drop local"]);
}

mod others {
    macro_rules! format {
        ($n:expr) => {{
            if $n == 1 {
                return;
            }
            "none"
        }};
    }
    pub(super) use format;
}

#[async_generator]
async fn leaves_by_a_macro_in_another(log: &Log, n: u32) -> u32 {
    defer! {
        tick().await;
        log.push("cleanup");
    }
    assert!(!Text { text: format!("{n}{}", others::format!(n)) }.text.is_empty());
    yield_!(n);
}

#[test]
fn a_macro_in_another_is_known_by_its_path() {
    let log = Log::default();
    assert_eq!(crate::support::items(leaves_by_a_macro_in_another(&log, 1)), []);
    assert_eq!(log.take(), ["cleanup"]);
    assert_eq!(crate::support::items(leaves_by_a_macro_in_another(&log, 2)), [2]);
    assert_eq!(log.take(), ["cleanup"]);
}
