//! What a body holds is dropped in the order in which an `async fn` drops it: the same function, once
//! with the attribute and once without, dropped at each of its polls.

use std::pin::Pin;

use futures::StreamExt as _;
use gen_runtime::prelude::*;

use crate::support::{Local, Log, next, poll_once, tick};

/// The log of a future that is dropped before it is polled, after one poll, .. and when it is ready.
fn dropped_at_each_poll<F: Future>(log: &Log, make: impl Fn() -> F) -> Vec<Vec<String>> {
    let mut logs = Vec::new();
    for polls in 0.. {
        let mut future = Box::pin(make());
        let mut ready = false;
        for _ in 0..polls {
            ready = poll_once(future.as_mut()).is_ready();
        }
        log.push("dropped");
        drop(future);
        logs.push(log.take());
        if ready {
            break;
        }
    }
    logs
}

macro_rules! same_as_async_fn {
    ($test:ident: |$log:ident| ($($values:expr),*) => ($($args:tt)*) { $($body:tt)* }) => {
        #[test]
        fn $test() {
            #[allow(unused, clippy::toplevel_ref_arg, reason = "they are what is tested")]
            #[allow(clippy::used_underscore_binding, reason = "moving them in is no use")]
            async fn plain($($args)*) { $($body)* }
            #[allow(unused, clippy::toplevel_ref_arg, reason = "they are what is tested")]
            #[allow(clippy::used_underscore_binding, reason = "moving them in is no use")]
            #[async_generator]
            async fn generator($($args)*) { $($body)* }
            let $log = &Log::default();
            let expected = dropped_at_each_poll($log, || plain($($values),*));
            let found = dropped_at_each_poll($log, || generator($($values),*).collect::<Vec<_>>());
            assert_eq!(found, expected);
            assert!(expected.iter().flatten().any(|line| line.starts_with("drop ")));
        }
    };
}

same_as_async_fn! {
    named_arguments: |log| (log.local("a"), log.local("b"), log) =>
    (a: Local<'_>, b: Local<'_>, log: &Log) {
        log.push("entered");
        tick().await;
        b.touch();
        tick().await;
    }
}

same_as_async_fn! {
    unused_arguments: |log| (log.local("a"), log.local("b"), log.local("c")) =>
    (_a: Local<'_>, b: Local<'_>, _c: Local<'_>) {
        tick().await;
    }
}

same_as_async_fn! {
    ignored_arguments: |log| (log.local("a"), log.local("_"), log.local("c"), log.local("_ too")) =>
    (a: Local<'_>, _: Local<'_>, c: Local<'_>, _: Local<'_>) {
        tick().await;
        c.touch();
    }
}

same_as_async_fn! {
    mutable_arguments: |log| (log.local("a"), log.local("b"), log) =>
    (mut a: Local<'_>, mut b: Local<'_>, log: &Log) {
        tick().await;
        b = log.local("new b");
        tick().await;
        a = log.local("new a");
        tick().await;
    }
}

same_as_async_fn! {
    tuple_patterns:
    |log| ((log.local("a"), log.local("_"), log.local("c")), log.local("d"), (log.local("e"), log.local("f"))) =>
    ((a, _, c): (Local<'_>, Local<'_>, Local<'_>), d: Local<'_>, (.., f): (Local<'_>, Local<'_>)) {
        tick().await;
        f.touch();
        drop(a);
        tick().await;
    }
}

struct Two<'l> {
    left: Local<'l>,
    right: Local<'l>,
}

same_as_async_fn! {
    arguments_that_are_all_used: |log| (log.local("a"), log.local("b"), log.local("c"), log) =>
    (a: Local<'_>, b: Local<'_>, c: Local<'_>, log: &Log) {
        let first = log.local("first");
        c.touch();
        tick().await;
        let last = log.local("last");
        a.touch();
        b.touch();
        tick().await;
    }
}

same_as_async_fn! {
    the_first_argument_is_moved_out_of_the_body: |log| (log.local("a"), log.local("b"), log) =>
    (a: Local<'_>, b: Local<'_>, log: &Log) {
        tick().await;
        let taken = a;
        let last = log.local("last");
        b.touch();
        tick().await;
        drop(taken);
        tick().await;
    }
}

same_as_async_fn! {
    part_of_the_first_argument_is_used:
    |log| (Two { left: log.local("a"), right: log.local("b") }, log.local("c"), log) =>
    (two: Two<'_>, c: Local<'_>, log: &Log) {
        two.left.touch();
        tick().await;
        let last = log.local("last");
        drop(two.left);
        tick().await;
    }
}

