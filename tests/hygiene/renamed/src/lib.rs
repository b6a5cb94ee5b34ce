//! Generators of a runtime that `Cargo.toml` gives another name. Nothing is imported: macros are
//! called by their path.

use std::{cell::Cell, future::Future};

/// Every construct of a body.
#[generators::async_generator(crate = "::generators")]
pub async fn constructs(closed: &Cell<bool>) -> Result<u32, String> {
    generators::defer! { closed.set(true); }
    generators::yield_!(Ok(1));
    #[for_await]
    for n in evens(4) {
        generators::yield_!(Ok(n));
    }
    generators::yield_from!(generators::try_stream! {
        yield 10;
        for await n in evens(2) {
            yield n;
        }
    });
    generators::yield_from!(generators::stream_of![Ok(n) for await n in evens(2)]);
    let ended = async {
        generators::yield_!(Ok(20));
        "x".parse::<u32>()
    }
    .await;
    generators::yield_!(Ok(30));
    ended.map_err(|error| error.to_string())?;
}

/// A path instead of a string is as good.
#[generators::async_generator(crate = "generators")]
pub async fn evens(limit: u32) -> u32 {
    for n in (0..limit).step_by(2) {
        generators::yield_!(n);
    }
}

/// Boxed, with both signals.
#[generators::async_generator(crate = "::generators", boxed, send = u32, throw = String)]
pub async fn echo(first: u32) -> u32 {
    let mut item = first;
    while let Ok(sent) = generators::yield_!(item) {
        item = sent;
    }
}

/// An anonymous generator.
pub fn anonymous(closed: &Cell<bool>) -> generators::Generator<impl Future<Output = ()>, u32> {
    generators::stream! {
        generators::defer! { closed.set(true); }
        yield 1;
        generators::yield_!(2);
        for await n in evens(3) {
            yield n;
        }
    }
}

/// The sum of what a generator gives, with an async `for` outside a generator.
pub async fn sum(limit: u32) -> u32 {
    let mut sum = 0;
    generators::for_await!(n in evens(limit) {
        sum += n;
    });
    sum
}

generators::generator_syntax! {
    /// The keywords.
    #[generators::async_generator(crate = "::generators")]
    pub async fn keywords() -> u32 {
        for await n in evens(3) {
            yield n;
        }
    }
}

#[cfg(test)]
mod tests {
    use futures::{StreamExt as _, executor::block_on};
    use generators::AsyncGenerator as _;

    use super::*;

    #[test]
    fn every_construct_finds_the_renamed_runtime() {
        let closed = Cell::new(false);
        let items: Vec<_> = block_on(constructs(&closed).collect());
        assert_eq!(items[..8], [1, 0, 2, 10, 0, 0, 20, 30].map(Ok));
        assert_eq!(items[8..], [Err(String::from("invalid digit found in string"))]);
        assert!(closed.get());
    }

    #[test]
    fn stream_finds_the_renamed_runtime() {
        let closed = Cell::new(false);
        let mut items = Box::pin(anonymous(&closed));
        assert_eq!(block_on(items.as_mut().take(4).collect::<Vec<_>>()), [1, 2, 0, 2]);
        block_on(items.close());
        assert!(closed.get());
    }

    #[test]
    fn signals_find_the_renamed_runtime() {
        block_on(async {
            let mut items = echo(1);
            assert_eq!(items.next().await, Some(1));
            assert_eq!(items.send(5).await, Ok(Some(5)));
            assert_eq!(items.throw(String::new()).await, Ok(None));
        });
    }

    #[test]
    fn loops_and_keywords_find_the_renamed_runtime() {
        assert_eq!(block_on(sum(5)), 6);
        assert_eq!(block_on(keywords().collect::<Vec<_>>()), [0, 2]);
    }
}
