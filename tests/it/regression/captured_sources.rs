//! A source that stays where it was captured did not compile under some names.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use futures::Stream;
use gen_runtime::prelude::*;

use crate::support::items;

#[derive(Clone, Copy)]
struct Empty;

impl Stream for Empty {
    type Item = u32;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<u32>> {
        Poll::Ready(None)
    }
}

const NOTHING: Empty = Empty;

impl Empty {
    fn and_one(self) -> impl Stream<Item = u32> {
        stream! {
            for await item in self {
                yield item;
            }
            yield 1;
        }
    }
}

#[async_generator]
async fn raw(r#in: impl Stream<Item = u32>) -> u32 {
    #[for_await]
    for item in r#in {
        yield_!(item);
    }
}

#[test]
fn a_source_may_be_self() {
    assert_eq!(items(Empty.and_one()), [1]);
}

#[test]
fn a_source_may_be_a_constant_or_a_unit_struct() {
    let named = stream! {
        for await item in Empty { yield item; }
        for await item in NOTHING { yield item; }
        yield 1;
    };
    assert_eq!(items(named), [1]);
    assert_eq!(items(stream_of![item for await item in NOTHING]), [0; 0]);
}

#[test]
fn a_source_may_have_a_raw_name() {
    assert_eq!(items(raw(futures::stream::iter([1, 2]))), [1, 2]);
}
