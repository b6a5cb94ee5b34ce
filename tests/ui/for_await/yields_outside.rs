//! A yield in a `for_await!` that is in no body, or that a macro makes: what it owns would not be closed with the generator.

use gen_runtime::prelude::*;

async fn outside() {
    for_await!(n in futures::stream::iter([1, 2]) {
        yield_!(n);
    });
}

macro_rules! forward {
    ($source:expr) => {
        for_await!(n in $source { yield_!(n); })
    };
}

macro_rules! each {
    ($n:pat in $source:expr => $body:block) => {
        for_await!($n in $source { $body })
    };
}

#[async_generator]
async fn forwards() -> u32 {
    forward!(futures::stream::iter([1, 2]));
    each!(n in futures::stream::iter([1, 2]) => { yield_from!(futures::stream::iter([n])); });
}

async fn within_others() {
    for_await!(n in futures::stream::iter([1, 2]) {
        defer! { yield_!(n); }
        for_await!(m in futures::stream::iter([n]) {
            yield_!(m);
        });
    });
}

fn in_a_stream() -> impl futures::Stream<Item = u32> {
    stream! {
        each!(n in futures::stream::iter([1, 2]) => { drop(n.to_string()); });
        yield 1;
    }
}

fn main() {}
