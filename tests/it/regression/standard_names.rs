//! `close` was through with a generator that stood in a macro with a name of the standard library's, as soon
//! as that yielded another item.

use std::pin::pin;

use gen_runtime::{GeneratorState, prelude::*};

use crate::support::{Log, finish, poll_next, tick};

/// By its name it does not await.
macro_rules! println {
    () => {
        tick().await
    };
}

#[async_generator]
async fn awaits(log: &Log) -> u32 {
    defer! { tick().await; log.push("outer"); }
    {
        defer! { log.push("inner"); }
        println!();
        yield_!(1);
    }
    yield_!(2);
}

#[test]
fn close_runs_the_cleanups_behind_an_await_that_it_cannot_see() {
    let log = Log::default();
    let mut items = pin!(awaits(&log));
    assert!(poll_next(items.as_mut()).is_pending());
    finish(items.close());
    assert_eq!(items.state(), GeneratorState::Closed);
    assert_eq!(log.take(), ["inner", "outer"]);
}
