//! `yield_from!`: items out, sends and throws in, close through.

use std::pin::{Pin, pin};

use futures::{StreamExt as _, stream};
use gen_runtime::{BoxGenerator, GeneratorState, LocalBoxGenerator, prelude::*};

use crate::stepping::{Log, finish, pending, ready, tick};

type Talk<'a> = BoxGenerator<'a, String, u32, &'static str>;

#[async_generator(send = u32, throw = &'static str)]
async fn inner(log: &Log) -> String {
    defer! {
        tick().await;
        log.add("inner closed");
    }
    let mut line = String::from("inner ready");
    loop {
        line = match yield_!(line) {
            Ok(0) => return,
            Ok(sent) => format!("inner got {sent}"),
            Err("fatal") => return,
            Err(error) => format!("inner caught {error}"),
        };
    }
}

#[async_generator(send = u32, throw = &'static str)]
async fn outer(log: &Log) -> String {
    defer! { log.add("outer closed"); }
    let first = yield_!(String::from("outer ready"));
    log.add(format_args!("outer got {first:?}"));
    let delegated = yield_from!(inner(log));
    log.add(format_args!("delegated {delegated:?}"));
    let last = yield_!(String::from("outer again"));
    log.add(format_args!("outer got {last:?}"));
}

fn some(text: &str) -> Option<String> {
    Some(String::from(text))
}

#[test]
fn items_come_out_and_sends_and_throws_go_in() {
    let log = Log::default();
    let mut items = pin!(outer(&log));
    assert_eq!(ready(items.next()), some("outer ready"));
    assert_eq!(ready(items.send(5)), Ok(some("inner ready")));
    assert_eq!(log.take(), ["outer got Ok(5)"], "what led to the delegation was for the outer");
    assert_eq!(ready(items.send(6)), Ok(some("inner got 6")));
    assert_eq!(ready(items.throw("ball")), Ok(some("inner caught ball")));
    assert_eq!(finish(items.send(0)), Ok(some("outer again")));
    assert_eq!(log.take(), ["inner closed", "delegated Ok(())"]);
    assert_eq!(ready(items.send(7)), Ok(None));
    assert_eq!(log.take(), ["outer got Ok(7)", "outer closed"]);
}

#[test]
fn next_sends_the_default_through() {
    let log = Log::default();
    let mut items = pin!(outer(&log));
    ready(items.next());
    ready(items.next());
    assert_eq!(finish(items.next()), some("outer again"), "the inner one takes 0 for the end");
}

#[test]
fn close_goes_through_to_the_inner_one_first() {
    let log = Log::default();
    let mut items = pin!(outer(&log));
    ready(items.next());
    ready(items.next());
    log.take();
    pending(items.close());
    assert!(log.take().is_empty());
    ready(items.close());
    assert_eq!(log.take(), ["inner closed", "outer closed"]);
}

#[async_generator(send = u32, throw = &'static str)]
async fn outer_of_boxed(mut talk: Talk<'_>, log: &Log, borrows: bool) -> String {
    let delegated = if borrows { yield_from!(&mut talk) } else { yield_from!(talk) };
    log.add(format_args!("delegated {delegated:?}"));
}

#[test]
fn a_boxed_generator_is_delegated_to() {
    let log = Log::default();
    let mut items = pin!(outer_of_boxed(Talk::new(inner(&log)), &log, false));
    assert_eq!(ready(items.next()), some("inner ready"));
    assert_eq!(ready(items.throw("ball")), Ok(some("inner caught ball")));
    assert_eq!(ready(items.send(3)), Ok(some("inner got 3")));
    finish(items.close());
    assert_eq!(log.take(), ["inner closed"]);
}

#[async_generator(send = u32, throw = &'static str)]
async fn outer_of_borrowed(talk: &mut Talk<'_>, log: &Log) -> String {
    let delegated = yield_from!(talk);
    log.add(format_args!("delegated {delegated:?}"));
}

#[test]
fn a_borrowed_generator_is_delegated_to_and_left_open() {
    let log = Log::default();
    let mut talk = Talk::new(inner(&log));
    {
        let mut items = pin!(outer_of_borrowed(&mut talk, &log));
        assert_eq!(ready(items.next()), some("inner ready"));
        assert_eq!(ready(items.send(3)), Ok(some("inner got 3")));
        assert_eq!(ready(items.throw("ball")), Ok(some("inner caught ball")));
        ready(items.close());
    }
    assert!(log.take().is_empty());
    assert_eq!(talk.state(), GeneratorState::Suspended);
    assert_eq!(ready(talk.send(4)), Ok(some("inner got 4")));
    finish(talk.close());
    assert_eq!(log.take(), ["inner closed"]);
}

#[async_generator(send = u32, throw = &'static str)]
async fn outer_of_pinned<G>(talk: Pin<&mut G>) -> String
where
    G: AsyncGenerator<Yield = String, Sent = u32, Thrown = &'static str>,
{
    let _ = yield_from!(talk);
}

#[test]
fn a_pinned_generator_is_delegated_to_and_left_open() {
    let log = Log::default();
    let mut talk = pin!(inner(&log));
    {
        let mut items = pin!(outer_of_pinned(talk.as_mut()));
        assert_eq!(ready(items.next()), some("inner ready"));
        assert_eq!(ready(items.send(3)), Ok(some("inner got 3")));
        ready(items.close());
    }
    assert_eq!(talk.state(), GeneratorState::Suspended);
    assert_eq!(ready(talk.throw("ball")), Ok(some("inner caught ball")));
}

