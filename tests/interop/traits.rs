//! Generators behind the traits that services are made of.

use std::{
    convert::Infallible,
    future::{Ready, ready},
    task::{Context, Poll},
};

use async_trait::async_trait;
use futures::{StreamExt as _, executor::block_on, stream::BoxStream};
use gen_runtime::{BoxGenerator, prelude::*};
use tower::{Service, ServiceExt as _, service_fn};

use crate::{Open, counted, pause};

/// A response with a stream in a field, as `tower` services have it.
struct Reply {
    status: u16,
    rows: BoxStream<'static, u32>,
}

#[derive(Clone)]
struct Rows(Open);

impl Service<u32> for Rows {
    type Response = Reply;
    type Error = Infallible;
    type Future = Ready<Result<Reply, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, to: u32) -> Self::Future {
        ready(Ok(Reply { status: 200, rows: counted(self.0.clone(), to).boxed() }))
    }
}

#[test]
fn a_service_answers_with_a_stream_in_a_field() {
    block_on(async {
        let open = Open::default();
        let reply = Rows(open.clone()).oneshot(3).await.unwrap();
        assert_eq!(reply.status, 200);
        assert_eq!(reply.rows.collect::<Vec<_>>().await, [1, 2, 3]);
        assert_eq!(open.now(), 0);
    });
}

#[test]
fn a_layer_maps_the_stream_of_another_service() {
    #[async_generator]
    async fn doubled(rows: BoxStream<'static, u32>) -> u32 {
        #[for_await]
        for n in rows {
            yield_!(2 * n);
        }
    }
    block_on(async {
        let inner = Rows(Open::default());
        let outer = service_fn(|to| {
            let inner = inner.clone();
            async move {
                let Reply { status, rows } = inner.oneshot(to).await?;
                Ok::<_, Infallible>(Reply { status, rows: Box::pin(doubled(rows)) })
            }
        });
        let reply = outer.oneshot(2).await.unwrap();
        assert_eq!(reply.rows.collect::<Vec<_>>().await, [2, 4]);
    });
}

// `#[async_trait]` rewrites every `async fn` in it before another attribute sees it: in there a generator
// is a plain `fn` that returns one.
#[async_trait]
trait Store: Sync {
    async fn open(&self) -> BoxStream<'_, String>;

    fn rows(&self) -> BoxGenerator<'_, u32>;

    async fn total(&self) -> u32 {
        let mut total = 0;
        for_await!(n in self.rows() {
            total += n;
        });
        total
    }
}

struct Memory {
    rows: Vec<u32>,
}

impl Memory {
    #[async_generator(boxed)]
    async fn numbers(&self) -> u32 {
        for n in &self.rows {
            yield_!(*n);
        }
    }
}

#[async_trait]
impl Store for Memory {
    async fn open(&self) -> BoxStream<'_, String> {
        pause().await;
        let prefix = String::from("row");
        stream! {
            for n in &self.rows {
                pause().await;
                yield format!("{prefix} {n}");
            }
        }
        .boxed()
    }

    fn rows(&self) -> BoxGenerator<'_, u32> {
        self.numbers()
    }
}

#[test]
fn async_trait_methods_return_generators_and_loop_over_them() {
    let store: Box<dyn Store> = Box::new(Memory { rows: vec![1, 2] });
    block_on(async {
        assert_eq!(store.open().await.collect::<Vec<_>>().await, ["row 1", "row 2"]);
        assert_eq!(store.rows().collect::<Vec<_>>().await, [1, 2]);
        assert_eq!(store.total().await, 3);
    });
}

#[test]
fn a_generator_awaits_async_trait_methods() {
    #[async_generator]
    async fn lengths(store: &dyn Store) -> usize {
        let rows = store.open().await;
        #[for_await]
        for row in rows {
            yield_!(row.len());
        }
    }
    let store = Memory { rows: vec![1, 22] };
    assert_eq!(block_on(lengths(&store).collect::<Vec<_>>()), [5, 6]);
}
