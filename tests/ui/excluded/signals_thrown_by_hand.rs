//! Python's `athrow(GeneratorExit)` and `athrow(StopAsyncIteration)`: the close and the end signal thrown
//! by hand. What can be thrown is the declared type, and a signal is a value that was sent or an error
//! that was thrown.

use std::pin::pin;

use gen_runtime::{GeneratorState, Signal, prelude::*};

#[async_generator(throw = &'static str)]
async fn counter() -> i64 {
    let _ = yield_!(0);
}

async fn throw_the_close_signal() {
    let mut items = pin!(counter());
    let _ = items.throw(GeneratorState::Closed).await;
}

async fn throw_the_end_signal() {
    let mut items = pin!(counter());
    let _ = items.throw(None).await;
}

fn make_a_close_signal() -> Signal<(), &'static str> {
    Signal::Closed
}

fn main() {}