#[async_generator(throw = &'static str)]
async fn over_a_stream(log: &Log) -> u32 {
    let delegated = yield_from!(stream::iter([1, 2]));
    log.add(format_args!("delegated {delegated:?}"));
    let _ = yield_!(9);
}

#[test]
fn a_plain_stream_gives_its_items() {
    let log = Log::default();
    assert_eq!(finish(over_a_stream(&log).collect::<Vec<_>>()), [1, 2, 9]);
    assert_eq!(log.take(), ["delegated Ok(())"]);
}

#[test]
fn an_error_that_a_plain_stream_cannot_take_is_what_the_delegation_evaluates_to() {
    let log = Log::default();
    let mut items = pin!(over_a_stream(&log));
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(ready(items.throw("ball")), Ok(Some(9)));
    assert_eq!(log.take(), [r#"delegated Err("ball")"#]);
}

#[async_generator(throw = String)]
async fn fails(after: u32) -> Result<u32, String> {
    for n in 0..after {
        yield_!(Ok(n))?;
    }
    Err(String::from("failed"))
}

#[async_generator(throw = String)]
async fn over_one_that_fails(log: &Log) -> Result<u32, String> {
    defer! { log.add("closed"); }
    let delegated = yield_from!(fails(1));
    log.add(format_args!("delegated {delegated:?}"));
    yield_!(Ok(9))?;
}

#[test]
fn the_error_of_an_inner_one_is_an_item_and_the_outer_goes_on() {
    let log = Log::default();
    let items = finish(over_one_that_fails(&log).collect::<Vec<_>>());
    assert_eq!(items, [Ok(0), Err(String::from("failed")), Ok(9)]);
    assert_eq!(log.take(), ["delegated Ok(())", "closed"]);
}

#[test]
fn an_error_thrown_at_the_last_item_of_an_inner_one_is_not_lost() {
    let log = Log::default();
    let mut items = pin!(over_one_that_fails(&log));
    assert_eq!(ready(items.next()), Some(Ok(0)));
    assert_eq!(ready(items.next()), Some(Err(String::from("failed"))));
    assert_eq!(ready(items.throw(String::from("mine"))), Ok(Some(Ok(9))));
    assert_eq!(log.take(), [r#"delegated Err("mine")"#]);
}

struct Node {
    name: &'static str,
    children: Vec<Node>,
}

fn tree() -> Node {
    let leaf = |name| Node { name, children: Vec::new() };
    let left = Node { name: "left", children: vec![leaf("a"), leaf("b")] };
    Node { name: "root", children: vec![left, leaf("right")] }
}

#[async_generator(boxed)]
async fn walk<'a>(node: &'a Node, log: &'a Log) -> &'a str {
    defer! {
        tick().await;
        log.add(format_args!("leave {}", node.name));
    }
    yield_!(node.name);
    for child in &node.children {
        yield_from!(walk(child, log));
    }
}

#[test]
fn a_tree_is_walked_by_recursion() {
    let log = Log::default();
    let tree = tree();
    let names = finish(walk(&tree, &log).collect::<Vec<_>>());
    assert_eq!(names, ["root", "left", "a", "b", "right"]);
    assert_eq!(log.take(), ["leave a", "leave b", "leave left", "leave right", "leave root"]);
}

#[test]
fn a_tree_walk_is_closed_from_its_leaf_to_its_root() {
    let log = Log::default();
    let tree = tree();
    let mut names = walk(&tree, &log);
    while finish(names.next()) != Some("b") {}
    log.take();
    finish(names.close());
    assert_eq!(log.take(), ["leave b", "leave left", "leave root"]);
}

#[test]
fn a_boxed_borrower_is_delegated_to_and_left_open() {
    #[async_generator(boxed(local))]
    async fn over(inner: LocalBoxGenerator<'_, u32>) -> u32 {
        yield_from!(inner);
    }

    #[async_generator]
    async fn numbers(log: &Log) -> u32 {
        defer! { log.add("numbers closed"); }
        for n in 0.. {
            yield_!(n);
        }
    }

    let log = Log::default();
    let mut numbers = pin!(numbers(&log));
    {
        let mut outer = over(LocalBoxGenerator::new(numbers.as_mut()));
        for n in 0..4 {
            assert_eq!(ready(outer.next()), Some(n));
            assert!(!outer.has_pending_cleanup(), "there is nothing to close");
        }
        ready(outer.close());
    }
    assert!(log.take().is_empty());
    assert_eq!(ready(numbers.next()), Some(4));
    ready(numbers.close());
    assert_eq!(log.take(), ["numbers closed"]);
}

#[test]
fn an_error_thrown_at_the_last_item_is_not_lost_when_that_was_waited_for() {
    #[async_generator(boxed, throw = String)]
    async fn fails_late() -> Result<u32, String> {
        yield_!(Ok(0))?;
        yield_!(Ok(1))?;
        tick().await;
        Err(String::from("failed"))
    }

    #[async_generator(boxed, throw = String)]
    async fn over(log: &Log) -> Result<u32, String> {
        let delegated = yield_from!(fails_late());
        log.add(format_args!("delegated {delegated:?}"));
        yield_!(Ok(9))?;
    }

    let log = Log::default();
    let mut items = over(&log);
    assert_eq!(ready(items.next()), Some(Ok(0)));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    pending(items.next());
    assert_eq!(ready(items.next()), Some(Err(String::from("failed"))));
    assert_eq!(items.state(), GeneratorState::Suspended);
    assert_eq!(ready(items.throw(String::from("mine"))), Ok(Some(Ok(9))));
    assert_eq!(log.take(), [r#"delegated Err("mine")"#]);
}
