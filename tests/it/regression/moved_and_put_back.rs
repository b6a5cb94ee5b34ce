//! What a loop over a stream moved at a yield or an await, and put back behind it, was taken for moved in the next turn, and
//! did not compile.

use futures::{Stream, stream::iter};
use gen_runtime::{prelude::*, stream};

use crate::support::{Log, finish, items, next, tick};

#[async_generator]
async fn source(log: &Log) -> String {
    defer! {
        tick().await;
        log.push("closed");
    }
    for n in 1.. {
        yield_!(n.to_string());
    }
}

#[async_generator]
async fn previous(log: &Log) -> String {
    let mut last = String::new();
    #[for_await]
    for item in source(log) {
        yield_!(last);
        last = item;
    }
}

#[async_generator]
async fn changes(numbers: impl Stream<Item = u8>) -> Vec<u8> {
    let mut last = None;
    #[for_await]
    for n in numbers {
        if let Some(last) = last {
            if last != vec![n] {
                yield_!(last);
            }
        }
        last = Some(vec![n]);
    }
}

#[async_generator]
async fn batches(numbers: impl Stream<Item = u8>) -> Vec<u8> {
    let mut batch = Vec::new();
    #[for_await]
    for n in numbers {
        if n == 0 {
            yield_!(batch);
            batch = Vec::new();
        } else {
            batch.push(n);
        }
    }
    yield_!(batch);
}

enum Step {
    Start,
    One(String),
    Two(String, String),
}

#[async_generator]
async fn triples(texts: impl Stream<Item = String>) -> String {
    let mut step = Step::Start;
    #[for_await]
    for text in texts {
        step = match step {
            Step::Start => Step::One(text),
            Step::One(first) => {
                tick().await;
                Step::Two(first, text)
            }
            Step::Two(first, second) => {
                yield_!(first + &second + &text);
                Step::Start
            }
        };
    }
}

fn longer(text: String, n: u8) -> Result<String, String> {
    if n == 9 { Err(text) } else { Ok(format!("{text}{n}")) }
}

#[async_generator]
async fn grown(numbers: impl Stream<Item = u8>) -> Result<usize, String> {
    let mut text = String::new();
    #[for_await]
    for n in numbers {
        text = longer(text, n)?;
        yield_!(Ok(text.len()));
    }
}

struct Window {
    open: Vec<u8>,
    width: usize,
}

impl Window {
    #[async_generator]
    async fn of(mut self, numbers: impl Stream<Item = u8>) -> Vec<u8> {
        #[for_await]
        for n in numbers {
            if self.open.len() == self.width {
                yield_!(self.open);
                self.open = Vec::new();
            }
            self.open.push(n);
        }
    }
}

#[async_generator]
async fn in_inner_loops(numbers: impl Stream<Item = u8>) -> Vec<u8> {
    let mut last = Vec::new();
    #[for_await]
    for n in numbers {
        for k in 0..n {
            yield_!(last);
            last = vec![k];
        }
        #[for_await]
        for k in iter(0..n) {
            yield_!(last);
            last = vec![k, k];
        }
    }
}

fn by_keyword(texts: impl Stream<Item = String>) -> impl Stream<Item = String> {
    stream! {
        let mut last = String::new();
        for await text in texts {
            yield last;
            last = text;
        }
    }
}

fn texts() -> impl Stream<Item = String> {
    iter(["a", "b", "c", "d"].map(String::from))
}

#[test]
fn a_variable_is_moved_at_a_yield_and_put_back() {
    assert_eq!(items(changes(iter([1, 1, 2]))), [[1]]);
    assert_eq!(items(batches(iter([1, 2, 0, 3]))), [vec![1, 2], vec![3]]);
    assert_eq!(items(triples(texts())), ["abc"]);
    assert_eq!(items(grown(iter([1, 2, 9, 3]))), [Ok(1), Ok(2), Err("12".into())]);
    let window = Window { open: Vec::new(), width: 2 };
    assert_eq!(items(window.of(iter([1, 2, 3, 4, 5]))), [[1, 2], [3, 4]]);
    assert_eq!(
        items(in_inner_loops(iter([1, 2]))),
        [vec![], vec![0], vec![0, 0], vec![0], vec![1], vec![0, 0]]
    );
    assert_eq!(items(by_keyword(texts())), ["", "a", "b", "c"]);
}

#[test]
fn the_source_is_closed_while_it_is_away() {
    let log = Log::default();
    let mut previous = Box::pin(previous(&log));
    for item in ["", "1", "2"] {
        assert_eq!(next(previous.as_mut()).as_deref(), Some(item));
    }
    finish(previous.close());
    assert_eq!(log.take(), ["closed"]);
}
