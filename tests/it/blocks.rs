//! Async blocks that a body awaits on the spot: they may yield, and `return` and `?` end them alone.

use gen_runtime::prelude::*;

use crate::support::{items, tick};

#[async_generator]
async fn blocks(text: &str) -> String {
    let mut seen = 0;
    let parsed: Result<u8, std::num::ParseIntError> = async {
        yield_!(String::from("start"));
        seen += 1;
        let n = text.parse()?;
        yield_!(format!("parsed {n}"));
        tick().await;
        Ok(n)
    }
    .await;
    let inner = (async move {
        yield_!(format!("seen {seen}"));
        async {
            if seen == 1 {
                return "returned";
            }
            "ended"
        }
        .await
    })
    .await;
    yield_!(format!("{parsed:?} {inner}"));
}

#[test]
fn awaited_blocks_may_yield() {
    assert_eq!(items(blocks("7")), ["start", "parsed 7", "seen 1", "Ok(7) returned"]);
    assert_eq!(items(blocks("")).len(), 3);
}

#[async_generator(send = u8)]
async fn as_operands(n: u8) -> u8 {
    let total = async { yield_!(n) }.await + (async move { yield_!(n + 1) }).await;
    yield_!(total);
}

#[test]
fn awaited_block_is_a_value() {
    let mut generator = Box::pin(as_operands(1));
    let mut found = Vec::from_iter(crate::support::next(generator.as_mut()));
    for sent in [10, 20, 30] {
        found.extend(crate::support::finish(generator.send(sent)).unwrap());
    }
    assert_eq!(found, [1, 2, 30]);
}

#[async_generator]
async fn fallible(texts: &[&str]) -> Result<u8, std::num::ParseIntError> {
    for text in texts {
        let caught: Result<(), std::num::ParseIntError> = async {
            yield_!(Ok(text.parse()?));
            Ok(())
        }
        .await;
        if caught.is_err() {
            yield_!(Ok(99));
        }
    }
    yield_!(Ok(texts[0].parse()?));
}

#[test]
fn question_mark_ends_the_block_and_not_the_body() {
    assert_eq!(items(fallible(&["1", "x", "2"])), [Ok(1), Ok(99), Ok(2), Ok(1)]);
}
