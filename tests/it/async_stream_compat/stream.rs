use std::{collections::HashMap, pin::Pin, rc::Rc, task::Poll};

use futures::{Stream, StreamExt as _, channel::mpsc, future, stream::FusedStream};

use crate::support::{Log, Task, items, next, panics, poll_next, quiet_panic, tick};

#[test]
fn body_without_a_yield_ends() {
    let entered = std::cell::Cell::new(false);
    let empty = stream! {
        entered.set(true);
        tick().await;
        if false {
            yield ();
        }
    };
    assert_eq!(items(empty), []);
}

#[test]
fn empty_body_needs_no_item_type() {
    let empty = stream! {};
    let mut empty = Box::pin(empty);
    assert!(next(empty.as_mut()).is_none());
    let waiting = stream! {
        tick().await;
    };
    assert_eq!(items(waiting).len(), 0);
}

#[test]
fn body_is_lazy() {
    let log = &Log::default();
    let mut lazy = Box::pin(stream! {
        log.push("entered");
        yield 1;
    });
    assert_eq!(log.take(), [""; 0]);
    assert_eq!(next(lazy.as_mut()), Some(1));
    assert_eq!(log.take(), ["entered"]);
}

#[test]
fn yields_one_value() {
    assert_eq!(items(stream! { yield "hello"; }), ["hello"]);
    assert_eq!(items(stream! { yield "tail" }), ["tail"]);
}

#[test]
fn yields_several_values_with_awaits_between() {
    let several = stream! {
        yield 1;
        tick().await;
        for n in [2, 3] {
            yield n;
            tick().await;
        }
        yield 4;
    };
    assert_eq!(items(several), [1, 2, 3, 4]);
}

#[test]
fn yield_without_a_value_yields_a_unit() {
    assert_eq!(items(stream! { yield; yield; yield }), [(), (), ()]);
}

#[test]
fn stream_is_fused() {
    let mut fused = Box::pin(stream! { yield 1; });
    assert!(!fused.is_terminated());
    assert_eq!(next(fused.as_mut()), Some(1));
    assert!(!fused.is_terminated());
    assert_eq!(next(fused.as_mut()), None);
    assert!(fused.is_terminated());
    assert_eq!(next(fused.as_mut()), None);
}

#[test]
fn size_hint_ends_at_zero() {
    let mut stream = Box::pin(stream! { yield 1; });
    assert_eq!(stream.size_hint(), (0, None));
    while next(stream.as_mut()).is_some() {}
    assert_eq!(stream.size_hint(), (0, Some(0)));
}

#[test]
fn return_ends_the_stream() {
    let returning = stream! {
        for n in 0.. {
            if n == 2 {
                return;
            }
            yield n;
        }
    };
    assert_eq!(items(returning), [0, 1]);
}

#[test]
fn item_type_is_inferred_from_the_use() {
    fn numbers() -> impl Stream<Item = Option<u8>> {
        stream! {
            yield None;
            yield "7".parse().ok();
            let collected: Vec<_> = items(stream! { yield Default::default(); });
            yield collected.into_iter().next();
        }
    }
    assert_eq!(items(numbers()), [None, Some(7), Some(0)]);
}

#[test]
fn captured_variables_are_moved_in() {
    let text = String::from("a");
    let number = 5;
    let capturing = stream! {
        yield text.clone();
        yield text + &number.to_string();
    };
    assert_eq!(items(capturing), ["a", "a5"]);
    assert_eq!(number, 5);
}

#[test]
fn captured_references_and_locals_are_borrowed_across_yields() {
    let words = vec![String::from("ab"), String::from("c")];
    let borrowing = {
        let words = &words;
        stream! {
            let mut counts = HashMap::new();
            for word in words {
                let count = counts.entry(word.len()).or_insert(0);
                *count += 1;
                yield word.as_str();
                yield if *count == 1 { "new" } else { "known" };
            }
            let local = String::from("local");
            let slice = &local[..2];
            yield "end";
            assert_eq!(slice, "lo");
        }
    };
    assert_eq!(items(borrowing), ["ab", "new", "c", "new", "end"]);
    assert_eq!(words.len(), 2);
}

