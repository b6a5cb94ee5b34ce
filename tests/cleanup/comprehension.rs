//! `stream_of!`: clauses, awaits anywhere, lazily, and its owned sources closed.

use std::{
    collections::{HashMap, HashSet},
    pin::pin,
};

use futures::{StreamExt as _, stream};
use gen_runtime::{prelude::*, stream_of};

use crate::stepping::{Log, finish, finish_counted, pending, ready, tick};

#[async_generator]
async fn rows(log: &Log) -> u32 {
    defer! {
        tick().await;
        log.add("close");
    }
    for n in 0..4 {
        log.add(format_args!("row {n}"));
        yield_!(n);
    }
}

async fn later<T>(value: T) -> T {
    tick().await;
    value
}

#[test]
fn one_clause_maps() {
    let log = &Log::default();
    let found: Vec<_> = finish(stream_of![n * n for await n in rows(log)].collect());
    assert_eq!(found, [0, 1, 4, 9]);
}

#[test]
fn clauses_nest_from_left_to_right() {
    let found: Vec<_> = finish(
        stream_of![
            (a, b, c)
            for a in 1..=2
            for await b in stream::iter(0..3)
            if a != b
            for c in [a + b]
            if c % 2 == 0
        ]
        .collect(),
    );
    assert_eq!(found, [(2, 0, 2)]);
}

#[test]
fn an_if_let_clause_filters_and_binds() {
    let words = ["1", "x", "3"];
    let found: Vec<_> = finish(
        stream_of![number for await word in stream::iter(words) if let Ok(number) = word.parse::<u32>()]
            .collect(),
    );
    assert_eq!(found, [1, 3]);
}

#[test]
fn patterns_are_taken_apart() {
    let pairs = [(1, 'a'), (2, 'b')];
    let found: Vec<_> =
        finish(stream_of![format!("{n}{c}") for await (n, c) in stream::iter(pairs)].collect());
    assert_eq!(found, ["1a", "2b"]);
}

#[test]
fn every_part_may_await() {
    let (found, polls) = finish_counted(
        stream_of![
            later(n).await
            for await n in later(stream::iter(0..4)).await
            if later(n % 2 == 1).await
            for m in later([n]).await
            if let Some(_) = later(Some(m)).await
        ]
        .collect::<Vec<_>>(),
    );
    assert_eq!(found, [1, 3]);
    assert_eq!(polls, 1 + 1 + 4 + 2 * 3, "one for the end, and one for each await");
}

#[test]
fn nothing_happens_before_it_is_polled() {
    let log = &Log::default();
    let mut found = pin!(stream_of![n for await n in rows(log)]);
    assert!(log.take().is_empty());
    assert_eq!(ready(found.next()), Some(0));
    assert_eq!(log.take(), ["row 0"]);
    assert_eq!(ready(found.next()), Some(1));
    assert_eq!(log.take(), ["row 1"]);
}

#[test]
fn it_is_collected_into_a_vec() {
    assert_eq!(finish(stream_of![n for n in 0..3].collect::<Vec<_>>()), [0, 1, 2]);
}

#[test]
fn it_is_collected_into_a_hash_set() {
    let found: HashSet<_> = finish(stream_of![n % 2 for n in 0..5].collect());
    assert_eq!(found, HashSet::from([0, 1]));
}

#[test]
fn it_is_collected_into_a_hash_map() {
    let found: HashMap<_, _> = finish(stream_of![(n, later(n * n).await) for n in 0..3].collect());
    assert_eq!(found, HashMap::from([(0, 0), (1, 1), (2, 4)]));
}

#[test]
fn closed_it_closes_the_sources_it_owns() {
    let log = &Log::default();
    let mut found = pin!(stream_of![(a, b) for await a in rows(log) for await b in rows(log)]);
    assert_eq!(ready(found.next()), Some((0, 0)));
    assert!(found.has_pending_cleanup());
    log.take();
    pending(found.close());
    assert!(log.take().is_empty());
    pending(found.close());
    assert_eq!(log.take(), ["close"]);
    ready(found.close());
    assert_eq!(log.take(), ["close"]);
}

#[test]
fn a_loop_over_it_closes_it_and_so_its_source() {
    let log = &Log::default();
    finish(async {
        for_await!(n in stream_of![n for await n in rows(log) if n > 0] {
            assert_eq!(n, 1);
            break;
        });
        log.add("after loop");
    });
    assert_eq!(log.take(), ["row 0", "row 1", "close", "after loop"]);
}

#[test]
fn a_borrowed_source_is_left_open() {
    let log = &Log::default();
    let mut source = pin!(rows(log));
    {
        let source = source.as_mut();
        let mut found = pin!(stream_of![n for await n in source]);
        assert_eq!(ready(found.next()), Some(0));
        ready(found.close());
    }
    assert_eq!(ready(source.next()), Some(1));
    assert_eq!(log.take(), ["row 0", "row 1"]);
}

/// The next clause is not its end.
#[test]
fn a_range_without_an_end_is_a_source() {
    let even = stream_of![n for n in 2.. if n % 2 == 0];
    assert_eq!(finish(even.take(2).collect::<Vec<_>>()), [2, 4]);
    let pairs = stream_of![(n, m) for n in 1.. for m in 0..n];
    assert_eq!(finish(pairs.take(3).collect::<Vec<_>>()), [(1, 0), (2, 0), (2, 1)]);
    let pairs = stream_of![(n, m) for n in 1.. for await m in stream::iter([1, 2]) if n < m];
    assert_eq!(finish(pairs.take(1).collect::<Vec<_>>()), [(1, 2)]);
    generator_syntax! {
        fn from_two() -> impl futures::Stream<Item = (u32, u32)> {
            stream_of![(n, m) for n in 2.. for await m in stream::iter([3])]
        }
    }
    assert_eq!(finish(from_two().take(1).collect::<Vec<_>>()), [(2, 3)]);
    let to = 3;
    let found = stream_of![n for n in 0..if to > 2 { to } else { 0 } if n > 0];
    assert_eq!(finish(found.collect::<Vec<_>>()), [1, 2]);
}

#[test]
fn a_condition_may_start_with_a_struct() {
    struct Limit {
        of: u32,
    }
    let found = stream_of![n for n in 0..9 if Limit { of: 2 }.of > n];
    assert_eq!(finish(found.collect::<Vec<_>>()), [0, 1]);
}
