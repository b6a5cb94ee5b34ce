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

macro_rules! with_source_of_its_own {
    ($source:ident) => {
        #[async_generator]
        #[allow(unused, reason = "that its name stands in the body once is what is tested")]
        async fn second(source: Vec<u32>, $source: impl Stream<Item = u32>) -> u32 {
            #[for_await]
            for item in $source {
                yield_!(item);
            }
        }

        #[async_generator]
        #[allow(unused, reason = "that its name stands in the body once is what is tested")]
        async fn behind_a_mut(mut source: Vec<u32>, $source: impl Stream<Item = u32>) -> u32 {
            yield_from!($source);
        }

        #[async_generator]
        #[allow(unused, reason = "that its name stands in the body once is what is tested")]
        async fn first((source,): (impl Stream<Item = u32>,), $source: Vec<u32>) -> u32 {
            yield_from!(source);
        }
    };
}

with_source_of_its_own!(source);

#[test]
fn a_source_may_have_the_name_of_another_argument_in_a_macro() {
    let source = || futures::stream::iter([1, 2]);
    assert_eq!(items(second(Vec::new(), source())), [1, 2]);
    assert_eq!(items(behind_a_mut(Vec::new(), source())), [1, 2]);
    assert_eq!(items(first((source(),), Vec::new())), [1, 2]);
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
