//! `boxed` and `boxed(local)`: one type whatever the body.

use std::{
    collections::VecDeque,
    convert::Infallible,
    ops::Range,
    pin::{Pin, pin},
    rc::Rc,
    task::{Context, Poll},
};

use futures::StreamExt as _;
use gen_runtime::{BoxGenerator, GeneratorState, LocalBoxGenerator, SendError, Signal, prelude::*};

use crate::support::{Log, finish, items, next, poll_once, tick};

trait Shape: Send + Sync {
    #[async_generator(boxed)]
    async fn corners(&self) -> (i32, i32);

    #[async_generator(boxed)]
    async fn names(&self, prefix: &str) -> String {
        yield_!(format!("{prefix} unnamed"));
    }

    #[async_generator(boxed, send = i32, throw = String)]
    async fn scaled(&mut self) -> i32;
}

struct Dot(i32, i32);
struct Line(Dot, Dot);

impl Shape for Dot {
    #[async_generator(boxed)]
    async fn corners(&self) -> (i32, i32) {
        yield_!((self.0, self.1));
    }

    #[async_generator(boxed, send = i32, throw = String)]
    async fn scaled(&mut self) -> i32 {
        loop {
            match yield_!(self.0) {
                Ok(factor) => self.0 *= factor,
                Err(_) => self.0 = 0,
            }
        }
    }
}

impl Shape for Line {
    #[async_generator(boxed)]
    async fn corners(&self) -> (i32, i32) {
        for dot in [&self.0, &self.1] {
            tick().await;
            for corner in items(dot.corners()) {
                yield_!(corner);
            }
        }
    }

    #[async_generator(boxed)]
    async fn names(&self, prefix: &str) -> String {
        yield_!(format!("{prefix} line"));
    }

    #[async_generator(boxed, send = i32, throw = String)]
    async fn scaled(&mut self) -> i32 {}
}

#[test]
fn trait_with_boxed_generators_is_dyn_compatible() {
    let shapes: [Box<dyn Shape>; 2] = [Box::new(Dot(1, 2)), Box::new(Line(Dot(3, 4), Dot(5, 6)))];
    let corners: Vec<_> = shapes.iter().flat_map(|shape| items(shape.corners())).collect();
    assert_eq!(corners, [(1, 2), (3, 4), (5, 6)]);
    let names: Vec<_> = shapes.iter().flat_map(|shape| items(shape.names("a"))).collect();
    assert_eq!(names, ["a unnamed", "a line"]);
}

#[test]
fn boxed_generator_can_be_sent_to_and_thrown_into() {
    let shape: &mut dyn Shape = &mut Dot(3, 0);
    let mut generator = shape.scaled();
    assert_eq!(finish(generator.send(1)), Err(SendError::NotStarted(1)));
    assert_eq!(finish(generator.next()), Some(3));
    assert_eq!(finish(generator.send(2)), Ok(Some(6)));
    assert_eq!(finish(generator.throw(String::new())), Ok(Some(0)));
    finish(generator.close());
    assert_eq!(generator.state(), GeneratorState::Closed);
}

#[async_generator(boxed)]
async fn tree(depth: u32) -> u32 {
    yield_!(depth);
    if depth > 0 {
        yield_from!(tree(depth - 1));
        let mut again = tree(depth - 1);
        while let Some(item) = again.next().await {
            yield_!(item);
        }
    }
}

#[test]
fn boxed_function_may_call_itself() {
    assert_eq!(items(tree(2)), [2, 1, 0, 0, 1, 0, 0]);
}

#[async_generator(boxed(local))]
async fn shared(text: Rc<str>) -> Rc<str> {
    yield_!(Rc::clone(&text));
    tick().await;
    yield_!(text);
}

#[test]
fn local_box_holds_what_is_not_send() {
    let generator: LocalBoxGenerator<'static, Rc<str>> = shared(Rc::from("a"));
    assert_eq!(items(generator), [Rc::from("a"), Rc::from("a")]);
}

struct Tokens<'t> {
    pending: VecDeque<BoxGenerator<'t, &'t str>>,
}

#[async_generator(boxed)]
async fn words<'t>(text: &'t str) -> &'t str {
    for word in text.split(' ') {
        yield_!(word);
    }
}

#[test]
fn boxed_generator_may_be_a_field() {
    let text = String::from("a b");
    let mut tokens = Tokens { pending: VecDeque::from([words(&text), words("c")]) };
    let mut seen = Vec::new();
    while let Some(mut generator) = tokens.pending.pop_front() {
        if let Some(word) = finish(generator.next()) {
            seen.push(word);
            tokens.pending.push_back(generator);
        }
    }
    assert_eq!(seen, ["a", "c", "b"]);
}

#[async_generator(boxed)]
async fn elided(text: &str, times: &usize) -> usize {
    for _ in 0..*times {
        yield_!(text.len());
    }
}

#[async_generator(boxed)]
async fn generic<T: Clone + Send, const N: usize>(values: [T; N], f: impl Fn(T) -> T + Send) -> T {
    for value in values {
        yield_!(f(value));
    }
}

#[async_generator(boxed)]
async fn fallible(text: &str) -> Result<u8, std::num::ParseIntError> {
    yield_!(Ok(text.parse()?));
}

#[async_generator(boxed)]
async fn alone() -> u8 {
    yield_!(1);
}

