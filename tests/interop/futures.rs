//! The combinators and macros of `futures`.

use std::pin::pin;

use futures::{
    FutureExt as _, StreamExt as _, TryStreamExt as _,
    executor::block_on,
    future::{Either, ready, select},
    pin_mut, select,
    sink::SinkExt as _,
    stream::{self, FuturesUnordered, select_all},
};
use gen_runtime::prelude::*;

use crate::{Open, counted, failing, pause};

#[test]
fn combinators_of_stream_ext() {
    block_on(async {
        let open = Open::default();
        let items = counted(open.clone(), 9)
            .filter(|n| ready(n % 2 == 1))
            .map(|n| 10 * n)
            .enumerate()
            .skip(1)
            .chunks(3)
            .collect::<Vec<_>>();
        assert_eq!(items.await, [vec![(1, 30), (2, 50), (3, 70)], vec![(4, 90)]]);
        assert_eq!(open.now(), 0, "run to the end, nothing is left to close");
    });
}

#[test]
fn buffered_and_unordered() {
    block_on(async {
        let doubled = |n| async move {
            pause().await;
            2 * n
        };
        let items = counted(Open::default(), 4).map(doubled).buffered(2).collect::<Vec<_>>();
        assert_eq!(items.await, [2, 4, 6, 8]);
        let sum = counted(Open::default(), 4).map(doubled).buffer_unordered(3);
        assert_eq!(sum.fold(0, |sum, n| ready(sum + n)).await, 20);
    });
}

#[test]
fn peekable_zip_chain_and_flatten() {
    block_on(async {
        let mut items = pin!(counted(Open::default(), 2).peekable());
        assert_eq!(items.as_mut().peek().await, Some(&1));
        assert_eq!(items.next().await, Some(1));

        let both = counted(Open::default(), 2).zip(counted(Open::default(), 3));
        assert_eq!(both.collect::<Vec<_>>().await, [(1, 1), (2, 2)]);
        let all = counted(Open::default(), 2).chain(stream::iter([7]));
        assert_eq!(all.collect::<Vec<_>>().await, [1, 2, 7]);
        let nested = counted(Open::default(), 3).flat_map(|n| counted(Open::default(), n));
        assert_eq!(nested.collect::<Vec<_>>().await, [1, 1, 2, 1, 2, 3]);
    });
}

#[test]
fn combinators_of_try_stream_ext() {
    block_on(async {
        assert_eq!(failing(3).try_collect::<Vec<_>>().await, Err(String::from("no 3")));
        let ok = failing(9).map_err(|_| ()).and_then(|n| ready(Ok(n + 1)));
        let mut ok = pin!(ok);
        assert_eq!(ok.try_next().await, Ok(Some(2)));
        let until = failing(4).try_take_while(|n| ready(Ok(*n < 3)));
        assert_eq!(until.try_fold(0, |sum, n| ready(Ok(sum + n))).await, Ok(3));
        let told = failing(2).or_else(|error| ready(Err::<u32, _>(error.len())));
        assert_eq!(told.collect::<Vec<_>>().await, [Ok(1), Err(4)]);
    });
}

#[test]
fn a_combinator_that_borrows_leaves_the_generator_to_be_closed() {
    block_on(async {
        let open = Open::default();
        let mut items = pin!(counted(open.clone(), 9));
        assert_eq!(items.by_ref().take(2).collect::<Vec<_>>().await, [1, 2]);
        assert!(items.as_mut().any(|n| ready(n == 4)).await);
        assert_eq!(open.now(), 1);
        items.close().await;
        assert_eq!(open.now(), 0);
    });
}

#[test]
fn select_macro_and_fused() {
    block_on(async {
        let (left, right) = (counted(Open::default(), 3), counted(Open::default(), 4));
        pin_mut!(left, right);
        let mut sum = 0;
        loop {
            select! {
                n = left.select_next_some() => sum += n,
                n = right.select_next_some() => sum += 10 * n,
                complete => break,
            }
        }
        assert_eq!(sum, 106);
    });
}

#[test]
fn a_next_that_loses_a_race_loses_no_item() {
    block_on(async {
        let mut items = pin!(counted(Open::default(), 2));
        match select(items.next(), ready("first")).await {
            Either::Right((winner, _)) => assert_eq!(winner, "first"),
            Either::Left(_) => panic!("it pauses before each number"),
        }
        assert_eq!(items.next().now_or_never(), Some(Some(1)));
    });
}

#[test]
fn sets_of_generators() {
    block_on(async {
        let all = select_all([1, 2, 3].map(|n| Box::pin(counted(Open::default(), n))));
        assert_eq!(all.fold(0, |sum, n| ready(sum + n)).await, 10);
        let firsts: FuturesUnordered<_> =
            (1..4).map(|n| counted(Open::default(), n).boxed().into_future()).collect();
        assert_eq!(firsts.filter_map(|(first, _)| ready(first)).count().await, 3);
    });
}

#[test]
fn a_generator_is_forwarded_into_a_sink() {
    block_on(async {
        let (sink, received) = futures::channel::mpsc::channel(1);
        let sink = sink.sink_map_err(|_| unreachable!("the receiver lives"));
        let (sent, received) = futures::join!(
            counted(Open::default(), 3).map(Ok::<_, ()>).forward(sink),
            received.collect::<Vec<_>>()
        );
        assert_eq!((sent, received), (Ok(()), vec![1, 2, 3]));
    });
}

#[test]
fn boxed_and_shared_across_threads() {
    let items = counted(Open::default(), 3).boxed();
    let collected = std::thread::spawn(|| block_on(items.collect::<Vec<_>>())).join().unwrap();
    assert_eq!(collected, [1, 2, 3]);
}
