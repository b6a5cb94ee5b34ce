//! `#[async_generator]` on inherent methods, with every receiver.

use std::{pin::Pin, rc::Rc, sync::Arc};

use gen_runtime::prelude::*;

use crate::support::{Local, Log, items, next, tick};

#[derive(Default)]
struct Shelf {
    books: Vec<String>,
    visits: u32,
}

impl Shelf {
    fn of(books: &[&str]) -> Self {
        Self { books: books.iter().map(ToString::to_string).collect(), visits: 0 }
    }

    #[async_generator]
    async fn by_value(self) -> String {
        for book in self.books {
            yield_!(book);
        }
    }

    #[async_generator]
    async fn by_mut_value(mut self) -> String {
        while let Some(book) = self.books.pop() {
            yield_!(book);
        }
    }

    #[async_generator]
    async fn iter(&self) -> &String {
        for book in &self.books {
            yield_!(book);
        }
    }

    #[async_generator]
    async fn visit(&mut self) -> u32 {
        for _ in 0..self.books.len() {
            self.visits += 1;
            yield_!(self.visits);
        }
    }

    #[async_generator]
    async fn pinned(mut self: Pin<&mut Self>) -> String {
        while let Some(book) = self.books.pop() {
            tick().await;
            yield_!(book);
        }
    }

    #[async_generator]
    async fn boxed(self: Box<Self>) -> String {
        for book in self.books {
            yield_!(book);
        }
    }

    #[async_generator]
    async fn counted(self: Rc<Self>) -> usize {
        yield_!(Rc::strong_count(&self));
    }

    #[async_generator]
    async fn shared(self: Arc<Self>) -> String {
        for book in &self.books {
            yield_!(book.clone());
        }
    }

    #[async_generator]
    async fn behind(self: &Arc<Self>) -> Arc<Self> {
        yield_!(Arc::clone(self));
    }

    #[async_generator]
    async fn titled(&self, prefix: &str, until: usize) -> &str {
        for book in self.books.iter().filter(|book| book.starts_with(prefix)).take(until) {
            yield_!(book.as_str());
        }
    }

    #[async_generator]
    async fn fresh(books: usize) -> Self {
        for n in 0..books {
            yield_!(Self::of(&[&n.to_string()]));
        }
    }
}

#[test]
fn self_by_value_is_moved_in() {
    assert_eq!(items(Shelf::of(&["a", "b"]).by_value()), ["a", "b"]);
    assert_eq!(items(Shelf::of(&["a", "b"]).by_mut_value()), ["b", "a"]);
}

#[test]
fn items_may_borrow_from_self() {
    let shelf = Shelf::of(&["a", "b"]);
    let kept: Vec<&String> = items(shelf.iter());
    assert!(std::ptr::eq(kept[1], &raw const shelf.books[1]));
}

#[test]
fn elided_item_lifetime_is_that_of_self() {
    let shelf = Shelf::of(&["ab", "b", "ac", "ad"]);
    let found = {
        let prefix = String::from("a");
        items(shelf.titled(&prefix, 2))
    };
    assert_eq!(found, ["ab", "ac"]);
}

#[test]
fn self_by_exclusive_reference_is_changed() {
    let mut shelf = Shelf::of(&["a", "b"]);
    assert_eq!(items(shelf.visit()), [1, 2]);
    assert_eq!(items(shelf.visit()), [3, 4]);
    assert_eq!(shelf.visits, 4);
}

#[test]
fn pinned_self_is_a_receiver() {
    let mut shelf = Shelf::of(&["a", "b"]);
    assert_eq!(items(Pin::new(&mut shelf).pinned()), ["b", "a"]);
    assert!(shelf.books.is_empty());
}

#[test]
fn smart_pointers_to_self_are_receivers() {
    assert_eq!(items(Box::new(Shelf::of(&["a"])).boxed()), ["a"]);
    assert_eq!(items(Rc::new(Shelf::default()).counted()), [1]);
    assert_eq!(items(Arc::new(Shelf::of(&["a"])).shared()), ["a"]);
    let shelf = Arc::new(Shelf::of(&["a"]));
    assert!(Arc::ptr_eq(&items(shelf.behind())[0], &shelf));
}

#[test]
fn associated_function_knows_self() {
    let shelves = items(Shelf::fresh(2));
    assert_eq!(items(shelves[1].iter()), ["1"]);
}

struct Text<'t, const N: usize>(&'t str);

impl<'t, const N: usize> Text<'t, N> {
    const SIZE: usize = N;

    #[async_generator]
    async fn chunks(&self) -> &'t str {
        let mut rest = self.0;
        while rest.len() >= Self::SIZE {
            let (chunk, after) = rest.split_at(Self::SIZE);
            yield_!(chunk);
            rest = after;
        }
    }

    #[async_generator]
    async fn zipped<T>(&self, others: impl IntoIterator<Item = T>) -> (&'t str, T)
    where
        T: Copy,
    {
        for other in others {
            yield_!((self.0, other));
        }
    }
}

#[test]
fn items_may_outlive_a_borrowed_self() {
    let chunks = {
        let text = Text::<2>("abcde");
        items(text.chunks())
    };
    assert_eq!(chunks, ["ab", "cd"]);
}

#[test]
fn method_of_a_generic_type_may_be_generic_itself() {
    assert_eq!(items(Text::<0>("x").zipped([1, 2])), [("x", 1), ("x", 2)]);
}

#[test]
fn unused_self_is_held_until_the_end() {
    struct Owner<'l>(#[expect(dead_code, reason = "dropped")] Local<'l>);
    impl Owner<'_> {
        #[async_generator]
        async fn ignoring(self) -> u8 {
            yield_!(1);
        }
    }
    let log = Log::default();
    let mut generator = Box::pin(Owner(log.local("owner")).ignoring());
    assert_eq!(next(generator.as_mut()), Some(1));
    assert_eq!(log.take(), [""; 0]);
    assert_eq!(next(generator.as_mut()), None);
    assert_eq!(log.take(), ["drop owner"]);
}

#[async_generator]
async fn with_generators_of_its_own(to: u32) -> u32 {
    trait Twice {
        #[async_generator]
        async fn twice(&self) -> u32 {
            yield_!(0);
            yield_!(0);
        }
    }

    struct Upwards(u32);

    impl Upwards {
        #[async_generator]
        async fn counted_up(&self) -> u32 {
            for n in 0..self.0 {
                yield_!(n);
            }
        }
    }

    impl Twice for Upwards {
        #[async_generator]
        async fn twice(&self) -> u32 {
            yield_from!(self.counted_up());
            yield_from!(self.counted_up());
        }
    }

    impl Twice for () {}

    yield_from!(Upwards(to).twice());
    yield_from!(().twice());
}

#[test]
fn impls_and_traits_in_a_body_may_have_generators() {
    assert_eq!(items(with_generators_of_its_own(2)), [0, 1, 0, 1, 0, 0]);
}
