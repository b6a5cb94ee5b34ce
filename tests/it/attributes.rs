//! Other attributes on generator functions, `#[cfg]` in them, and the arguments of our own.

use std::{
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use futures::StreamExt as _;
use gen_runtime::prelude::*;

use crate::support::{finish, items};

/// Has documentation,
#[doc = "in both forms"]
#[allow(dead_code, reason = "only its alternative is called")]
#[cfg(not(test))]
#[async_generator]
async fn configured() -> missing::Item {
    yield_!(missing);
}

#[cfg(test)]
#[async_generator]
/// Documented below.
#[inline]
async fn configured() -> u8 {
    yield_!(1);
}

#[test]
fn cfg_chooses_between_functions() {
    assert_eq!(items(configured()), [1]);
}

#[async_generator]
#[cfg_attr(test, must_use = "it counts")]
#[deprecated(note = "for the test")]
#[cold]
#[track_caller]
pub(crate) async fn decorated() -> u8 {
    yield_!(2);
}

#[test]
#[expect(deprecated, reason = "the attribute was kept")]
fn attributes_below_are_kept() {
    assert_eq!(items(decorated()), [2]);
}

#[test]
#[expect(unused_must_use, reason = "a generator must be used, however it was made")]
fn generator_must_be_used() {
    configured();
}

#[async_generator]
async fn statements() -> u8 {
    #[cfg(not(test))]
    let n = 100;
    #[cfg(test)]
    let n = 1;
    yield_!(n);
    #[allow(clippy::needless_bool, reason = "an attribute on an expression that yields")]
    let chosen = if n == 1 { true } else { false };
    #[cfg(not(test))]
    {
        yield_!(not_there);
    }
    #[cfg(test)]
    {
        yield_!(2);
    }
    match chosen {
        #[cfg(not(test))]
        true => yield_!(missing),
        #[cfg(test)]
        true => yield_!(3),
        _ => {}
    }
    #[cfg(not(test))]
    for n in missing {
        yield_!(n);
    }
}

#[test]
fn cfg_holds_on_statements_and_arms() {
    assert_eq!(items(statements()), [1, 2, 3]);
}

#[async_generator]
async fn configured_yields() -> u8 {
    #[cfg(not(test))]
    yield_!(1);
    #[cfg(test)]
    yield_!(2);
    let _units = [
        #[cfg(not(test))]
        yield_!(3),
        #[cfg(test)]
        yield_!(4),
    ];
}

#[test]
fn cfg_holds_on_a_yield() {
    assert_eq!(items(configured_yields()), [2, 4]);
}

/// Counts the spans that are made.
struct Spans(Arc<AtomicUsize>);

impl tracing::Subscriber for Spans {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        self.0.fetch_add(1, Ordering::Relaxed);
        tracing::span::Id::from_u64(1)
    }
    fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {}
    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}
    fn event(&self, _: &tracing::Event<'_>) {}
    fn enter(&self, _: &tracing::span::Id) {}
    fn exit(&self, _: &tracing::span::Id) {}
}

#[async_generator]
#[tracing::instrument(skip_all, fields(n))]
async fn instrumented(n: u8, text: &str) -> String {
    yield_!(format!("{text}{n}"));
}

#[test]
fn attribute_below_sees_the_plain_function() {
    let spans = Arc::new(AtomicUsize::new(0));
    let found = tracing::subscriber::with_default(Spans(Arc::clone(&spans)), || {
        items(instrumented(1, "a"))
    });
    assert_eq!(found, ["a1"]);
    assert_eq!(spans.load(Ordering::Relaxed), 1);
}

mod facade {
    pub mod deep {
        pub use gen_runtime as generators;
    }
}

#[async_generator(crate = "facade::deep::generators")]
async fn from_a_facade() -> u8 {
    yield_!(1);
    println!("{:?}", yield_!(2));
}

#[async_generator(crate = "crate::attributes::facade::deep::generators", boxed)]
async fn boxed_from_a_facade() -> u8 {
    yield_!(3);
}

#[test]
fn runtime_may_be_elsewhere() {
    assert_eq!(items(from_a_facade()), [1, 2]);
    assert_eq!(items(boxed_from_a_facade()), [3]);
    let stream = facade::deep::generators::stream! { yield 4; };
    assert_eq!(items(stream), [4]);
}

#[gen_runtime::async_generator(send = Option<&'static str>, throw = (u8, u8),)]
async fn all_arguments() -> Result<&'static str, (u8, u8)> {
    let sent = gen_runtime::yield_!(Ok("first"))?;
    gen_runtime::yield_!(Ok(sent.unwrap_or("nothing")))?;
}

#[test]
fn arguments_combine_with_a_trailing_comma() {
    let mut generator = pin!(all_arguments());
    assert_eq!(finish(generator.next()), Some(Ok("first")));
    assert_eq!(finish(generator.send(Some("a"))), Ok(Some(Ok("a"))));
    assert_eq!(finish(generator.throw((1, 2))), Ok(Some(Err((1, 2)))));
}
