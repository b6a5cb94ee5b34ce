//! Programs that take from another generator.

use std::pin::pin;

use gen_runtime::prelude::*;

use crate::{
    value::{Error, Value, int, raise, text},
    world::{Log, tick},
};

/// What `delegate_plain` and `delegate_closing` take from.
#[async_generator]
async fn two_items(log: &Log) -> i64 {
    {
        defer! {
            log.line("inner-finally-start");
            tick().await;
            log.line("inner-finally-end");
        }
        yield_!(1);
        yield_!(2);
    }
    log.line("inner-end");
}

/// A loop over a borrowed generator lets go of it without closing it.
#[async_generator(boxed(local), send = Value, throw = Error)]
pub(crate) async fn delegate_plain(log: Log) -> Result<Value, Error> {
    defer! { log.line("outer-finally"); }
    log.line("outer-start");
    let mut inner = pin!(two_items(&log));
    #[for_await]
    for x in &mut inner {
        yield_!(Ok(int(x * 10)))?;
    }
    log.line("loop-done");
}

#[async_generator(boxed(local), send = Value, throw = Error)]
pub(crate) async fn delegate_closing(log: Log) -> Result<Value, Error> {
    defer! { log.line("outer-finally"); }
    log.line("outer-start");
    #[for_await]
    for x in two_items(&log) {
        yield_!(Ok(int(x * 10)))?;
    }
    log.line("loop-done");
}

#[async_generator]
async fn source(log: &Log) -> i64 {
    defer! {
        log.line("source-finally");
        tick().await;
        log.line("source-finally-end");
    }
    log.line("source-open");
    for i in 0..3 {
        tick().await;
        log.line(format_args!("produce {i}"));
        yield_!(i);
    }
}

#[async_generator]
async fn doubled(log: &Log) -> i64 {
    defer! {
        log.line("doubled-finally");
        tick().await;
        log.line("doubled-finally-end");
    }
    #[for_await]
    for x in source(log) {
        tick().await;
        yield_!(x * 2);
    }
}

#[async_generator(boxed(local), send = Value, throw = Error)]
pub(crate) async fn pipeline(log: Log) -> Result<Value, Error> {
    defer! {
        log.line("labelled-finally");
        tick().await;
        log.line("labelled-finally-end");
    }
    #[for_await]
    for x in doubled(&log) {
        log.line(format_args!("label {x}"));
        yield_!(Ok(text(format_args!("v{x}"))))?;
    }
    log.line("labelled-done");
}

#[async_generator]
async fn endless(log: &Log) -> i64 {
    let mut n = 0;
    defer! {
        log.line("inner-finally-start");
        tick().await;
        log.line("inner-finally-end");
    }
    loop {
        yield_!(n);
        n += 1;
    }
}

#[async_generator(boxed(local), send = Value, throw = Error)]
pub(crate) async fn take_two_closing(log: Log) -> Result<Value, Error> {
    let mut count = 0;
    #[for_await]
    for x in endless(&log) {
        count += 1;
        yield_!(Ok(int(x)))?;
        if count == 2 {
            log.line("breaking");
            break;
        }
    }
    log.line("after-break");
    yield_!(Ok(text("tail")))?;
    log.line("end");
}

#[async_generator]
async fn breaking(log: &Log) -> Result<i64, Error> {
    defer! {
        log.line("inner-finally");
        tick().await;
        log.line("inner-finally-end");
    }
    yield_!(Ok(1));
    yield_!(Ok(2));
    raise(Error::a("inner broke"))?;
}

#[async_generator(boxed(local), send = Value, throw = Error)]
pub(crate) async fn inner_raises(log: Log) -> Result<Value, Error> {
    {
        defer! { log.line("outer-finally"); }
        let tried: Result<(), Error> = async {
            #[for_await]
            for x in breaking(&log) {
                yield_!(Ok(int(x?)))?;
            }
            log.line("not reached");
            Ok(())
        }
        .await;
        match tried {
            Err(e) if e.is_a() => {
                log.line(format_args!("outer caught {e}"));
                yield_!(Ok(text("rescued")))?;
            }
            other => other?,
        }
    }
    log.line("end");
}
