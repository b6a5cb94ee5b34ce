//! Code that is spelled with more parentheses, braces and names than it needs, where lints have their say, or have none.

use gen_runtime::prelude::*;

use crate::{Log, linted, note, tick};

async fn number() -> u32 {
    tick().await;
    1
}

async fn maybe() -> Option<u32> {
    tick().await;
    Some(1)
}

fn parsed(text: &str) -> Result<u32, std::num::ParseIntError> {
    text.parse()
}

/// Has the parentheses of an expression around what it awaits.
#[async_generator]
pub async fn in_parentheses(log: &Log) -> u32 {
    let mut first = Box::pin(number());
    let mut other = Box::pin(number());
    let second = (&mut first).await;
    yield_!(second);
    yield_!((if second == 2 { &mut first } else { &mut other }).await);
    {
        defer! { note(log, "done"); }
        yield_!((number()).await);
        let third = (match second {
            1 => Box::pin(number()),
            _ => other,
        })
        .await;
        yield_!(third);
    }
    for_await!(n in (linted::plain(1)) { yield_!(n); });
    yield_from!((linted::plain(1)));
}

/// The same of what is asked of it.
///
/// # Errors
///
/// That of the text.
#[async_generator]
pub async fn asked_in_parentheses(texts: &[&str]) -> Result<u32, std::num::ParseIntError> {
    for text in texts {
        defer! { tick().await; }
        let number = (parsed(text))?;
        yield_!(Ok(number));
        yield_!(Ok((if number > 1 { parsed("1") } else { parsed("2") })?));
    }
}

/// Has blocks around awaits.
#[async_generator]
pub async fn of_blocks(log: &Log) -> u32 {
    let first = {
        let first = number().await;
        note(log, "first");
        first
    };
    yield_!(first);
    #[for_await]
    for n in linted::plain(1) {
        let n = {
            let n = number().await + n;
            tick().await;
            n
        };
        yield_!(n);
        if let Some(n) = maybe().await {
            yield_!(n);
        }
    }
}

/// Begins with items.
#[async_generator]
pub async fn item_first() -> u32 {
    use std::{cmp::max, mem::take};
    /// Is counted to.
    const LAST: u32 = 2;
    let mut last = max(LAST, 1);
    yield_!(take(&mut last));
    for n in 0..LAST {
        yield_!(n);
    }
}

/// Has a loop at the end of a branch of a macro.
#[async_generator]
pub async fn ends_with_a_loop(log: &Log) -> u32 {
    yield_!(1);
    futures::select! {
        n = futures::future::ready(1) => {
            yield_!(n);
            #[for_await]
            for n in linted::plain(1) {
                yield_!(n);
            }
        }
        () = futures::future::ready(()) => note(log, "ready"),
    }
}

/// An error that is large.
#[derive(Debug)]
pub struct Large(pub [u8; 200]);

#[allow(clippy::result_large_err)] // it is what is asked
async fn fails(number: u32) -> Result<u32, Large> {
    tick().await;
    if number > 0 { Ok(number) } else { Err(Large([0; 200])) }
}

/// Asks for an error that is large.
///
/// # Errors
///
/// That.
#[async_generator]
pub async fn asks_of_large(number: u32) -> Result<u32, Large> {
    defer! { tick().await; }
    let number = fails(number).await?;
    yield_!(Ok(number));
}

/// Is linted as any other function.
///
/// # Panics
///
/// Never.
#[async_generator]
#[expect(clippy::print_literal, clippy::assertions_on_constants)]
pub async fn linted_macros() -> u32 {
    println!("{}", "a literal");
    assert!(true);
    yield_!(1);
}

/// Says when it is dropped, and as what.
#[derive(Debug)]
pub struct Transaction<'l> {
    log: &'l Log,
    state: &'static str,
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        note(self.log, self.state);
    }
}

impl Transaction<'_> {
    /// Writes what only a drop reads.
    #[async_generator]
    pub async fn commit(mut self) -> u32 {
        yield_!(1);
        self.state = "committed";
    }
}

/// Yields behind an `if` on the same line, which rustfmt leaves there in a macro.
pub fn on_one_line(to: u32) -> impl futures::Stream<Item = u32> {
    gen_runtime::stream! {
        for n in 0..to { if n == 3 { continue; } yield n; }
        if to > 3 { return; } gen_runtime::yield_!(to);
    }
}
