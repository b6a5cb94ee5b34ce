//! Generators in the hands of other crates.

#![warn(clippy::pedantic)]
#![allow(clippy::items_after_statements, reason = "a test defines its generator where it uses it")]

mod axum;
mod executors;
mod futures;
mod tokio_stream;
mod traits;

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use gen_runtime::prelude::*;

/// How many generators are open.
#[derive(Clone, Default)]
struct Open(Arc<AtomicUsize>);

impl Open {
    fn now(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }

    fn add(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }

    fn remove(&self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Counts to `to`; awaits before each number, and in its cleanup.
#[async_generator]
async fn counted(open: Open, to: u32) -> u32 {
    open.add();
    defer! {
        pause().await;
        open.remove();
    }
    for n in 1..=to {
        pause().await;
        yield_!(n);
    }
}

/// Counts to `to`, and fails there.
#[async_generator]
async fn failing(to: u32) -> Result<u32, String> {
    for n in 1..to {
        yield_!(Ok(n));
    }
    Err(format!("no {to}"))?;
}

/// Pending once, on any executor.
async fn pause() {
    let mut paused = false;
    std::future::poll_fn(|cx| {
        if paused {
            return std::task::Poll::Ready(());
        }
        paused = true;
        cx.waker().wake_by_ref();
        std::task::Poll::Pending
    })
    .await;
}
