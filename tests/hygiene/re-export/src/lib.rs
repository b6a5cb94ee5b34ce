//! Generators of a runtime that a framework hands on: this crate depends on the framework alone.

use std::cell::Cell;

use facade::gen_runtime::{AsyncGenerator, prelude::*};

/// Every construct of a body.
#[async_generator(crate = "::facade::gen_runtime")]
pub async fn constructs(closed: &Cell<bool>) -> u32 {
    defer! { closed.set(true); }
    yield_!(1);
    #[for_await]
    for n in facade::stream! { yield 2; yield 3; } {
        yield_!(n);
    }
    yield_from!(facade::counted!(2));
    yield_from!(facade::stream_of![n * 10 for await n in facade::counted!(2)]);
    #[for_await]
    for n in results() {
        yield_!(n.unwrap_or(99));
    }
}

/// A fallible generator, anonymous.
pub fn results() -> impl AsyncGenerator<Yield = Result<u32, String>> {
    facade::try_stream! {
        yield 4;
        yield "x".parse::<u32>().map_err(|error| error.to_string())?;
    }
}

facade::define_counter! {
    /// Counts.
    pub counter: u8
}

/// The sum of a counter.
pub async fn sum(limit: u8) -> u8 {
    let mut sum = 0;
    facade::for_await!(n in counter(limit) {
        sum += n;
    });
    sum
}

#[cfg(test)]
mod tests {
    use futures::{StreamExt as _, executor::block_on};

    use super::*;

    #[test]
    fn every_construct_finds_the_runtime_behind_the_framework() {
        let closed = Cell::new(false);
        let items: Vec<_> = block_on(constructs(&closed).collect());
        assert_eq!(items, [1, 2, 3, 0, 1, 0, 10, 4, 99]);
        assert!(closed.get());
    }

    #[test]
    fn macros_of_the_framework_may_define_generators() {
        assert_eq!(block_on(counter(3).collect::<Vec<_>>()), [0, 1, 2]);
        assert_eq!(block_on(sum(3)), 3);
    }
}
