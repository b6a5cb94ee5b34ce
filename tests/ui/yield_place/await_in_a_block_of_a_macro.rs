//! An await that a macro by a known name takes into a future of its own: it would use the consumer's context while another
//! one does.

use std::{
    future::{Future as _, ready},
    pin::pin,
    task::Context,
};

use gen_runtime::prelude::*;

macro_rules! format {
    ($text:literal, $given:expr) => {
        std::future::poll_fn(|cx| pin!(async { $given }).poll(&mut Context::from_waker(cx.waker())))
            .await
    };
}

#[async_generator]
async fn polls_it_elsewhere() -> u32 {
    yield_!(format!("{}", ready(1).await));
}

#[async_generator]
async fn polls_it_elsewhere_in_a_cleanup() -> u32 {
    defer! {
        let _: u32 = format!("{}", ready(1).await);
    }
    yield_!(1);
}

/// Gives what it is given to somebody else.
macro_rules! vec {
    ($first:expr) => {
        tokio::spawn(async move { $first })
    };
}

#[async_generator]
async fn spawns_it() -> u32 {
    yield_!(1);
    let _ = vec![ready(1).await];
}

/// Has a block of its own by the label of the body.
macro_rules! print {
    ($($given:tt)*) => {
        async { 'only_the_body_itself_may_yield: { $($given)* } }
    };
}

#[async_generator]
async fn labels_it() -> u32 {
    let later = print!(ready(1).await);
    yield_!(later.await);
}

fn main() {}
