//! Programs whose cleanup guards a turn of a loop, and is passed by `break`, `continue` and `return`.

use gen_runtime::prelude::*;

use crate::{
    value::{Error, Value, int, raise, text},
    world::{Log, tick},
};

#[async_generator(boxed(local), send = Value, throw = Error)]
pub(crate) async fn break_through_finally(log: Log) -> Result<Value, Error> {
    for i in 0..5 {
        defer! {
            log.line(format_args!("finally {i}"));
            tick().await;
            log.line(format_args!("finally-awaited {i}"));
        }
        let x = yield_!(Ok(int(i)))?;
        if x == "break" {
            log.line(format_args!("breaking at {i}"));
            break;
        }
        log.line(format_args!("turn done {i}"));
    }
    log.line("after-loop");
    yield_!(Ok(text("tail")))?;
    log.line("end");
}

#[async_generator(boxed(local), send = Value, throw = Error)]
pub(crate) async fn continue_through_finally(log: Log) -> Result<Value, Error> {
    for i in 0..5 {
        {
            defer! {
                log.line(format_args!("finally {i}"));
                tick().await;
                log.line(format_args!("finally-awaited {i}"));
            }
            if i % 2 == 1 {
                log.line(format_args!("skip {i}"));
                continue;
            }
            yield_!(Ok(int(i)))?;
        }
        log.line(format_args!("turn done {i}"));
    }
    log.line("end");
}

/// A cleanup cannot break out, so the `break` that discards what was on its way stands behind it. Only
/// a `close` shows the difference: it runs the cleanup and goes no further.
#[async_generator(boxed(local), send = Value, throw = Error)]
pub(crate) async fn break_in_finally(log: Log) -> Result<Value, Error> {
    #[expect(clippy::never_loop, reason = "the program's loop never comes to its second turn")]
    for i in 0..3 {
        let _discarded: Result<(), Error> = async {
            defer! { log.line(format_args!("finally {i}")); }
            yield_!(Ok(int(i)))?;
            Ok(())
        }
        .await;
        break;
    }
    log.line("after-loop");
    yield_!(Ok(text("tail")))?;
    log.line("end");
}

#[async_generator(boxed(local), send = Value, throw = Error)]
pub(crate) async fn retry(log: Log) -> Result<Value, Error> {
    for i in 0..3 {
        defer! { log.line(format_args!("attempt {i} over")); }
        match yield_!(Ok(int(i))) {
            Ok(x) => {
                log.line(format_args!("succeeded with {x}"));
                return;
            }
            Err(e) if e.is_a() => {
                log.line(format_args!("retry after {e}"));
                tick().await;
            }
            Err(e) => raise(e)?,
        }
    }
    raise(Error::b("gave up"))?;
}
