//! Generators in, beside and across one another: an item never arrives in the wrong one.

use std::{
    cell::RefCell,
    future::poll_fn,
    pin::{Pin, pin},
    rc::Rc,
    task::{Context, Poll, Waker},
    thread,
};

use futures::{
    Stream, StreamExt as _,
    stream::{self, FuturesUnordered},
};
use gen_runtime::{BoxGenerator, prelude::*};

use crate::support::{finish, items, next, tick};

#[async_generator]
async fn numbers(to: u64) -> u64 {
    for n in 0..to {
        tick().await;
        yield_!(n);
    }
}

#[async_generator]
async fn texts(to: u64) -> String {
    for n in 0..to {
        yield_!(format!("text {n}"));
        tick().await;
    }
}

#[async_generator]
async fn interleaved() -> Result<u64, String> {
    let mut numbers = pin!(numbers(2));
    let mut texts = pin!(texts(2));
    while let (Some(n), Some(text)) = (numbers.next().await, texts.next().await) {
        yield_!(Ok(n));
        yield_!(Err(text));
    }
}

#[test]
fn generators_of_different_items_interleave() {
    let text = |n: u64| Err(format!("text {n}"));
    assert_eq!(items(interleaved()), [Ok(0), text(0), Ok(1), text(1)]);
}

#[test]
fn inner_generator_polled_with_the_frame_of_the_outer_keeps_its_items() {
    let mut inner = Box::pin(texts(2));
    let outer = stream! {
        for n in 0..4_u8 {
            // An opaque macro polls with the frame's own context.
            tokio::select! {
                Some(text) = inner.next() => { yield (n, text.len()); }
                else => yield (n, 0),
            }
        }
    };
    assert_eq!(items(outer), [(0, 6), (1, 6), (2, 0), (3, 0)]);
}

#[test]
fn inner_generator_polled_by_hand_keeps_its_items() {
    let outer = stream! {
        let mut inner = pin!(numbers(2));
        yield String::from("start");
        while let Some(n) = poll_fn(|cx| inner.as_mut().poll_next(cx)).await {
            yield n.to_string();
        }
    };
    assert_eq!(items(outer), ["start", "0", "1"]);
}

#[test]
fn generators_made_at_one_place_one_after_the_other_are_distinct() {
    let outer = stream! {
        for round in 0..3_u64 {
            let mut inner = pin!(numbers(round));
            while let Some(n) = inner.next().await {
                yield [round, n];
            }
        }
    };
    assert_eq!(items(outer), [[1, 0], [2, 0], [2, 1]]);
}

#[test]
fn generator_may_be_polled_by_one_and_then_by_another() {
    let shared = Rc::new(RefCell::new(Box::pin(numbers(3))));
    let taking = || {
        let shared = Rc::clone(&shared);
        Box::pin(stream! {
            loop {
                let item = poll_fn(|cx| shared.borrow_mut().poll_next_unpin(cx)).await;
                yield item.map(|n| n.to_string());
            }
        })
    };
    let (mut left, mut right) = (taking(), taking());
    let text = |n: u64| Some(Some(n.to_string()));
    assert_eq!(next(left.as_mut()), text(0));
    assert_eq!(next(right.as_mut()), text(1));
    assert_eq!(next(left.as_mut()), text(2));
    assert_eq!(next(right.as_mut()), Some(None));
}

#[test]
fn deep_nesting_keeps_the_order() {
    fn nested(depth: u32) -> BoxGenerator<'static, u32> {
        BoxGenerator::new(stream! {
            yield depth;
            if depth > 0 {
                for await n in nested(depth - 1) {
                    yield n;
                }
            }
        })
    }
    assert_eq!(items(nested(50)), (0..=50).rev().collect::<Vec<_>>());
}

#[test]
fn merged_generators_lose_no_item() {
    let merged = stream::select(numbers(3).map(Some).boxed(), texts(3).map(|_| None).boxed());
    let found = items(merged);
    assert_eq!(found.iter().flatten().copied().collect::<Vec<_>>(), [0, 1, 2]);
    assert_eq!(found.len(), 6);
}

#[test]
fn generators_in_an_unordered_set_lose_no_item() {
    let tasks: FuturesUnordered<_> = (0..4).map(|to| numbers(to).collect::<Vec<_>>()).collect();
    let mut found = items(tasks);
    found.sort();
    assert_eq!(found, [vec![], vec![0], vec![0, 1], vec![0, 1, 2]]);
}

#[test]
fn unordered_set_in_a_body_loses_no_item() {
    async fn after(n: u32) -> u32 {
        for _ in 0..n {
            tick().await;
        }
        n
    }
    let gathering = stream! {
        let mut tasks: FuturesUnordered<_> = [3, 1, 2].map(after).into_iter().collect();
        while let Some(n) = tasks.next().await {
            yield n;
            if n == 1 {
                tasks.push(after(4));
            }
        }
    };
    assert_eq!(items(gathering), [1, 2, 3, 4]);
}

