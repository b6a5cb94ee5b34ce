//! Generators behind references, pins, boxes and trait objects.

use std::{
    convert::Infallible,
    pin::{Pin, pin},
};

use futures::{Stream, StreamExt as _};
use gen_runtime::{BoxGenerator, GeneratorState, prelude::*};

use crate::support::{Log, finish, next};

#[async_generator(send = u8, throw = &'static str)]
async fn echo() -> String {
    defer! {}
    let mut signal = yield_!(String::from("first"));
    loop {
        signal = yield_!(format!("{signal:?}"));
    }
}

/// Uses a generator through nothing but the trait.
fn use_it<G>(mut generator: G)
where
    G: AsyncGenerator<Yield = String, Sent = u8, Thrown = &'static str> + Unpin,
{
    assert_eq!(generator.state(), GeneratorState::Suspended);
    assert!(generator.has_pending_cleanup());
    assert_eq!(finish(generator.send(1)).unwrap().unwrap(), "Ok(1)");
    assert_eq!(finish(generator.throw("up")).unwrap().unwrap(), "Err(\"up\")");
    finish(generator.close());
    assert_eq!(generator.state(), GeneratorState::Closed);
    assert!(!generator.has_pending_cleanup());
}

fn started() -> Pin<Box<impl Echo>> {
    let mut generator = Box::pin(echo());
    assert_eq!(next(generator.as_mut()).unwrap(), "first");
    generator
}

trait Echo:
    AsyncGenerator<Yield = String, Sent = u8, Thrown = &'static str> + Stream<Item = String>
{
}

impl<G> Echo for G where
    G: AsyncGenerator<Yield = String, Sent = u8, Thrown = &'static str> + Stream<Item = String>
{
}

#[test]
fn pinned_box_is_a_generator() {
    use_it(started());
}

#[test]
fn pinned_reference_is_a_generator() {
    let mut generator = started();
    use_it(generator.as_mut());
    assert_eq!(generator.state(), GeneratorState::Closed);
}

#[test]
fn reference_is_a_generator() {
    let mut generator = started();
    use_it(&mut generator);
    assert_eq!(generator.state(), GeneratorState::Closed);
}

#[test]
fn box_is_a_generator() {
    use_it(Box::new(started()));
}

#[test]
fn pointers_may_nest() {
    let mut generator = Box::new(started());
    use_it(Box::new(Pin::new(&mut &mut generator)));
}

type Object<'g> = dyn AsyncGenerator<Yield = String, Sent = u8, Thrown = &'static str> + Send + 'g;

#[test]
fn pinned_trait_object_is_a_generator() {
    let mut generator = pin!(echo());
    assert_eq!(next(generator.as_mut()).unwrap(), "first");
    let object: Pin<&mut Object<'_>> = generator;
    use_it(object);
}

#[test]
fn boxed_trait_object_is_a_generator() {
    let mut generator = Box::pin(echo());
    assert_eq!(next(generator.as_mut()).unwrap(), "first");
    let object: Pin<Box<Object<'_>>> = generator;
    use_it(object);
}

#[test]
fn unpin_trait_object_is_a_generator_behind_a_box() {
    let mut generator = BoxGenerator::new(echo());
    assert_eq!(finish(generator.next()).unwrap(), "first");
    let object: Box<dyn AsyncGenerator<Yield = _, Sent = _, Thrown = _> + Unpin> =
        Box::new(generator);
    use_it(object);
}

#[test]
fn generator_boxed_twice_is_a_generator() {
    let mut generator = BoxGenerator::new(BoxGenerator::new(echo()));
    assert_eq!(finish(generator.next()).unwrap(), "first");
    use_it(generator);
}

#[test]
fn generic_code_takes_any_generator() {
    async fn drain<G>(generator: G) -> u32
    where
        G: AsyncGenerator<Yield = u32, Sent = (), Thrown = Infallible>,
    {
        let mut sum = 0;
        for_await!(item in generator { sum += item; });
        sum
    }
    #[async_generator]
    async fn count(to: u32) -> u32 {
        for n in 0..to {
            yield_!(n);
        }
    }
    let mut borrowed = pin!(count(4));
    assert_eq!(next(borrowed.as_mut()), Some(0));
    assert_eq!(finish(drain(count(4))), 6);
    assert_eq!(finish(drain(borrowed.as_mut())), 6);
    assert_eq!(finish(drain(Box::pin(count(3)))), 3);
}

#[test]
fn borrowed_generator_is_left_open_and_an_owned_one_is_closed() {
    #[async_generator]
    async fn logging(log: &Log) -> u8 {
        defer! { log.push("closed"); }
        for n in 0.. {
            yield_!(n);
        }
    }
    let log = Log::default();
    let mut borrowed = Box::pin(logging(&log));
    finish(async {
        for_await!(_ in &mut borrowed { break; });
        for_await!(_ in borrowed.as_mut() { break; });
    });
    assert_eq!(log.take(), [""; 0]);
    assert_eq!(next(borrowed.as_mut()), Some(2));
    finish(async {
        for_await!(_ in borrowed { break; });
        for_await!(_ in Box::pin(logging(&log)) { break; });
        for_await!(_ in logging(&log) { break; });
    });
    assert_eq!(log.take(), ["closed"; 3]);
}

#[test]
fn only_a_loop_over_an_owned_generator_has_a_cleanup_pending() {
    #[async_generator]
    async fn looping(source: impl AsyncGenerator<Yield = u8>) -> u8 {
        #[for_await]
        for n in source {
            yield_!(n);
        }
    }
    #[async_generator]
    async fn one() -> u8 {
        yield_!(1);
    }
    let mut borrowed = pin!(one());
    let mut over_borrowed = pin!(looping(borrowed.as_mut()));
    let mut over_owned = pin!(looping(one()));
    assert_eq!(next(over_borrowed.as_mut()), Some(1));
    assert_eq!(next(over_owned.as_mut()), Some(1));
    assert!(!over_borrowed.has_pending_cleanup());
    assert!(over_owned.has_pending_cleanup());
}
