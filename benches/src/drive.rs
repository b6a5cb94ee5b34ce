//! Takes the items of one stream.

use std::{
    hint::black_box,
    pin::{Pin, pin},
    task::{Context, Poll, Waker},
};

use futures::{Stream, StreamExt as _};
use tokio::task::LocalSet;

use crate::streams::{Streams, Totals, Tree};

/// How a stream is driven. It is an argument of each contender, so that each way gets its own copy.
pub mod mode {
    use std::marker::PhantomData;

    #[derive(Debug)]
    pub struct Inlined;
    #[derive(Debug)]
    pub struct Boxed;
    #[derive(Debug)]
    pub struct Task;
    /// One of the pipelines that are driven so.
    #[derive(Debug)]
    pub struct Pipe<M, const WHICH: u8>(PhantomData<M>);
}

/// The ways to drive a stream.
pub const MODES: [&str; 3] = ["inlined", "boxed", "task"];

/// The workloads, what one unit of each is, and the modes that it is driven in.
pub const WORKLOADS: [(&str, &str, &[&str]); 31] = [
    ("count", "items of 8 B", &MODES),
    ("wide_32", "items of 256 B", &MODES),
    ("wide_512", "items of 4 KiB", &MODES),
    ("ready", "an await that is ready, per item", &MODES),
    ("pending", "an await that is pending once, per item", &MODES),
    ("fallible", "a `?` per item", &MODES),
    ("asserted", "an `assert!` per item", &MODES),
    ("selected", "a `select!` per item", &MODES),
    ("send", "a number sent, per item", &["inlined", "boxed"]),
    ("tidy_each", "a cleanup written after each yield", &["inlined", "boxed"]),
    ("defer_each", "the same by a `defer!` in the loop", &["inlined", "boxed"]),
    ("tidy_around", "a cleanup written after the loop", &["inlined", "boxed"]),
    ("defer_around", "the same by a `defer!` around the loop", &["inlined", "boxed"]),
    ("short", "generators of 3 items: created, run, dropped", &["inlined", "boxed"]),
    ("pipe_1", "through 1 stage", &["inlined", "boxed"]),
    ("pipe_4", "through 4 stages", &["inlined", "boxed"]),
    ("pipe_8", "through 8 stages", &["inlined", "boxed"]),
    ("chain_1", "through 1 boxed stage", &["boxed"]),
    ("chain_4", "through 4 boxed stages", &["boxed"]),
    ("chain_16", "through 16 boxed stages", &["boxed"]),
    ("chain_64", "through 64 boxed stages", &["boxed"]),
    ("from_1", "delegated through 1 level", &["inlined", "boxed"]),
    ("from_4", "delegated through 4 levels", &["inlined", "boxed"]),
    ("from_8", "delegated through 8 levels", &["inlined", "boxed"]),
    ("delegate_1", "delegated through 1 boxed level", &["boxed"]),
    ("delegate_4", "delegated through 4 boxed levels", &["boxed"]),
    ("delegate_16", "delegated through 16 boxed levels", &["boxed"]),
    ("delegate_64", "delegated through 64 boxed levels", &["boxed"]),
    ("walk_1", "recursion over a tree of 10k nodes, depth 1", &["boxed"]),
    ("walk_8", "recursion over a tree of 10k nodes, depth 8", &["boxed"]),
    ("walk_64", "recursion over a tree of 10k nodes, depth 64", &["boxed"]),
];

/// Takes all items in this very function.
#[inline(always)]
#[expect(clippy::inline_always, reason = "the stream is to be part of the loop")]
fn take_all<St: Stream>(mut stream: Pin<&mut St>) -> u64 {
    let mut cx = Context::from_waker(Waker::noop());
    let mut items = 0;
    loop {
        match stream.as_mut().poll_next(&mut cx) {
            Poll::Ready(Some(item)) => {
                black_box(&item);
                items += 1;
            }
            Poll::Ready(None) => return items,
            Poll::Pending => {}
        }
    }
}

#[inline(never)]
pub fn inlined<St: Stream>(make: impl FnOnce(u64) -> St, n: u64) -> u64 {
    take_all(pin!(make(black_box(n))))
}

#[inline(never)]
pub fn boxed<'s, St: Stream + 's>(make: impl FnOnce(u64) -> St, n: u64) -> u64 {
    let stream: Pin<Box<dyn Stream<Item = St::Item> + 's>> = Box::pin(make(black_box(n)));
    take_all(pin!(black_box(stream)))
}

/// # Panics
///
/// If the stream does.
#[inline(never)]
pub fn task<St: Stream + 'static>(make: impl FnOnce(u64) -> St + 'static, n: u64) -> u64 {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let consumer = async move {
        let mut stream = pin!(make(black_box(n)));
        let mut items = 0;
        while let Some(item) = stream.next().await {
            black_box(&item);
            items += 1;
        }
        items
    };
    LocalSet::new()
        .block_on(&runtime, async { tokio::task::spawn_local(consumer).await.expect("no panic") })
}

