//! What the code behind a `defer!` moved where it left that was taken for moved in the next turn of the loop, or behind the
//! block, and did not compile.

use std::sync::atomic::{AtomicUsize, Ordering};

use futures::{Stream, stream::iter};
use gen_runtime::{prelude::*, stream};

use crate::support::{Log, finish, items, next, tick};

#[async_generator]
async fn previous(texts: [&str; 3], log: &Log) -> String {
    let mut last = String::new();
    for text in texts {
        defer! {
            tick().await;
            log.push(text);
        }
        yield_!(last);
        last = text.to_owned();
    }
    yield_!(last);
}

/// Leaves its loop in each way that there is.
#[async_generator]
async fn counted(text: String, to: u32, log: &Log) -> Result<String, String> {
    let mut n = 0;
    let length = loop {
        n += 1;
        defer! {
            tick().await;
            log.push(n.to_string());
        }
        match n {
            1 => continue,
            _ if n < to => yield_!(Ok(n.to_string())),
            2 => return Err(text),
            3 => break text.len(),
            _ => {
                yield_!(Ok(text));
                return;
            }
        }
    };
    yield_!(Ok(format!("of {length}")));
}

#[async_generator]
async fn last_words(text: String, is_last: bool, log: &Log) -> String {
    {
        defer! { log.push("closed"); }
        if is_last {
            yield_!(text);
            return;
        }
        yield_!("first".to_owned());
    }
    yield_!(text);
}

#[async_generator]
async fn from_inner_loops(text: String, log: &Log) -> Result<u32, String> {
    for n in 1..4 {
        defer! { log.push("outer"); }
        for k in 1..4 {
            defer! { log.push("inner"); }
            if k == n {
                continue;
            }
            if n == 3 {
                return Err(text);
            }
            if k == 3 {
                break;
            }
            yield_!(Ok(10 * n + k));
        }
    }
}

#[async_generator]
async fn in_a_loop_over_a_stream(numbers: impl Stream<Item = u32>, log: &Log) -> String {
    let mut last = String::new();
    #[for_await]
    for n in numbers {
        {
            defer! { log.push(n.to_string()); }
            if n == 3 {
                break;
            }
            if n == 2 {
                continue;
            }
            yield_!(last);
            last = n.to_string();
        }
        yield_!("behind".to_owned());
    }
}

fn by_macro(text: String, log: &Log) -> impl Stream<Item = String> {
    stream! {
        let mut text = text;
        'all: for n in 0.. {
            defer! { log.push(n.to_string()); }
            if text.len() > 1 {
                yield text;
                text = String::from("2");
                continue 'all;
            }
            yield text;
            break;
        }
    }
}

#[test]
fn each_way_out_has_its_cleanup() {
    let log = Log::default();
    assert_eq!(items(previous(["a", "b", "c"], &log)), ["", "a", "b", "c"]);
    assert_eq!(log.take(), ["a", "b", "c"]);

    let counted = |to| items(counted("text".into(), to, &log));
    assert_eq!(counted(2), [Err("text".to_owned())]);
    assert_eq!(log.take(), ["1", "2"]);
    assert_eq!(counted(3), [Ok("2".to_owned()), Ok("of 4".to_owned())]);
    assert_eq!(log.take(), ["1", "2", "3"]);
    assert_eq!(counted(4), ["2", "3", "text"].map(|item| Ok(item.to_owned())));
    assert_eq!(log.take(), ["1", "2", "3", "4"]);

    assert_eq!(items(last_words("words".into(), true, &log)), ["words"]);
    assert_eq!(log.take(), ["closed"]);
    assert_eq!(items(last_words("words".into(), false, &log)), ["first", "words"]);
    assert_eq!(log.take(), ["closed"]);

    let result = items(from_inner_loops("no".into(), &log));
    assert_eq!(result, [Ok(12), Ok(21), Err("no".to_owned())]);
    let inner = |times| vec!["inner"; times].into_iter().chain(["outer"]);
    let expected: Vec<_> = inner(3).chain(inner(3)).chain(inner(1)).collect();
    assert_eq!(log.take(), expected);

    let result = items(in_a_loop_over_a_stream(iter(0..5), &log));
    assert_eq!(result, ["", "behind", "0", "behind"]);
    assert_eq!(log.take(), ["0", "1", "2", "3"]);

    assert_eq!(items(by_macro("text".into(), &log)), ["text", "2"]);
    assert_eq!(log.take(), ["0", "1"]);
}

