//! Sensors of different speed in one stream. One fails: the others go on, or all are closed.
//!
//! `cargo run --example merge`

use std::fmt;
use std::pin::pin;
use std::time::Duration;

use futures::StreamExt as _;
use gen_runtime::{prelude::*, stages};
use tokio::time::{Instant, sleep};

#[derive(Debug, PartialEq)]
struct Fault(&'static str);

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is broken", self.0)
    }
}

/// Yields a reading every `period` milliseconds, until the sensor fails after `good` of them. Switching
/// it off takes as long as a reading does.
#[async_generator]
async fn sensor(name: &'static str, period: u64, good: u32) -> Result<String, Fault> {
    let period = Duration::from_millis(period);
    defer! {
        sleep(period).await;
        println!("  {name} is off");
    }
    for n in 1..=good {
        sleep(period).await;
        yield_!(Ok(format!("{name} {n}")));
    }
    Err(Fault(name))?;
}

fn sensors() -> [impl AsyncGenerator<Yield = Result<String, Fault>>; 3] {
    [sensor("slow", 250, 100), sensor("fast", 70, 100), sensor("faulty", 110, 2)]
}

// Paused, the clock jumps to the next timer: nothing waits, and every run is the same.
#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let now = || start.elapsed().as_millis();

    println!("an error is an item like any other:");
    let mut readings = pin!(stages::merge(sensors()));
    let mut failed = 0;
    for _ in 0..9 {
        match readings.next().await.expect("two of them go on") {
            Ok(reading) => println!("{:4} {reading}", now()),
            Err(fault) => {
                failed += 1;
                println!("{:4} {fault}", now());
            }
        }
    }
    assert_eq!(failed, 1);
    // All that are left are closed, and at once: it takes as long as the slowest does.
    let (items_until, closed_until) = {
        let before = now();
        readings.close().await;
        (before, now())
    };
    assert_eq!(closed_until - items_until, 250);
    println!("{closed_until:4} closed");

    println!("the first error ends them all:");
    let mut readings = pin!(stages::try_merge(sensors()));
    let mut last = None;
    while let Some(reading) = readings.next().await {
        match &reading {
            Ok(reading) => println!("{:4} {reading}", now()),
            Err(fault) => println!("{:4} {fault}", now()),
        }
        last = Some(reading);
    }
    assert_eq!(last, Some(Err(Fault("faulty"))));
}