#[test]
fn stream_may_hold_what_is_not_send() {
    let shared = Rc::new(1);
    let holding = stream! {
        let clone = Rc::clone(&shared);
        yield *clone;
        tick().await;
        yield Rc::strong_count(&shared);
    };
    assert_eq!(items(holding), [1, 2]);
}

#[test]
fn stream_of_sendable_things_is_send() {
    fn send<T: Send>(value: T) -> T {
        value
    }
    let sendable = send(stream! {
        let n = future::ready(1).await;
        yield n;
    });
    assert_eq!(std::thread::spawn(|| items(sendable)).join().unwrap(), [1]);
}

#[test]
fn yields_what_is_not_unpin() {
    let futures = stream! {
        for n in 0..2 {
            yield async move { tick().await; n };
        }
    };
    assert_eq!(items(futures.buffered(1)), [0, 1]);
}

struct Words {
    text: String,
}

impl Words {
    fn iter(&self) -> impl Stream<Item = &str> {
        stream! {
            for word in self.text.split(' ') {
                yield word;
            }
        }
    }

    fn boxed<'a>(&'a self, suffix: &'a str) -> Pin<Box<dyn Stream<Item = String> + Send + 'a>> {
        Box::pin(stream! {
            for word in self.text.split(' ') {
                yield format!("{word}{suffix}");
            }
        })
    }
}

#[test]
fn self_is_captured() {
    let words = Words { text: String::from("a b") };
    assert_eq!(items(words.iter()), ["a", "b"]);
    assert_eq!(items(words.boxed("!")), ["a!", "b!"]);
}

#[test]
fn consumes_a_channel() {
    let (sender, mut receiver) = mpsc::unbounded();
    let mut consuming = Box::pin(stream! {
        while let Some(n) = receiver.next().await {
            yield n * 2;
        }
    });
    assert_eq!(poll_next(consuming.as_mut()), Poll::Pending);
    let task = Task::new();
    assert_eq!(task.poll_next(consuming.as_mut()), Poll::Pending);
    sender.unbounded_send(4).unwrap();
    assert_eq!(task.wakes(), 1);
    assert_eq!(task.poll_next(consuming.as_mut()), Poll::Ready(Some(8)));
    drop(sender);
    assert_eq!(next(consuming.as_mut()), None);
}

#[test]
fn combinators_take_the_stream() {
    let collected = stream! { for n in 0..5 { yield n; } }
        .filter(|n| future::ready(n % 2 == 0))
        .map(|n| n * 10);
    assert_eq!(items(collected), [0, 20, 40]);
}

#[test]
fn panic_is_passed_on() {
    let mut panicking = Box::pin(stream! {
        yield 1;
        quiet_panic();
    });
    assert_eq!(next(panicking.as_mut()), Some(1));
    assert!(panics(|| next(panicking.as_mut())));
}

#[test]
fn locals_are_dropped_in_reverse_when_the_stream_is() {
    let log = &Log::default();
    let mut holding = Box::pin(stream! {
        let _first = log.local("first");
        let _second = log.local("second");
        yield 1;
    });
    assert_eq!(next(holding.as_mut()), Some(1));
    drop(holding);
    assert_eq!(log.take(), ["drop second", "drop first"]);
}

#[test]
fn macros_and_items_of_the_body_are_its_own() {
    macro_rules! double {
        ($n:expr) => {
            $n * 2
        };
    }
    let defining = stream! {
        const BASE: u8 = 10;
        struct Pair(u8, u8);
        fn add(pair: &Pair) -> u8 {
            pair.0 + pair.1
        }
        yield add(&Pair(BASE, 1));
        yield double!(BASE);
    };
    assert_eq!(items(defining), [11, 20]);
}