same_as_async_fn! {
    the_first_argument_is_taken_apart:
    |log| (Two { left: log.local("a"), right: log.local("b") }, log.local("c")) =>
    (two: Two<'_>, c: Local<'_>) {
        tick().await;
        let Two { right, .. } = two;
        tick().await;
        c.touch();
    }
}

same_as_async_fn! {
    the_first_argument_is_shadowed: |log| (log.local("a"), log.local("b"), log) =>
    (a: Local<'_>, b: Local<'_>, log: &Log) {
        tick().await;
        let a = log.local("another a");
        a.touch();
        tick().await;
    }
}

same_as_async_fn! {
    references_and_numbers_are_no_arguments_to_drop: |log| (3, log.local("a"), (log, "c"), log.local("b")) =>
    (n: u8, a: Local<'_>, (log, c): (&Log, &'static str), b: Local<'_>) {
        tick().await;
        let last = log.local(c);
        a.touch();
        tick().await;
    }
}

same_as_async_fn! {
    struct_patterns:
    |log| (Two { left: log.local("a"), right: log.local("b") }, Two { left: log.local("c"), right: log.local("d") }) =>
    (Two { left, .. }: Two<'_>, Two { right, left: _ }: Two<'_>) {
        tick().await;
        right.touch();
    }
}

same_as_async_fn! {
    array_and_binding_patterns:
    |log| ([log.local("a"), log.local("b"), log.local("c")], Two { left: log.local("d"), right: log.local("e") }) =>
    ([first, .., last]: [Local<'_>; 3], whole @ Two { .. }: Two<'_>) {
        drop(last);
        tick().await;
        whole.left.touch();
    }
}

same_as_async_fn! {
    ref_patterns: |log| (log.local("a"), (log.local("b"), log.local("c")), log) =>
    (ref a: Local<'_>, (ref b, _): (Local<'_>, Local<'_>), &_: &Log) {
        tick().await;
        a.touch();
        b.touch();
    }
}

same_as_async_fn! {
    moved_arguments: |log| (log.local("a"), log.local("b"), log.local("c")) =>
    (a: Local<'_>, b: Local<'_>, c: Local<'_>) {
        let moved = b;
        drop(a);
        tick().await;
        {
            let inner = c;
            tick().await;
        }
        tick().await;
    }
}

same_as_async_fn! {
    locals: |log| (log.local("argument"), log) =>
    (argument: Local<'_>, log: &Log) {
        let first = log.local("first");
        let _ = log.local("not bound");
        let _second = log.local("second");
        for _ in 0..2 {
            let turn = log.local("turn");
            tick().await;
        }
        let first = log.local("shadowing");
        tick().await;
    }
}

same_as_async_fn! {
    temporaries: |log| (log.local("argument"), log) =>
    (argument: Local<'_>, log: &Log) {
        let local = log.local("local");
        (log.local("of a statement"), tick().await).0.touch();
        match Some(log.local("of a scrutinee")).as_ref() {
            Some(found) => tick().await,
            None => log.push("none"),
        }
        if let Some(found) = Some(log.local("of an if let")).as_ref() {
            tick().await;
        } else {
            tick().await;
        }
        while !matches!(log.local("of a condition").touch(), ()) {}
        (log.local("of the tail"), tick().await).0.touch()
    }
}

same_as_async_fn! {
    early_return: |log| (log.local("a"), log) =>
    (a: Local<'_>, log: &Log) {
        let local = log.local("local");
        'outer: {
            let inner = log.local("inner");
            tick().await;
            if matches!(log.local("condition").touch(), ()) {
                break 'outer;
            }
        }
        tick().await;
        let late = log.local("late");
        return;
    }
}

same_as_async_fn! {
    blocks: |log| (log) => (log: &Log) {
        let value = async {
            let inner = log.local("inner");
            tick().await;
            log.local("value")
        }
        .await;
        let closure = || value.touch();
        tick().await;
        closure();
    }
}

struct Owner<'l>(Local<'l>);

impl<'l> Owner<'l> {
    async fn plain(self, other: Local<'l>, _: Local<'l>) {
        tick().await;
        other.touch();
    }

    #[async_generator]
    async fn generator(self, other: Local<'l>, _: Local<'l>) {
        tick().await;
        other.touch();
    }

    async fn plain_mut(mut self, log: &'l Log) {
        tick().await;
        self.0 = log.local("new");
        tick().await;
        self.0.touch();
    }

