//! `generator_syntax!`: items in which the keywords may be written on stable Rust.

use futures::Stream;
use gen_runtime::prelude::*;

use crate::support::{finish, items, next, tick};

generator_syntax! {
    /// Has documentation.
    #[async_generator]
    #[inline]
    pub(crate) async fn count(to: u32) -> u32 {
        for n in 0..to {
            yield n;
        }
    }

    #[async_generator(send = u32, throw = &'static str)]
    async fn conversing() -> u32 {
        let mut next = 0;
        loop {
            let signal = yield next;
            next = match signal {
                Ok(sent) => sent,
                Err(_) => return,
            };
        }
    }

    #[async_generator]
    async fn units() {
        yield;
        yield ();
        match 1 {
            1 => yield,
            _ => {}
        }
    }

    #[async_generator]
    async fn looping(to: u32) -> u32 {
        'all: for await n in count(to) {
            if n == 1 { continue 'all; }
            for await m in count(n) {
                if m == 2 { break 'all; }
                yield n * 10 + m;
            }
        }
    }

    #[async_generator]
    async fn fallible(text: &str) -> Result<u8, std::num::ParseIntError> {
        if text.is_empty() {
            return;
        }
        yield Ok(text.parse()?);
    }

    fn plain(n: u32) -> u32 {
        n + 1
    }
}

#[test]
fn free_functions_yield_by_keyword() {
    assert_eq!(items(count(3)), [0, 1, 2]);
    assert_eq!(items(units()), [(), (), ()]);
}

#[test]
fn keyword_evaluates_to_what_was_sent() {
    let mut generator = Box::pin(conversing());
    assert_eq!(next(generator.as_mut()), Some(0));
    assert_eq!(finish(generator.send(5)), Ok(Some(5)));
    assert_eq!(finish(generator.throw("end")), Ok(None));
}

#[test]
fn for_await_has_labels_and_nests() {
    assert_eq!(items(looping(9)), [20, 21, 30, 31]);
}

#[test]
fn fallible_functions_stay_fallible() {
    assert_eq!(items(fallible("")), []);
    assert_eq!(items(fallible("7")), [Ok(7)]);
    assert!(matches!(items(fallible("x"))[..], [Err(_)]));
}

#[test]
fn other_items_are_left_alone() {
    assert_eq!(plain(1), 2);
}

generator_syntax! {
    #[derive(Debug, Default, PartialEq)]
    pub(crate) struct Shelf<T> {
        books: Vec<T>,
    }

    impl<T: Clone> Shelf<T> {
        const LIMIT: usize = 2;

        fn new(books: &[T]) -> Self {
            Self { books: books.to_vec() }
        }

        #[async_generator]
        async fn iter(&self) -> &T {
            for book in self.books.iter().take(Self::LIMIT) {
                yield book;
            }
        }

        #[async_generator]
        async fn into_items(self) -> T {
            for book in self.books {
                tick().await;
                yield book;
            }
        }
    }

    trait Source {
        type Item;

        #[async_generator]
        async fn required(&self) -> Self::Item;

        #[async_generator]
        async fn provided(&self, times: u8) -> Self::Item {
            for _ in 0..times {
                for await item in self.required() {
                    yield item;
                }
            }
        }

        fn declared(&self) -> impl Stream<Item = u8>;
    }

    impl Source for Shelf<u8> {
        type Item = u8;

        #[async_generator]
        async fn required(&self) -> u8 {
            for book in &self.books {
                yield *book;
            }
        }

        #[async_generator]
        async fn declared(&self) -> u8 {
            yield 9;
        }
    }

    mod inner {
        #[async_generator]
        pub(super) async fn hidden() -> &'static str {
            yield module_path!();
        }

        pub(super) mod innermost {
            #[async_generator]
            pub(crate) async fn deep() -> u8 {
                yield 1;
            }
        }
    }
}