#[test]
fn joined_awaits_between_yields_lose_no_item() {
    let joining = stream! {
        let (mut left, mut right) = (pin!(numbers(2)), pin!(texts(2)));
        while let (Some(n), Some(text)) = futures::join!(left.next(), right.next()) {
            yield n;
            yield text.len() as u64;
        }
    };
    assert_eq!(items(joining), [0, 6, 1, 6]);
}

/// Polls a stream to its end when it is dropped.
struct DrainsOnDrop<'l>(Pin<Box<dyn Stream<Item = u64> + 'l>>, &'l RefCell<Vec<u64>>);

impl Drop for DrainsOnDrop<'_> {
    fn drop(&mut self) {
        self.1.borrow_mut().extend(items(self.0.as_mut()));
    }
}

#[test]
fn local_that_polls_another_generator_when_dropped_gets_its_items() {
    let drained = RefCell::new(Vec::new());
    let outer = |drained| {
        Box::pin(stream! {
            let _drains = DrainsOnDrop(Box::pin(numbers(2)), drained);
            yield "one";
            yield "two";
        })
    };
    let mut dropped = outer(&drained);
    assert_eq!(next(dropped.as_mut()), Some("one"));
    drop(dropped);
    assert_eq!(drained.take(), [0, 1]);
    let mut closed = outer(&drained);
    assert_eq!(next(closed.as_mut()), Some("one"));
    finish(closed.close());
    assert_eq!(drained.take(), [0, 1]);
    assert_eq!(items(outer(&drained)), ["one", "two"]);
    assert_eq!(drained.take(), [0, 1]);
}

#[test]
fn generator_may_drop_another_that_is_suspended() {
    let outer = stream! {
        let mut inner = Some(Box::pin(numbers(5)));
        for _ in 0..2 {
            if let Some(inner) = &mut inner {
                yield inner.next().await;
            }
        }
        drop(inner.take());
        yield None;
    };
    assert_eq!(items(outer), [Some(0), Some(1), None]);
}

#[test]
fn generator_moves_between_threads_at_each_suspension_point() {
    let mut generator = Box::pin(numbers(3));
    let mut found = Vec::new();
    let mut polls = 0;
    loop {
        let on_its_own_thread = thread::spawn(move || {
            let poll = generator.poll_next_unpin(&mut Context::from_waker(Waker::noop()));
            (generator, poll)
        });
        let poll;
        (generator, poll) = on_its_own_thread.join().unwrap();
        polls += 1;
        match poll {
            Poll::Ready(Some(n)) => found.push(n),
            Poll::Ready(None) => break,
            Poll::Pending => {}
        }
    }
    assert_eq!(found, [0, 1, 2]);
    assert_eq!(polls, 7);
}

#[test]
fn generators_on_two_threads_do_not_meet() {
    let run = |base: u64| {
        move || {
            items(stream! {
                for n in 0..1000 {
                    for await m in numbers(1) {
                        yield base + n + m;
                    }
                }
            })
        }
    };
    let (left, right) = (thread::spawn(run(0)), thread::spawn(run(1000)));
    assert_eq!(left.join().unwrap(), (0..1000).collect::<Vec<_>>());
    assert_eq!(right.join().unwrap(), (1000..2000).collect::<Vec<_>>());
}

#[test]
fn select_between_ready_arms_takes_one_and_keeps_the_other() {
    let selecting = stream! {
        let mut left = pin!(stream::iter([1, 2]).fuse());
        let mut right = pin!(stream::iter([10, 20]).fuse());
        loop {
            futures::select_biased! {
                n = left.next() => if let Some(n) = n { yield n; } else { break },
                n = right.next() => yield n.unwrap_or(99),
            }
        }
        for await n in right {
            yield n;
        }
    };
    assert_eq!(items(selecting), [1, 2, 10, 20]);
}

#[test]
fn consumer_may_be_a_generator_of_the_same_function() {
    #[async_generator(boxed)]
    async fn sieve(numbers: BoxGenerator<'static, u32>) -> u32 {
        let mut numbers = numbers;
        if let Some(prime) = numbers.next().await {
            yield_!(prime);
            let rest = BoxGenerator::new(stream! {
                for await n in numbers {
                    if n % prime != 0 {
                        tick().await;
                        yield n;
                    }
                }
            });
            yield_from!(sieve(rest));
        }
    }
    let candidates = BoxGenerator::new(stream! { for n in 2..40 { yield n; } });
    assert_eq!(items(sieve(candidates)), [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37]);
}
