//! Programs that catch what is thrown or raised. A try block is an async block that is awaited where
//! it stands.

use gen_runtime::prelude::*;

use crate::{
    value::{Error, Value, int, raise, text},
    world::{Log, tick},
};

#[async_generator(boxed(local), send = Value, throw = Error)]
pub(crate) async fn catch_continue(log: Log) -> Result<Value, Error> {
    for i in 0..4 {
        let tried: Result<(), Error> = async {
            yield_!(Ok(int(i)))?;
            log.line(format_args!("resumed {i}"));
            Ok(())
        }
        .await;
        match tried {
            Err(e) if e.is_a() => log.line(format_args!("caught {e}")),
            other => other?,
        }
    }
    log.line("end");
}

#[async_generator(boxed(local), send = Value, throw = Error)]
pub(crate) async fn yield_in_except(log: Log) -> Result<Value, Error> {
    let tried: Result<(), Error> = async {
        yield_!(Ok(int(1)))?;
        yield_!(Ok(int(2)))?;
        log.line("no error");
        Ok(())
    }
    .await;
    match tried {
        Err(e) if e.is_a() => {
            log.line(format_args!("caught {e}"));
            let x = yield_!(Ok(text("recovered")))?;
            log.line(format_args!("got {x}"));
            yield_!(Ok(text("again")))?;
        }
        other => other?,
    }
    log.line("end");
}

#[async_generator(boxed(local), send = Value, throw = Error)]
pub(crate) async fn reraise(log: Log) -> Result<Value, Error> {
    defer! { log.line("finally"); }
    let tried: Result<(), Error> = async {
        yield_!(Ok(int(1)))?;
        yield_!(Ok(int(2)))?;
        Ok(())
    }
    .await;
    match tried {
        Err(e) if e.is_a() => {
            log.line(format_args!("caught {e}"));
            tick().await;
            log.line("re-raising");
            raise(e)?;
        }
        other => other?,
    }
}

#[async_generator(boxed(local), send = Value, throw = Error)]
pub(crate) async fn transform(_log: Log) -> Result<Value, Error> {
    let tried: Result<(), Error> = async {
        yield_!(Ok(int(1)))?;
        yield_!(Ok(int(2)))?;
        Ok(())
    }
    .await;
    match tried {
        Err(e) if e.is_a() => {
            tick().await;
            raise(Error::b(format_args!("wrapped: {}", e.message)).caused_by(e))?;
        }
        other => other?,
    }
}

#[async_generator(boxed(local), send = Value, throw = Error)]
pub(crate) async fn error_as_value(_log: Log) -> Result<Value, Error> {
    let mut v = text("ready");
    loop {
        v = match yield_!(Ok(v)) {
            Ok(x) => text(format_args!("sent:{x}")),
            Err(e) if e.is_a() || e.is_b() => text(e),
            Err(e) => return Err(e),
        };
    }
}

#[async_generator(boxed(local), send = Value, throw = Error)]
pub(crate) async fn catch_any_error(log: Log) -> Result<Value, Error> {
    let mut n = 0;
    loop {
        n += 1;
        if let Err(e) = yield_!(Ok(int(n))) {
            log.line(format_args!("survived {e}"));
            tick().await;
        }
    }
}

#[async_generator(boxed(local), send = Value, throw = Error)]
pub(crate) async fn await_error(log: Log) -> Result<Value, Error> {
    defer! {
        log.line("finally-start");
        tick().await;
        log.line("finally-end");
    }
    let tried: Result<(), Error> = async {
        tick().await;
        raise(Error::a("first"))
    }
    .await;
    match tried {
        Err(e) if e.is_a() => {
            log.line(format_args!("caught {e}"));
            yield_!(Ok(text("one")))?;
            log.line("resumed");
        }
        other => other?,
    }
    tick().await;
    log.line("second");
    raise(Error::a("second"))?;
    yield_!(Ok(text("two")))?;
}
