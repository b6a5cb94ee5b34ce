//! `?` in a `stream!` did not compile, where `async-stream` takes it.

use std::num::ParseIntError;

use futures::{Stream, StreamExt as _, executor::block_on};
use gen_runtime::stream;

fn numbers(text: &str) -> impl Stream<Item = Result<u32, ParseIntError>> {
    stream! {
        for word in text.split(' ') {
            if word == "end" {
                return;
            }
            yield Ok(word.parse::<u32>()?);
        }
    }
}

#[test]
fn error_that_leaves_a_stream_is_its_last_item() {
    let items = block_on(numbers("1 x 2").collect::<Vec<_>>());
    assert_eq!(items[0], Ok(1));
    assert!(items[1].is_err());
    assert_eq!(items.len(), 2);
    assert_eq!(block_on(numbers("1 end 2").collect::<Vec<_>>()), [Ok(1)]);
}

#[test]
fn question_of_an_inner_body_leaves_the_stream_infallible() {
    let items = stream! {
        let parse = |word: &str| -> Result<u32, ParseIntError> { Ok(word.parse::<u32>()? + 1) };
        let awaited: Result<u32, ParseIntError> = async { Ok("x".parse::<u32>()? + 1) }.await;
        yield parse("1").is_ok() && awaited.is_err();
    };
    assert_eq!(block_on(items.collect::<Vec<_>>()), [true]);
}
