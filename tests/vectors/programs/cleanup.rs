//! Programs with cleanup: `finally` is `defer!`.

use gen_runtime::prelude::*;

use crate::{
    value::{Error, Value, int, raise, text},
    world::{Log, tick},
};

#[async_generator(boxed(local), send = Value, throw = Error)]
pub(crate) async fn finally_await(log: Log) -> Result<Value, Error> {
    {
        defer! {
            log.line("finally-start");
            tick().await;
            log.line("finally-awaited");
        }
        log.line("try");
        yield_!(Ok(int(1)))?;
        yield_!(Ok(int(2)))?;
    }
    log.line("after");
}

#[async_generator(boxed(local), send = Value, throw = Error)]
pub(crate) async fn nested_finally(log: Log) -> Result<Value, Error> {
    {
        defer! {
            log.line("outer-start");
            tick().await;
            log.line("outer-end");
        }
        {
            defer! {
                log.line("inner-start");
                tick().await;
                log.line("inner-end");
            }
            yield_!(Ok(int(1)))?;
            yield_!(Ok(int(2)))?;
        }
        yield_!(Ok(int(3)))?;
    }
    log.line("after");
}

#[async_generator(boxed(local), send = Value, throw = Error)]
pub(crate) async fn early_return(log: Log) -> Result<Value, Error> {
    {
        defer! {
            log.line("finally-start");
            tick().await;
            log.line("finally-end");
        }
        yield_!(Ok(int(1)))?;
        let x = yield_!(Ok(int(2)))?;
        if x == "stop" {
            log.line("returning");
            return;
        }
        yield_!(Ok(int(3)))?;
    }
    log.line("after");
}

#[async_generator(boxed(local), send = Value, throw = Error)]
pub(crate) async fn body_raises(log: Log) -> Result<Value, Error> {
    defer! {
        log.line("finally-start");
        tick().await;
        log.line("finally-end");
    }
    yield_!(Ok(int(1)))?;
    log.line("raising");
    raise(Error::a("from body"))?;
    yield_!(Ok(int(2)))?;
}

/// A cleanup cannot raise, so the error that replaces what was on its way is raised behind it. Only a
/// `close` shows the difference: it runs the cleanup, and has no error to report.
#[async_generator(boxed(local), send = Value, throw = Error)]
pub(crate) async fn raise_in_finally(log: Log) -> Result<Value, Error> {
    let _replaced: Result<(), Error> = async {
        defer! {
            log.line("finally-start");
            tick().await;
        }
        yield_!(Ok(int(1)))?;
        yield_!(Ok(int(2)))?;
        Ok(())
    }
    .await;
    raise(Error::b("from finally"))?;
    log.line("after");
}

#[async_generator(boxed(local), send = Value, throw = Error)]
pub(crate) async fn resource(log: Log) -> Result<Value, Error> {
    log.line("opening");
    tick().await;
    let r = "res";
    log.line("opened");
    defer! {
        tick().await;
        log.line(format_args!("closed {r}"));
    }
    yield_!(Ok(text(format_args!("{r}1"))))?;
    yield_!(Ok(text(format_args!("{r}2"))))?;
}

#[async_generator(boxed(local), send = Value, throw = Error)]
pub(crate) async fn empty_finally(log: Log) -> Result<Value, Error> {
    {
        defer! {
            log.line("finally-start");
            tick().await;
            log.line("finally-end");
        }
        log.line("start");
        let (one, other) = (1, 1);
        if one == other {
            return;
        }
        yield_!(Ok(int(1)))?;
    }
    log.line("after");
}

#[async_generator(boxed(local), send = Value, throw = Error)]
pub(crate) async fn infinite(log: Log) -> Result<Value, Error> {
    let mut n = 0;
    defer! { log.line(format_args!("cleanup at {n}")); }
    loop {
        yield_!(Ok(int(n)))?;
        n += 1;
    }
}

#[async_generator(boxed(local), send = Value, throw = Error)]
pub(crate) async fn two_blocks(log: Log) -> Result<Value, Error> {
    {
        defer! {
            log.line("first-finally");
            tick().await;
            log.line("first-finally-end");
        }
        yield_!(Ok(int(1)))?;
    }
    log.line("between");
    {
        defer! {
            log.line("second-finally");
            tick().await;
            log.line("second-finally-end");
        }
        yield_!(Ok(int(2)))?;
    }
    yield_!(Ok(int(3)))?;
    log.line("end");
}

#[async_generator(boxed(local), send = Value, throw = Error)]
pub(crate) async fn finally_catches(log: Log) -> Result<Value, Error> {
    {
        defer! {
            log.line("finally-start");
            let tried: Result<(), Error> = async {
                tick().await;
                raise(Error::b("in cleanup"))?;
                Ok(())
            }
            .await;
            if let Err(e) = tried {
                log.line(format_args!("handled {e}"));
            }
            log.line("finally-end");
        }
        yield_!(Ok(int(1)))?;
        yield_!(Ok(int(2)))?;
    }
    log.line("after");
}