/// Sends to it until it ends.
#[inline(always)]
#[expect(clippy::inline_always, reason = "the stream is to be part of the loop")]
fn send_all<T: Totals + ?Sized>(mut totals: Pin<&mut T>) -> u64 {
    let mut cx = Context::from_waker(Waker::noop());
    let mut items = 0;
    let mut polled = totals.as_mut().poll_first(&mut cx);
    while let Poll::Ready(Some(total)) = polled {
        black_box(total);
        items += 1;
        polled = totals.as_mut().poll_send(&mut cx, black_box(items));
    }
    items
}

#[inline(never)]
fn send_inlined<T: Totals>(make: impl FnOnce(u64) -> Option<T>, n: u64) -> Option<u64> {
    Some(send_all(pin!(make(black_box(n))?)))
}

#[inline(never)]
fn send_boxed<T: Totals + 'static>(make: impl FnOnce(u64) -> Option<T>, n: u64) -> Option<u64> {
    let mut totals: Pin<Box<dyn Totals>> = Box::pin(make(black_box(n))?);
    Some(send_all(black_box(totals.as_mut())))
}

/// The nodes of a tree that is walked.
const NODES: u64 = 10_000;

/// Walks a tree as often as it takes for `n` items.
fn walk<C: Streams>(depth: u64, n: u64) -> u64 {
    let tree: &'static Tree = Box::leak(Box::new(Tree::comb(depth, NODES)));
    (0..n / NODES).map(|_| boxed(|_| C::walk(tree), n)).sum()
}

/// Creates `n` streams, each of three items.
fn short(n: u64, drive: impl Fn(u64) -> u64) -> u64 {
    for _ in 0..n {
        black_box(drive(3));
    }
    n
}

/// Drives `n` items of a workload through a contender, given once for each mode. `None`: there is no
/// such workload or mode.
pub fn run<I, B, T>(workload: &str, mode: &str, n: u64) -> Option<u64>
where
    I: Streams,
    B: Streams,
    T: Streams,
{
    macro_rules! drive {
        ($name:ident $(::<$size:literal>)?) => {
            match mode {
                "inlined" => inlined(I::$name $(::<$size>)?, n),
                "boxed" => boxed(B::$name $(::<$size>)?, n),
                "task" => task(T::$name $(::<$size>)?, n),
                _ => return None,
            }
        };
        (pipe $name:ident) => {
            match mode {
                "inlined" => inlined(I::$name, n),
                "boxed" => boxed(B::$name, n),
                _ => return None,
            }
        };
        (optional $name:ident) => {
            match mode {
                "inlined" => { let stream = I::$name(n)?; inlined(|_| stream, n) },
                "boxed" => { let stream = B::$name(n)?; boxed(|_| stream, n) },
                _ => return None,
            }
        };
    }
    Some(match workload {
        "count" => drive!(count),
        "wide_32" => drive!(wide::<32>),
        "wide_512" => drive!(wide::<512>),
        "ready" => drive!(ready),
        "pending" => drive!(pending),
        "fallible" => drive!(fallible),
        "asserted" => drive!(asserted),
        "selected" => drive!(selected),
        "tidy_each" => drive!(pipe tidy_each),
        "tidy_around" => drive!(pipe tidy_around),
        "defer_each" => drive!(optional defer_each),
        "defer_around" => drive!(optional defer_around),
        "send" if mode == "inlined" => send_inlined(I::totals, n)?,
        "send" if mode == "boxed" => send_boxed(B::totals, n)?,
        "short" if mode == "inlined" => short(n, |n| inlined(I::count, n)),
        "short" if mode == "boxed" => short(n, |n| boxed(B::count, n)),
        "pipe_1" => drive!(pipe pipe_1),
        "pipe_4" => drive!(pipe pipe_4),
        "pipe_8" => drive!(pipe pipe_8),
        "from_1" => drive!(pipe from_1),
        "from_4" => drive!(pipe from_4),
        "from_8" => drive!(pipe from_8),
        "chain_1" if mode == "boxed" => boxed(|n| B::chain(1, n), n),
        "chain_4" if mode == "boxed" => boxed(|n| B::chain(4, n), n),
        "chain_16" if mode == "boxed" => boxed(|n| B::chain(16, n), n),
        "chain_64" if mode == "boxed" => boxed(|n| B::chain(64, n), n),
        "delegate_1" if mode == "boxed" => boxed(|n| B::delegate(1, n), n),
        "delegate_4" if mode == "boxed" => boxed(|n| B::delegate(4, n), n),
        "delegate_16" if mode == "boxed" => boxed(|n| B::delegate(16, n), n),
        "delegate_64" if mode == "boxed" => boxed(|n| B::delegate(64, n), n),
        "walk_1" if mode == "boxed" => walk::<B>(1, n),
        "walk_8" if mode == "boxed" => walk::<B>(8, n),
        "walk_64" if mode == "boxed" => walk::<B>(64, n),
        _ => return None,
    })
}
