//! A timer that its consumer steers: sent a new period, waited for with a timeout, then closed.
//!
//! `cargo run --example ticker`

use std::pin::pin;
use std::time::Duration;

use futures::StreamExt as _;
use gen_runtime::{GeneratorState, prelude::*};
use tokio::time::{Instant, sleep_until, timeout};

/// Yields the time since its start, once every `period`; send another period to change the pace.
#[async_generator(send = Option<Duration>)]
async fn ticker(mut period: Duration) -> Duration {
    let start = Instant::now();
    let mut next = start;
    let mut count = 0;
    defer! { println!("closed after {count} ticks"); }
    loop {
        next += period;
        sleep_until(next).await;
        count += 1;
        if let Some(sent) = yield_!(start.elapsed()) {
            period = sent;
        }
    }
}

// Paused, the clock jumps to the next timer: nothing waits, and every run is the same.
#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let ms = Duration::from_millis;
    let mut ticks = pin!(ticker(ms(100)));
    for expected in [100, 200] {
        let tick = ticks.next().await.expect("it ticks for ever");
        assert_eq!(tick, ms(expected));
        println!("tick at {tick:?}");
    }

    // The yield evaluates to what is sent, so that the next tick comes sooner.
    let tick = ticks.send(Some(ms(30))).await.expect("it stands at a yield");
    assert_eq!(tick, Some(ms(230)));
    println!("sent a period of 30ms: tick at {:?}", tick.unwrap());

    // A consumer that stops waiting loses nothing: the next one goes on from there.
    assert!(timeout(ms(10), ticks.next()).await.is_err());
    assert_eq!(ticks.state(), GeneratorState::Awaiting);
    let tick = ticks.next().await.expect("it ticks for ever");
    assert_eq!(tick, ms(260));
    println!("waited 10ms in vain, then again: tick at {tick:?}");

    ticks.close().await;
    assert_eq!(ticks.next().await, None);
}
