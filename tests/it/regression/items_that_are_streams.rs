//! Items that are futures or streams were taken for a mistake, and so was a type of the user's called `Generator`.

use std::{future::ready, pin::Pin};

use futures::{
    FutureExt as _, Stream, StreamExt as _,
    future::BoxFuture,
    stream::{self, BoxStream},
};
use gen_runtime::prelude::*;

use crate::support::items;

#[async_generator]
async fn jobs(to: u32) -> Pin<Box<dyn Future<Output = u32>>> {
    for n in 0..to {
        yield_!(Box::pin(async move { n }));
    }
}

#[async_generator]
async fn named_jobs(to: u32) -> BoxFuture<'static, u32> {
    for n in 0..to {
        yield_!(ready(n).boxed());
    }
}

#[async_generator]
async fn hidden_jobs(to: u32) -> impl Future<Output = u32> {
    for n in 0..to {
        yield_!(ready(n));
    }
}

#[test]
fn items_may_be_futures() {
    assert_eq!(items(jobs(3).buffered(2)), [0, 1, 2]);
    assert_eq!(items(named_jobs(3).buffered(2)), [0, 1, 2]);
    assert_eq!(items(hidden_jobs(3).buffered(2)), [0, 1, 2]);
}

type Group = BoxStream<'static, u32>;

#[async_generator]
async fn groups(to: u32) -> Group {
    for n in 0..to {
        yield_!(stream::iter(0..n).boxed());
    }
}

fn hidden_groups(to: u32) -> impl Stream<Item = impl Stream<Item = u32>> {
    stream! {
        for n in 0..to {
            yield stream::iter(0..n);
        }
    }
}

#[test]
fn items_may_be_streams_whose_type_has_another_name_or_none() {
    assert_eq!(items(groups(3).flatten()), [0, 0, 1]);
    assert_eq!(items(hidden_groups(3).flatten()), [0, 0, 1]);
}

#[derive(Debug, PartialEq)]
struct Generator {
    watts: u32,
}

#[async_generator]
async fn plants() -> Generator {
    yield_!(Generator { watts: 3 });
}

#[test]
fn a_type_that_says_nothing_of_items_is_the_item() {
    assert_eq!(items(plants()), [Generator { watts: 3 }]);
}
