//! What the borrow checker allows: a cleanup and the code it guards take turns at what both use.

use std::{collections::BTreeMap, pin::pin};

use futures::StreamExt as _;
use gen_runtime::prelude::*;

use crate::stepping::{finish, ready, tick};

#[async_generator]
async fn counts(total: &mut u32) -> u32 {
    let mut open = 0;
    defer! {
        tick().await;
        open += 100;
        *total += open;
    }
    for n in 0..3 {
        open += 1;
        *total += 1000;
        yield_!(n + open);
    }
}

#[test]
fn a_cleanup_mutates_what_guarded_code_mutates() {
    let mut total = 0;
    assert_eq!(finish(counts(&mut total).collect::<Vec<_>>()), [1, 3, 5]);
    assert_eq!(total, 3103);
    {
        let mut items = pin!(counts(&mut total));
        assert_eq!(ready(items.next()), Some(1));
        finish(items.close());
    }
    assert_eq!(total, 3103 + 1101);
}

#[async_generator]
async fn buffers(sink: &mut Vec<String>) -> usize {
    let mut buffer = Vec::new();
    {
        defer! {
            sink.append(&mut buffer);
            tick().await;
        }
        for word in ["a", "b", "c"] {
            buffer.push(String::from(word));
            yield_!(buffer.len());
            if buffer.len() == 2 {
                break;
            }
        }
    }
    assert!(buffer.is_empty());
    sink.push(String::from("end"));
    yield_!(sink.len());
}

#[test]
fn code_behind_a_region_uses_what_the_cleanup_used() {
    let mut sink = Vec::new();
    assert_eq!(finish(buffers(&mut sink).collect::<Vec<_>>()), [1, 2, 3]);
    assert_eq!(sink, ["a", "b", "end"]);
}

#[async_generator]
async fn lends<'a>(map: &'a mut BTreeMap<u32, String>, log: &'a mut Vec<u32>) -> &'a str {
    let found: &'a mut String = {
        let mut tries = 0;
        defer! { log.push(tries); }
        tries += 1;
        map.entry(1).or_default()
    };
    found.push('!');
    yield_!(found);
}

#[test]
fn the_value_of_a_region_may_borrow_what_was_declared_before_it() {
    let mut map = BTreeMap::from([(1, String::from("one"))]);
    let mut log = Vec::new();
    assert_eq!(finish(lends(&mut map, &mut log).collect::<Vec<_>>()), ["one!"]);
    assert_eq!(log, [1]);
}

#[async_generator]
async fn moves_in(words: Vec<String>) -> String {
    let count = words.len();
    let mut left = count;
    defer! {
        assert_eq!(left, 0, "of {count}");
    }
    for word in words {
        left -= 1;
        yield_!(word);
    }
}

#[test]
fn guarded_code_may_take_over_what_was_declared_before_it() {
    let words = vec![String::from("a"), String::from("b")];
    assert_eq!(finish(moves_in(words).collect::<Vec<_>>()), ["a", "b"]);
}

struct Connection {
    open: bool,
    sent: Vec<u32>,
}

impl Connection {
    async fn send(&mut self, value: u32) {
        tick().await;
        self.sent.push(value);
    }

    async fn close(&mut self) {
        tick().await;
        self.open = false;
    }
}

#[async_generator]
async fn over_a_connection(connection: &mut Connection) -> u32 {
    defer! { connection.close().await; }
    for n in 0..3 {
        connection.send(n).await;
        yield_!(n);
    }
}

#[test]
fn a_cleanup_awaits_a_method_of_what_guarded_code_was_using_mutably() {
    let mut connection = Connection { open: true, sent: Vec::new() };
    {
        let mut items = pin!(over_a_connection(&mut connection));
        assert_eq!(finish(items.next()), Some(0));
        // Stands in `send`, which borrows the connection.
        crate::stepping::pending(items.next());
        finish(items.close());
    }
    assert!(!connection.open);
    assert_eq!(connection.sent, [0]);
}

#[async_generator]
async fn disjoint_fields(connection: &mut Connection) -> u32 {
    let Connection { open, sent } = connection;
    defer! { *open = false; }
    for n in 0..3 {
        sent.push(n);
        yield_!(n);
    }
}

#[test]
fn a_cleanup_and_guarded_code_use_fields_of_one_value() {
    let mut connection = Connection { open: true, sent: Vec::new() };
    assert_eq!(finish(disjoint_fields(&mut connection).count()), 3);
    assert!(!connection.open);
    assert_eq!(connection.sent, [0, 1, 2]);
}