    #[async_generator]
    async fn generator_mut(mut self, log: &'l Log) {
        tick().await;
        self.0 = log.local("new");
        tick().await;
        self.0.touch();
    }

    async fn plain_boxed(self: Box<Self>, other: Local<'l>) {
        tick().await;
        drop(self);
        other.touch();
        tick().await;
    }

    #[async_generator]
    async fn generator_boxed(self: Box<Self>, other: Local<'l>) {
        tick().await;
        drop(self);
        other.touch();
        tick().await;
    }
}

#[test]
fn self_by_value() {
    let log = &Log::default();
    let owner = || Owner(log.local("self"));
    let expected = dropped_at_each_poll(log, || owner().plain(log.local("other"), log.local("_")));
    let found = dropped_at_each_poll(log, || {
        owner().generator(log.local("other"), log.local("_")).collect::<Vec<_>>()
    });
    assert_eq!(found, expected);
    let expected = dropped_at_each_poll(log, || owner().plain_mut(log));
    let found = dropped_at_each_poll(log, || owner().generator_mut(log).collect::<Vec<_>>());
    assert_eq!(found, expected);
}

#[test]
fn self_in_a_box() {
    let log = &Log::default();
    let owner = || Box::new(Owner(log.local("self")));
    let expected = dropped_at_each_poll(log, || owner().plain_boxed(log.local("other")));
    let found = dropped_at_each_poll(log, || {
        owner().generator_boxed(log.local("other")).collect::<Vec<_>>()
    });
    assert_eq!(found, expected);
}

#[async_generator]
async fn yielding(argument: Local<'_>, log: &Log) -> u8 {
    let first = log.local("first");
    yield_!({
        log.local("of the operand").touch();
        1
    });
    let _second = log.local("second");
    yield_!(2);
    drop(first);
    yield_!(3);
    argument.touch();
}

#[test]
fn locals_are_dropped_at_the_yield_they_are_held_at() {
    let log = Log::default();
    let dropped_after = |polls: usize| {
        let mut generator = Box::pin(yielding(log.local("argument"), &log));
        for _ in 0..polls {
            next(generator.as_mut());
        }
        log.take();
        drop(generator);
        log.take()
    };
    assert_eq!(dropped_after(0), ["drop argument"]);
    assert_eq!(dropped_after(1), ["drop first", "drop argument"]);
    assert_eq!(dropped_after(2), ["drop second", "drop first", "drop argument"]);
    assert_eq!(dropped_after(3), ["drop second", "drop argument"]);
    assert_eq!(dropped_after(4), [""; 0]);
}

#[test]
fn temporaries_of_an_operand_are_dropped_after_the_yield() {
    #[async_generator]
    async fn lending(log: &Log) -> u8 {
        yield_!(*Pin::new(&(log.local("temporary"), 1).1));
        log.push("after");
    }
    let log = Log::default();
    let mut generator = Box::pin(lending(&log));
    assert_eq!(next(generator.as_mut()), Some(1));
    let while_suspended = log.take();
    assert_eq!(next(generator.as_mut()), None);
    let later = log.take();
    let all: Vec<_> = while_suspended.into_iter().chain(later).collect();
    assert_eq!(all, ["drop temporary", "after"]);
}

#[test]
fn item_that_is_not_taken_is_dropped_with_the_operation() {
    let log = &Log::default();
    let mut generator = Box::pin(stream! {
        yield log.local("item");
        log.push("resumed");
    });
    drop(next(generator.as_mut()));
    assert_eq!(log.take(), ["drop item"]);
    assert!(next(generator.as_mut()).is_none());
    assert_eq!(log.take(), ["resumed"]);
}

// By the macros that await, the body is made in its first poll.

same_as_async_fn! {
    arguments_of_a_body_that_joins: |log| (log.local("a"), (log.local("b"), log.local("c")), log.local("d"), log) =>
    (a: Local<'_>, (ref b, _): (Local<'_>, Local<'_>), d: Local<'_>, log: &Log) {
        log.push("entered");
        let local = log.local("local");
        let ((), ()) = tokio::join!(tick(), tick());
        let moved = d;
        tick().await;
        b.touch();
        futures::join!(tick(), async { tick().await; tick().await });
        a.touch();
    }
}

same_as_async_fn! {
    unused_arguments_of_a_body_that_joins: |log| (log.local("a"), log.local("b"), log.local("c")) =>
    (_: Local<'_>, _b: Local<'_>, mut c: Local<'_>) {
        tokio::join!(tick());
        drop(c);
        tokio::join!(tick());
    }
}
