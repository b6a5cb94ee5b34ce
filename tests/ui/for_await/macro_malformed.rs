//! `for_await!` without its parts.

use gen_runtime::prelude::*;

async fn run() {
    for_await!(futures::stream::iter([1]));
    for_await!(n of futures::stream::iter([1]) {});
    for_await!(n in futures::stream::iter([1]));
    for_await!();
}

fn main() {}