#[test]
fn close_has_one_too() {
    let log = Log::default();
    let mut generator = Box::pin(previous(["a", "b", "c"], &log));
    assert_eq!(next(generator.as_mut()).as_deref(), Some(""));
    assert_eq!(next(generator.as_mut()).as_deref(), Some("a"));
    finish(generator.close());
    assert_eq!(log.take(), ["a", "b"]);

    let mut generator = Box::pin(from_inner_loops("no".into(), &log));
    assert_eq!(next(generator.as_mut()), Some(Ok(12)));
    finish(generator.close());
    assert_eq!(log.take(), ["inner", "inner", "outer"]);

    let mut generator = Box::pin(in_a_loop_over_a_stream(iter(7..9), &log));
    assert_eq!(next(generator.as_mut()).as_deref(), Some(""));
    finish(generator.close());
    assert_eq!(log.take(), ["7"]);
}

macro_rules! count {
    () => {{
        static CALLS: AtomicUsize = AtomicUsize::new(0);
        CALLS.fetch_add(1, Ordering::Relaxed).to_string()
    }};
}

/// A cleanup that stands in the expansion once for each way out would have a static for each.
#[async_generator]
async fn counted_by_a_macro(last: u32, log: &Log) -> u32 {
    for n in 0..3 {
        defer! { log.push(count!()); }
        if n == 2 {
            yield_!(last);
            return;
        }
    }
}

#[async_generator]
async fn counted_by_a_static(last: u32, log: &Log) -> u32 {
    for n in 0..3 {
        defer! {
            static CALLS: AtomicUsize = AtomicUsize::new(0);
            let of: &'static AtomicUsize = &CALLS;
            log.push(of.fetch_add(1, Ordering::Relaxed).to_string());
        }
        if n == 2 {
            yield_!(last);
            return;
        }
    }
}

#[test]
fn a_static_in_a_cleanup_is_one() {
    let log = Log::default();
    assert_eq!(items(counted_by_a_macro(7, &log)), [7]);
    assert_eq!(log.take(), ["0", "1", "2"]);
    assert_eq!(items(counted_by_a_static(7, &log)), [7]);
    assert_eq!(log.take(), ["0", "1", "2"]);
}

#[async_generator]
async fn shadowed(text: impl Into<String>, is_last: bool, log: &Log) -> String {
    if is_last {
        defer! { tick().await; log.push("closed"); }
        let text = text.into();
        yield_!(text);
        return;
    }
    yield_!(text.into() + "!");
}

#[test]
fn name_that_shadows_what_it_moves() {
    let log = Log::default();
    assert_eq!(items(shadowed("a", true, &log)), ["a"]);
    assert_eq!(log.take(), ["closed"]);
    assert_eq!(items(shadowed("a", false, &log)), ["a!"]);
    assert_eq!(log.take(), [""; 0]);
}

#[async_generator]
async fn with_an_empty_statement(text: String) -> usize {
    loop {
        defer! { tick().await; }
        #[allow(redundant_semicolons, reason = "it is what is tested")]
        {
            yield_!(async { text.len() }.await);
            drop(text);
        }
        break;
    }
}

#[test]
fn empty_statement_hides_nothing() {
    assert_eq!(items(with_an_empty_statement("four".to_owned())), [4]);
}