#[test]
fn boxed_function_has_every_form_of_signature() {
    assert_eq!(items(elided(&String::from("ab"), &2)), [2, 2]);
    assert_eq!(items(generic([1, 2], |n| n * 10)), [10, 20]);
    assert!(matches!(items(fallible("x"))[..], [Err(_)]));
    let unborrowed: BoxGenerator<'static, u8> = alone();
    assert_eq!(items(unborrowed), [1]);
}

struct Named<'a0>(&'a0 str);

impl<'a0> Named<'a0> {
    #[async_generator(boxed)]
    async fn joined(&self, with: &str) -> (&'a0 str, String) {
        yield_!((self.0, format!("{}{with}", self.0)));
    }
}

#[async_generator(boxed)]
async fn first<'generator, 'a0>(of: &'a0 str, _and: &'generator str, _unnamed: &str) -> &'a0 str {
    yield_!(of);
}

#[test]
fn lifetimes_may_have_any_name() {
    assert_eq!(items(Named("a").joined("b")), [("a", String::from("ab"))]);
    assert_eq!(items(first("a", "b", "c")), ["a"]);
}

#[async_generator(boxed(local))]
async fn shown(all: &[impl ToString], mark: &impl ToString) -> String {
    for one in all {
        yield_!(one.to_string() + &mark.to_string());
    }
}

#[async_generator(boxed)]
async fn behind<'a>(text: &'a String) -> &'a impl ToString {
    yield_!(text);
}

#[test]
fn impl_may_be_behind_a_reference() {
    assert_eq!(items(shown(&["a", "b"], &1)), ["a1", "b1"]);
    assert_eq!(items(behind(&String::from("a")).map(ToString::to_string)), ["a"]);
}

#[test]
fn boxed_generators_may_be_swapped_between_polls() {
    let (mut a, mut b) = (words("a b"), words("c d"));
    assert_eq!((finish(a.next()), finish(b.next())), (Some("a"), Some("c")));
    std::mem::swap(&mut a, &mut b);
    assert_eq!((finish(a.next()), finish(b.next())), (Some("d"), Some("b")));
}

#[test]
fn dropping_a_box_drops_the_body() {
    let log = &Log::default();
    let mut generator = LocalBoxGenerator::new(stream! {
        let _local = log.local("held");
        yield 1;
    });
    assert_eq!(next(std::pin::Pin::new(&mut generator)), Some(1));
    drop(generator);
    assert_eq!(log.take(), ["drop held"]);
}

#[test]
fn a_body_may_be_aligned_to_more_than_a_pointer() {
    #[repr(align(64))]
    struct Aligned(u8);

    #[async_generator(boxed)]
    async fn addresses(first: Aligned) -> usize {
        let second = Aligned(first.0 + 1);
        yield_!(std::ptr::from_ref(&first).addr());
        yield_!(std::ptr::from_ref(&second).addr());
        assert_eq!((first.0, second.0), (1, 2));
    }

    let addresses = items(addresses(Aligned(1)));
    assert_eq!(addresses.len(), 2);
    assert!(addresses.iter().all(|address| address % 64 == 0), "{addresses:?}");
}

/// Goes on while it is closed, and is closed the second time.
struct Stubborn {
    items: Range<u32>,
    is_closing: bool,
}

impl AsyncGenerator for Stubborn {
    type Yield = u32;
    type Sent = ();
    type Thrown = Infallible;

    fn poll_resume(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        _: &mut Option<Signal<(), Infallible>>,
    ) -> Poll<Option<u32>> {
        Poll::Ready(self.items.next())
    }

    fn poll_close(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.is_closing, true) { Poll::Ready(()) } else { Poll::Pending }
    }

    fn state(&self) -> GeneratorState {
        GeneratorState::Suspended
    }

    fn has_pending_cleanup(&self) -> bool {
        false
    }
}

#[async_generator(boxed(local))]
async fn with_a_stubborn_source() -> u32 {
    yield_!(100);
    yield_from!(LocalBoxGenerator::new(Stubborn { items: 0..9, is_closing: false }));
    yield_!(200);
}

#[async_generator(boxed(local))]
async fn around(inner: LocalBoxGenerator<'static, u32>) -> u32 {
    yield_!(300);
    yield_from!(inner);
}

#[test]
fn one_whose_close_was_dropped_half_way_does_not_go_on_when_it_is_delegated_to() {
    let mut inner = with_a_stubborn_source();
    for n in [100, 0, 1, 2, 3] {
        assert_eq!(next(Pin::new(&mut inner)), Some(n));
    }
    assert!(poll_once(pin!(inner.close())).is_pending());
    assert_eq!(items(around(inner)), [300, 4, 5, 6, 7, 8]);
}

#[test]
fn a_generator_is_boxed_into_what_is_expected() {
    #[async_generator(send = u32)]
    async fn sums(from: &u32) -> u32 {
        let mut sum = *from;
        loop {
            sum += yield_!(sum);
        }
    }
    let from = 1;
    let mut boxed: BoxGenerator<'_, u32, u32> = sums(&from).into();
    let mut local = LocalBoxGenerator::from(sums(&from));
    assert_eq!(finish(boxed.next()), Some(1));
    assert_eq!(finish(boxed.send(4)), Ok(Some(5)));
    assert_eq!(finish(local.next()), Some(1));
}
