//! Stages and owners that close, stepped by hand.

#![warn(clippy::pedantic)]
#![allow(clippy::items_after_statements, reason = "a test defines its generator where it uses it")]

#[allow(dead_code, reason = "shared with tests/it/, which uses all of it")]
#[path = "../it/support.rs"]
mod support;

mod close_on_drop;
mod close_on_tokio;
mod from_stream;
mod one_source;
mod several;
mod timeout;

use gen_runtime::prelude::*;
use support::{Log, quiet_panic, tick};

/// Counts to `to`, with a cleanup that awaits once.
#[async_generator]
async fn counted(log: &Log, name: &'static str, to: u32) -> u32 {
    log.push(format!("open {name}"));
    defer! {
        tick().await;
        log.push(format!("close {name}"));
    }
    for n in 1..=to {
        yield_!(n);
    }
}

/// A cleanup that panics.
fn fail() {
    quiet_panic();
}