#[test]
fn methods_yield_by_keyword() {
    let shelf = Shelf::new(&["a", "b", "c"]);
    assert_eq!(items(shelf.iter()), [&"a", &"b"]);
    assert_eq!(items(shelf.into_items()), ["a", "b", "c"]);
    assert_eq!(Shelf::<u8>::default(), Shelf::new(&[]));
}

#[test]
fn traits_and_their_impls_yield_by_keyword() {
    let shelf = Shelf::new(&[1, 2]);
    assert_eq!(items(shelf.provided(2)), [1, 2, 1, 2]);
    assert_eq!(items(shelf.declared()), [9]);
}

#[test]
fn modules_may_be_nested() {
    assert!(items(inner::hidden())[0].ends_with("inner"));
    assert_eq!(items(inner::innermost::deep()), [1]);
}

generator_syntax! {
    #[async_generator]
    async fn in_macros(turns: u8) -> u8 {
        for turn in 0..turns {
            tokio::select! {
                biased;
                () = std::future::pending() => yield 99,
                () = tick() => {
                    yield turn;
                    for await n in stream! { yield turn + 10; } {
                        yield n;
                    }
                }
            }
        }
        println!("{:?}", yield 100);
        let mut units = vec![yield 101, yield_!(102)];
        units.clear();
    }

    #[async_generator]
    async fn with_macros() -> u8 {
        yield_!(1);
        async { yield 2; }.await;
        yield if true { 3 } else { 4 };
        #[for_await]
        for n in stream! { yield 5; } {
            yield n;
        }
        yield_from!(in_macros(0));
    }
}

#[test]
fn keywords_stand_in_the_arguments_of_macros() {
    assert_eq!(items(in_macros(2)), [0, 10, 1, 11, 100, 101, 102]);
}

#[test]
fn macro_forms_still_work() {
    assert_eq!(items(with_macros()), [1, 2, 3, 5, 100, 101, 102]);
}

generator_syntax! {
    #[async_generator(boxed)]
    #[cfg(test)]
    #[allow(clippy::unused_async, reason = "an attribute below")]
    #[must_use]
    async fn attributed(depth: u8) -> u8 {
        yield depth;
        if depth > 0 {
            for await n in attributed(depth - 1) {
                yield n;
            }
        }
    }

    #[cfg(not(test))]
    #[async_generator]
    async fn attributed() -> Missing {
        yield missing;
    }

    #[tracing::instrument(skip_all)]
    fn outer() -> Vec<u8> {
        #[async_generator]
        async fn nested() -> u8 {
            yield 1;
        }
        items(nested())
    }

    #[test]
    fn tests_may_stand_inside() {
        let stream = stream! { yield 1; };
        assert_eq!(items(stream), [1]);
    }
}

#[test]
fn other_attributes_are_kept() {
    assert_eq!(items(attributed(2)), [2, 1, 0]);
    assert_eq!(outer(), [1]);
}

#[test]
fn items_may_be_local_to_a_function() {
    generator_syntax! {
        #[async_generator]
        async fn local() -> u8 {
            yield 7;
        }
    }
    assert_eq!(items(local()), [7]);
}

generator_syntax! {
    #[async_generator]
    async fn around_others(to: u8) -> u8 {
        #[async_generator]
        async fn up(to: u8) -> u8 {
            #[async_generator]
            async fn zero() -> u8 {
                yield 0;
            }

            for await n in zero() {
                yield n;
            }
            for n in 1..to {
                yield n;
            }
        }

        struct Down(u8);

        impl Down {
            #[async_generator]
            async fn items(&self) -> u8 {
                for n in (0..self.0).rev() {
                    yield n;
                }
            }
        }

        for await n in up(to) {
            yield n;
        }
        yield_from!(Down(to).items());
    }
}

#[test]
fn functions_and_methods_may_be_nested_in_bodies() {
    assert_eq!(items(around_others(3)), [0, 1, 2, 2, 1, 0]);
}
