//! The program that measures one contender in a process of its own.

use std::{
    hint::black_box,
    pin::Pin,
    task::{Context, Waker},
    time::Instant,
};

use futures::Stream;
use tokio::task::{LocalSet, yield_now};

use crate::{alloc, drive::run, measure::items, streams::Streams};

/// What a contender can be measured by.
#[derive(Clone, Copy)]
pub struct Program {
    /// Drives `n` items of a workload in a mode, as [`drive::run`](run) does.
    pub run: fn(&str, &str, u64) -> Option<u64>,
    sizes: fn() -> Vec<(&'static str, usize)>,
    crowds: fn(u64) -> [(&'static str, u64); 2],
}

impl Program {
    /// The program of a contender, given once for each mode.
    pub fn of<I: Streams, B: Streams, T: Streams>() -> Self {
        Self { run: run::<I, B, T>, sizes: sizes::<B>, crowds: crowds::<T> }
    }

    /// Does what the arguments after the contender's name say, and prints nothing if the contender
    /// cannot:
    ///
    /// - `count <workload> <mode> <n>`: takes `n` items and prints how many there were and how often
    ///   memory was allocated.
    /// - `time <workload> <mode>`: prints the nanoseconds of an item.
    /// - `sizes`: prints the bytes of each stream.
    /// - `crowd <n>`: prints the bytes of each stream while there are `n` of them, each polled once.
    ///
    /// # Panics
    ///
    /// If the arguments are others.
    pub fn main(self) {
        let args: Vec<String> = std::env::args().skip(2).collect();
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        match args.as_slice() {
            ["count", workload, mode, n] => {
                if let Some(items) = (self.run)(workload, mode, number(n)) {
                    println!("{items} {}", alloc::calls());
                }
            }
            ["time", workload, mode] => {
                if let Some(time) = nanoseconds(workload, |n| (self.run)(workload, mode, n)) {
                    println!("{time}");
                }
            }
            ["sizes"] => {
                for (workload, size) in (self.sizes)() {
                    println!("{workload} {size}");
                }
            }
            ["crowd", n] => {
                for (workload, bytes) in (self.crowds)(number(n)) {
                    println!("{workload} {bytes}");
                }
            }
            _ => panic!("not a measurement: {args:?}"),
        }
    }
}

fn number(n: &str) -> u64 {
    n.parse().expect("a number")
}

/// What an item takes: the best of many runs, and the difference of two lengths, as for instructions.
#[expect(clippy::cast_precision_loss, reason = "counts of a few millions")]
fn nanoseconds(workload: &str, run: impl Fn(u64) -> Option<u64>) -> Option<f64> {
    const RUNS: u32 = 15;
    let [few, many] = items(workload).map(|n| n * 10);
    let best = |n: u64| {
        let once = |_| {
            let start = Instant::now();
            let items = run(black_box(n))?;
            Some((start.elapsed().as_nanos() as f64, items as f64))
        };
        (0..RUNS).filter_map(once).min_by(|one, other| one.0.total_cmp(&other.0))
    };
    let (short, long) = (best(few)?, best(many)?);
    Some((long.0 - short.0) / (long.1 - short.1))
}

/// The sizes of the streams of a contender.
fn sizes<C: Streams>() -> Vec<(&'static str, usize)> {
    let mut sizes = vec![
        ("count", size_of_val(&C::count(0))),
        ("wide_32", size_of_val(&C::wide::<32>(0))),
        ("wide_512", size_of_val(&C::wide::<512>(0))),
        ("ready", size_of_val(&C::ready(0))),
        ("pending", size_of_val(&C::pending(0))),
        ("fallible", size_of_val(&C::fallible(0))),
        ("asserted", size_of_val(&C::asserted(0))),
        ("selected", size_of_val(&C::selected(0))),
        ("tidy_each", size_of_val(&C::tidy_each(0))),
        ("tidy_around", size_of_val(&C::tidy_around(0))),
        ("pipe_1", size_of_val(&C::pipe_1(0))),
        ("pipe_4", size_of_val(&C::pipe_4(0))),
        ("pipe_8", size_of_val(&C::pipe_8(0))),
    ];
    sizes.extend(C::totals(0).map(|stream| ("send", size_of_val(&stream))));
    sizes.extend(C::defer_each(0).map(|stream| ("defer_each", size_of_val(&stream))));
    sizes.extend(C::defer_around(0).map(|stream| ("defer_around", size_of_val(&stream))));
    sizes
}

fn crowds<C: Streams>(n: u64) -> [(&'static str, u64); 2] {
    [("count", crowd(n, C::count)), ("pending", crowd(n, C::pending))]
}

/// The bytes that each of `n` streams holds, in itself and elsewhere, once it was polled.
fn crowd<St: Stream + 'static>(n: u64, make: impl Fn(u64) -> St) -> u64 {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    // Where a channel can spawn the task that sends.
    LocalSet::new().block_on(&runtime, async {
        let before = alloc::live();
        let mut streams: Vec<St> = (0..n).map(|_| make(black_box(n))).collect();
        let mut cx = Context::from_waker(Waker::noop());
        for stream in &mut streams {
            // SAFETY: from here on the vector neither grows nor gives a stream away: it drops them.
            let stream = unsafe { Pin::new_unchecked(stream) };
            let _ = black_box(stream.poll_next(&mut cx));
        }
        // Now the tasks that were spawned have run, too.
        yield_now().await;
        (alloc::live() - before) / n
    })
}
