//! `#[async_generator]` on the methods of traits: declared, with a default body, and implemented.

use futures::Stream;
use gen_runtime::prelude::*;

use crate::support::{finish, items, next, tick};

trait Source {
    type Item: Clone;

    const TIMES: usize;

    #[async_generator]
    async fn required(&self) -> Self::Item;

    #[async_generator]
    async fn provided(&self, suffix: Self::Item) -> Self::Item {
        for item in items(self.required()) {
            yield_!(item);
        }
        for _ in 0..Self::TIMES {
            yield_!(suffix.clone());
        }
    }

    #[async_generator]
    async fn named() -> &'static str {
        yield_!(std::any::type_name::<Self>());
    }

    #[async_generator(send = u8, throw = Self::Item)]
    async fn conversing(&mut self) -> Self::Item;
}

struct Plain;

impl Source for Plain {
    type Item = u8;

    const TIMES: usize = 2;

    #[async_generator]
    async fn required(&self) -> u8 {
        yield_!(1);
    }

    #[async_generator(send = u8, throw = u8)]
    async fn conversing(&mut self) -> u8 {
        let answer = yield_!(0);
        let _ = yield_!(answer.unwrap_or_else(|thrown| thrown * 10));
    }
}

struct Overriding;

impl Source for Overriding {
    type Item = String;

    const TIMES: usize = 0;

    #[async_generator]
    async fn required(&self) -> String {
        yield_!(String::from("required"));
    }

    #[async_generator]
    async fn provided(&self, suffix: String) -> Self::Item {
        yield_!(suffix + "!");
    }

    #[async_generator]
    async fn named() -> &'static str {
        yield_!("overriding");
    }

    #[async_generator(send = u8, throw = String)]
    async fn conversing(&mut self) -> String {}
}

#[test]
fn trait_method_is_implemented() {
    assert_eq!(items(Plain.required()), [1]);
    assert_eq!(items(Overriding.required()), ["required"]);
}

#[test]
fn default_body_is_used_and_overridden() {
    assert_eq!(items(Plain.provided(7)), [1, 7, 7]);
    assert_eq!(items(Overriding.provided(String::from("a"))), ["a!"]);
    assert!(items(Plain::named())[0].ends_with("Plain"));
    assert_eq!(items(Overriding::named()), ["overriding"]);
}

#[test]
fn trait_method_works_behind_a_bound() {
    fn twice<S: Source>(source: &S) -> Vec<S::Item> {
        [items(source.required()), items(source.required())].concat()
    }
    assert_eq!(twice(&Plain), [1, 1]);
}

#[test]
fn trait_method_can_be_sent_to_and_thrown_into() {
    fn converse<S: Source<Item = u8>>(source: &mut S) -> Vec<u8> {
        let mut generator = Box::pin(source.conversing());
        assert_eq!(next(generator.as_mut()), Some(0));
        let thrown = finish(generator.throw(4)).unwrap();
        thrown.into_iter().collect()
    }
    assert_eq!(converse(&mut Plain), [40]);
    assert_eq!(items(Overriding.conversing()), [""; 0]);
}

trait Foreign {
    fn numbers(&self, to: u8) -> impl Stream<Item = u8>;
    fn sendable(self) -> impl Stream<Item = u8> + Send + 'static;
    fn words<'w>(&self, text: &'w str) -> impl Stream<Item = &'w str>;
}

impl Foreign for Plain {
    #[async_generator]
    async fn numbers(&self, to: u8) -> u8 {
        for n in 0..to {
            yield_!(n);
        }
    }

    #[async_generator]
    async fn sendable(self) -> u8 {
        tick().await;
        yield_!(9);
    }

    #[async_generator]
    async fn words<'w>(&self, text: &'w str) -> &'w str {
        for word in text.split(' ') {
            yield_!(word);
        }
    }
}

#[test]
fn trait_that_declares_a_stream_is_implemented() {
    fn all<F: Foreign>(foreign: &F) -> Vec<u8> {
        items(foreign.numbers(3))
    }
    assert_eq!(all(&Plain), [0, 1, 2]);
    assert_eq!(items(Plain.words("a b")), ["a", "b"]);
    let on_another_thread = std::thread::spawn(|| items(Box::pin(Plain.sendable())));
    assert_eq!(on_another_thread.join().unwrap(), [9]);
}
