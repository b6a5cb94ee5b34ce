//! Outside of any body, what a loop over a stream moved where it left, or put back, did not compile, nor was a value that it
//! returned coerced: the loop was an async block of its own.

use std::{error::Error, fmt::Display, ops::ControlFlow, sync::Mutex, task::Poll};

use futures::{executor::block_on, stream::iter};
use gen_runtime::prelude::*;

use crate::support::{Log, tick};

#[async_generator]
async fn source(log: &Log) -> u32 {
    defer! {
        tick().await;
        log.push("closed");
    }
    for n in 0.. {
        yield_!(n);
    }
}

async fn until(log: &Log, end: u32) -> Vec<u32> {
    let mut found = Vec::new();
    for_await!(n in source(log) {
        if n == end {
            log.push("left");
            return found;
        }
        found.push(n);
    });
    found
}

async fn coerced(log: &Log, end: u32) -> Box<dyn Display> {
    for_await!(n in source(log) {
        if n == end {
            return Box::new(n);
        }
    });
    Box::new("none")
}

#[test]
fn a_return_moves_and_is_coerced() {
    let log = Log::default();
    assert_eq!(block_on(until(&log, 2)), [0, 1]);
    assert_eq!(log.take(), ["left", "closed"]);
    assert_eq!(block_on(coerced(&log, 2)).to_string(), "2");
    assert_eq!(log.take(), ["closed"]);
}

async fn parsed(log: &Log, words: &[&str]) -> Result<Vec<u32>, Box<dyn Error>> {
    let mut found = Vec::new();
    for_await!(word in iter(words) {
        if *word == "end" {
            return Ok(found);
        }
        for_await!(n in source(log) {
            if word.parse::<u32>()? == n {
                found.push(n);
                break;
            }
        });
    });
    Ok(found)
}

async fn sum(numbers: [Option<u32>; 2]) -> Option<u32> {
    let mut sum = 0;
    for_await!(n in iter(numbers) { sum += n?; });
    Some(sum)
}

async fn stopped(numbers: [ControlFlow<&str, u32>; 2]) -> ControlFlow<&str> {
    for_await!(n in iter(numbers) {
        let _: u32 = n?;
    });
    ControlFlow::Continue(())
}

async fn polled(
    polls: [Poll<Option<Result<u32, String>>>; 2],
) -> Result<Vec<Poll<Option<u32>>>, String> {
    let mut found = Vec::new();
    for_await!(poll in iter(polls) { found.push(poll?); });
    Ok(found)
}

async fn all(results: [Poll<Result<u32, String>>; 2]) -> Result<Vec<Poll<u32>>, String> {
    let mut found = Vec::new();
    for_await!(poll in iter(results) { found.push(poll?); });
    Ok(found)
}

#[test]
fn a_question_mark_is_asked_of_what_the_compiler_lets_it() {
    let log = Log::default();
    assert_eq!(block_on(parsed(&log, &["1", "end", "x"])).unwrap(), [1]);
    assert_eq!(log.take(), ["closed"]);
    let error = block_on(parsed(&log, &["0", "x"])).unwrap_err();
    assert_eq!(error.to_string(), "invalid digit found in string");
    assert_eq!(log.take(), ["closed", "closed"]);
    assert_eq!(block_on(sum([Some(1), Some(2)])), Some(3));
    assert_eq!(block_on(sum([Some(1), None])), None);
    let flow = [ControlFlow::Continue(1), ControlFlow::Break("stop")];
    assert_eq!(block_on(stopped(flow)), ControlFlow::Break("stop"));
    let failed = Poll::Ready(Some(Err("no".to_owned())));
    assert_eq!(block_on(polled([Poll::Pending, failed])), Err("no".to_owned()));
    let found = block_on(polled([Poll::Ready(None), Poll::Ready(Some(Ok(1)))]));
    assert_eq!(found, Ok(vec![Poll::Ready(None), Poll::Ready(Some(1))]));
    assert_eq!(
        block_on(all([Poll::Pending, Poll::Ready(Ok(1))])),
        Ok(vec![Poll::Pending, Poll::Ready(1)])
    );
    assert_eq!(
        block_on(all([Poll::Pending, Poll::Ready(Err("no".to_owned()))])),
        Err("no".to_owned())
    );
}

async fn last(words: &[&str]) -> String {
    let mut last = String::new();
    'rounds: for round in 0..3 {
        for_await!(word in iter(words) {
            match *word {
                "skip" => continue,
                "next" => continue 'rounds,
                "end" => break 'rounds,
                _ if round == 2 => return last,
                _ => {}
            }
            let old = last;
            last = old + word;
        });
    }
    last
}

#[test]
fn a_variable_is_moved_and_put_back() {
    assert_eq!(block_on(last(&["a", "skip", "b"])), "abab");
    assert_eq!(block_on(last(&["a", "next", "b"])), "aa");
    assert_eq!(block_on(last(&["a", "end"])), "a");
}

/// What a `?` gives borrows from the loop, and may not be sent: neither is held while the source is let go of.
async fn borrows(numbers: [u32; 2], shared: &Mutex<u32>) -> Result<usize, String> {
    let mut total = 0;
    for_await!(n in iter(numbers) {
        let owned = format!("k{n}");
        total += owned.strip_prefix('k').ok_or("no k")?.len();
        *shared.lock().map_err(|error| error.to_string())? += n;
    });
    Ok(total)
}

#[test]
fn what_a_question_mark_gives_is_not_held() {
    let shared = Mutex::new(1);
    let future = borrows([2, 30], &shared);
    let scope = std::thread::scope(|scope| scope.spawn(|| block_on(future)).join());
    assert_eq!(scope.expect("it is joined"), Ok(3));
    assert_eq!(*shared.lock().expect("nobody has panicked"), 33);
}
