//! A macro may have the name of one of ours, or of the standard library's, and await, yield or return. An item would be
//! put where another poll had its own, and lost; or a close would be forgotten.

use std::{
    cell::Cell,
    num::ParseIntError,
    pin::{Pin, pin},
    task::Poll,
};

use futures::Stream;
use gen_runtime::{GeneratorState, LocalBoxGenerator, prelude::*};

use crate::support::{Log, Task, items_over_the_stack, poll_next};

use someones::println;

async fn pause() {
    tokio::task::yield_now().await;
}

mod someones {
    macro_rules! stream {
        ($future:expr) => {
            $future.await
        };
    }
    macro_rules! println {
        ($future:expr) => {
            $future.await
        };
    }
    pub(super) use println;
    pub(super) use stream;
}

#[async_generator]
async fn by_our_name() -> usize {
    yield_!(1);
    someones::stream!(pause());
    yield_!(2);
}

#[async_generator]
async fn by_the_name_of_another() -> usize {
    for n in 0..3 {
        yield_!(n);
        someones::println!(pause());
    }
}

#[test]
fn an_await_that_a_macro_hides_leaves_no_slot_of_another_poll() {
    assert_eq!(items_over_the_stack(by_our_name()), [1, 2]);
    assert_eq!(items_over_the_stack(by_the_name_of_another()), [0, 1, 2]);
}

#[async_generator]
async fn guarded(pauses: usize, cleaned: &Cell<bool>) -> usize {
    defer! { cleaned.set(true); }
    for n in 0.. {
        for _ in 0..pauses {
            println!(pause());
        }
        yield_!(n);
    }
}

#[async_generator]
async fn taken(cleaned: &Cell<bool>) -> usize {
    #[for_await]
    for n in guarded(1, cleaned) {
        yield_!(n);
    }
}

/// Closed at that await, which is then not cut short, the body comes to its next yield. Nobody wants that item.
#[test]
fn a_body_that_yields_while_it_is_closed_is_closed() {
    let (task, cleaned) = (Task::new(), Cell::new(false));
    let mut items = pin!(guarded(1, &cleaned));
    assert_eq!(task.poll_next(items.as_mut()), Poll::Pending);
    assert_eq!(task.poll(pin!(items.close())), Poll::Ready(()));
    assert_eq!((items.state(), cleaned.get()), (GeneratorState::Closed, true));

    cleaned.set(false);
    let mut items = pin!(taken(&cleaned));
    assert_eq!(task.poll_next(items.as_mut()), Poll::Pending);
    assert_eq!(task.poll(pin!(items.close())), Poll::Ready(()));
    assert_eq!((items.state(), cleaned.get()), (GeneratorState::Closed, true));
}

#[test]
fn a_close_dropped_at_such_an_await_goes_on_with_the_next() {
    let (task, cleaned) = (Task::new(), Cell::new(false));
    let mut items = pin!(guarded(2, &cleaned));
    assert_eq!(task.poll_next(items.as_mut()), Poll::Pending);
    assert_eq!(task.poll(pin!(items.close())), Poll::Pending);
    assert_eq!(task.poll_next(items.as_mut()), Poll::Ready(None));
    assert_eq!((items.state(), cleaned.get()), (GeneratorState::Closed, true));
}

macro_rules! nothing {
    ($($tokens:tt)*) => {
        $($tokens)*
    };
}

macro_rules! dbg {
    ($item:expr) => {
        yield_!($item)
    };
}

#[async_generator]
async fn yields_in_its_cleanup(cleaned: &Cell<bool>) -> usize {
    nothing!(); // there is a `yield_!` for such macros then
    defer! {
        pause().await;
        dbg!(60);
        cleaned.set(true);
    }
    yield_!(1);
}

#[test]
fn a_yield_that_a_macro_hides_in_a_cleanup_gives_nothing_to_who_closes() {
    let (task, cleaned) = (Task::new(), Cell::new(false));
    let mut items = pin!(yields_in_its_cleanup(&cleaned));
    assert_eq!(task.poll_next(items.as_mut()), Poll::Ready(Some(1)));
    assert_eq!(task.poll(pin!(items.close())), Poll::Pending);
    assert_eq!(task.poll_next(items.as_mut()), Poll::Ready(None));
    assert!(cleaned.get());
}

macro_rules! todo {
    () => {
        if true {
            return Err("late");
        }
    };
    (leave) => {
        if true {
            return;
        }
    };
}

#[async_generator]
async fn fails_in_its_cleanup() -> Result<usize, &'static str> {
    defer! {
        pause().await;
        todo!();
    }
    yield_!(Ok(1));
}

#[test]
fn an_error_that_a_macro_hides_in_a_cleanup_is_no_item_for_who_closes() {
    let task = Task::new();
    let mut items = pin!(fails_in_its_cleanup());
    assert_eq!(task.poll_next(items.as_mut()), Poll::Ready(Some(Ok(1))));
    assert_eq!(task.poll(pin!(items.close())), Poll::Pending);
    assert_eq!(task.poll_next(items.as_mut()), Poll::Ready(None));
    assert_eq!(items.state(), GeneratorState::Closed);
}

#[async_generator]
async fn leaves_a_region_unseen(cleaned: &Cell<bool>) -> usize {
    async {
        defer! { cleaned.set(true); }
        yield_!(0);
        todo!(leave);
    }
    .await;
    for n in 1.. {
        pause().await;
        yield_!(n);
    }
}

#[async_generator]
async fn beside_a_macro(cleaned: &Cell<bool>) -> usize {
    async {
        defer! { cleaned.set(true); }
        yield_!(0);
        todo!(leave);
    }
    .await;
    for n in 1.. {
        nothing!(pause().await;);
        yield_!(n);
    }
}

#[async_generator(boxed(local))]
async fn in_a_box_in_a_box(cleaned: &Cell<bool>) -> usize {
    yield_from!(LocalBoxGenerator::new(leaves_a_region_unseen(cleaned)));
}

#[async_generator(boxed(local))]
async fn in_several_boxes(cleaned: &Cell<bool>) -> usize {
    let inner = Box::pin(leaves_a_region_unseen(cleaned));
    yield_from!(LocalBoxGenerator::new(inner));
}

#[test]
fn close_drops_a_body_that_would_go_on_for_ever() {
    let cleaned = Cell::new(false);
    closes(leaves_a_region_unseen(&cleaned));
    closes(beside_a_macro(&cleaned));
    closes(LocalBoxGenerator::new(leaves_a_region_unseen(&cleaned)));
    closes(in_a_box_in_a_box(&cleaned));
    closes(in_several_boxes(&cleaned));
}

fn closes(items: impl AsyncGenerator<Yield = usize> + Stream<Item = usize>) {
    let task = Task::new();
    let mut items = pin!(items);
    assert_eq!(task.poll_next(items.as_mut()), Poll::Ready(Some(0)));
    assert_eq!(task.poll_next(items.as_mut()), Poll::Pending);
    assert_eq!(task.poll_next(items.as_mut()), Poll::Ready(Some(1)));
    while task.poll(pin!(items.close())).is_pending() {}
    assert_eq!(items.state(), GeneratorState::Closed);
}

mod by_names_of_what_only_computes {
    //! Nobody expects an await behind these names. The body keeps its slot past them, which would be the one of a poll
    //! that is over.

    use std::{
        future::ready,
        panic::{AssertUnwindSafe, catch_unwind},
    };

    use super::*;

    macro_rules! assert {
        ($future:expr) => {
            $future.await
        };
    }

    #[async_generator]
    async fn asserts(log: &Log) -> Result<usize, &'static str> {
        let _local = log.local("local");
        defer! { log.push("cleanup"); }
        for n in 0.. {
            yield_!(Ok(n));
            assert!(ready(()));
            if n == 1 {
                assert!(pause());
            }
        }
    }

    #[async_generator]
    async fn taken(log: &Log) -> usize {
        let _local = log.local("taker's");
        #[for_await]
        for n in asserts(log) {
            yield_!(n.unwrap());
        }
    }

    #[track_caller]
    fn panics<S: Stream<Item: std::fmt::Debug>>(stream: Pin<&mut S>) {
        let poll = AssertUnwindSafe(|| poll_next(stream));
        let why = catch_unwind(poll).expect_err("it panics");
        let why = why.downcast_ref::<&str>().expect("a message");
        std::assert!(why.contains("has awaited"), "{why}");
    }

    #[test]
    fn an_await_is_found_out_when_it_is_pending() {
        let log = Log::default();
        let mut items = pin!(asserts(&log));
        for n in 0..2 {
            std::assert_eq!(poll_next(items.as_mut()), Poll::Ready(Some(Ok(n))));
        }
        panics(items.as_mut());
        std::assert_eq!(items.state(), GeneratorState::Closed);
        std::assert_eq!(log.take(), ["drop local"]);
        std::assert_eq!(poll_next(items.as_mut()), Poll::Ready(None));
    }

    #[test]
    fn what_takes_from_such_a_body_drops_it_once() {
        let log = Log::default();
        let mut items = Box::pin(taken(&log));
        for n in 0..2 {
            std::assert_eq!(poll_next(items.as_mut()), Poll::Ready(Some(n)));
        }
        panics(items.as_mut());
        std::assert_eq!(log.take(), ["drop local", "drop taker's"]);
        drop(items);
        std::assert_eq!(log.take(), [""; 0]);
    }
}

/// Of their own, by the names of the standard library's.
mod awaiting {
    macro_rules! format {
        ($text:literal, $value:expr) => {{
            let value = $value;
            pause().await;
            std::format!($text, value)
        }};
    }
    macro_rules! write {
        ($out:expr, $text:literal, $value:expr) => {{
            let value = $value;
            pause().await;
            $out.push_str(&std::format!($text, value));
            $out.len()
        }};
    }
    pub(super) use format;
    pub(super) use write;
}

#[async_generator]
async fn formatted(texts: &[&str]) -> Result<String, ParseIntError> {
    use awaiting::format;
    for text in texts {
        yield_!(Ok(format!("{}", text.parse::<u32>()?)));
    }
}

#[async_generator]
async fn written(texts: &[&str]) -> Result<usize, ParseIntError> {
    use awaiting::write;
    let mut out = String::new();
    for text in texts {
        yield_!(Ok(write!(out, "{}", text.parse::<u32>()?)));
    }
}

/// What is yielded was evaluated behind the place that it was for, as if the macro did not await.
#[test]
fn a_macro_that_is_given_a_question_and_awaits_is_evaluated_before_its_yield() {
    let texts = ["1", "22", "333"];
    let formatted = items_over_the_stack(formatted(&texts));
    assert_eq!(formatted, texts.map(|text| Ok(text.to_owned())));
    assert_eq!(items_over_the_stack(written(&texts)), [Ok(1), Ok(3), Ok(6)]);
}
