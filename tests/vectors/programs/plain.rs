//! Programs without cleanup and without handlers.

use gen_runtime::prelude::*;

use crate::{
    value::{Error, Value, int, text},
    world::{Log, tick},
};

#[async_generator(boxed(local), send = Value, throw = Error)]
pub(crate) async fn counter(log: Log) -> Result<Value, Error> {
    for i in 0..3 {
        yield_!(Ok(int(i)))?;
    }
    log.line("end");
}

#[async_generator(boxed(local), send = Value, throw = Error)]
pub(crate) async fn counter_await(log: Log) -> Result<Value, Error> {
    for i in 0..3 {
        log.line(format_args!("work {i}"));
        tick().await;
        yield_!(Ok(int(i)))?;
    }
    tick().await;
    log.line("end");
}

#[async_generator(boxed(local), send = Value, throw = Error)]
pub(crate) async fn echo(log: Log) -> Result<Value, Error> {
    let mut x = Value::Null;
    loop {
        x = yield_!(Ok(x))?;
        log.line(format_args!("got {x}"));
    }
}

#[async_generator(boxed(local), send = Value, throw = Error)]
pub(crate) async fn accumulator(log: Log) -> Result<Value, Error> {
    let mut total = 0;
    loop {
        let Value::Int(v) = yield_!(Ok(int(total)))? else {
            log.line(format_args!("stopping at {total}"));
            return;
        };
        total += v;
        log.line(format_args!("added {v}"));
    }
}

#[async_generator(boxed(local), send = Value, throw = Error)]
pub(crate) async fn conditional_first(log: Log) -> Result<Value, Error> {
    let flag = false;
    log.line("start");
    if flag {
        let x = yield_!(Ok(text("first")))?;
        log.line(format_args!("got {x}"));
    }
    tick().await;
    let y = yield_!(Ok(text("second")))?;
    log.line(format_args!("got {y}"));
}

#[async_generator(boxed(local), send = Value, throw = Error)]
pub(crate) async fn empty(log: Log) -> Result<Value, Error> {
    log.line("start");
    tick().await;
    let (one, two) = (1, 2);
    if one == two {
        yield_!(Ok(int(1)))?;
    }
    log.line("end");
}

#[async_generator(boxed(local), send = Value, throw = Error)]
pub(crate) async fn conversation(log: Log) -> Result<Value, Error> {
    let name = yield_!(Ok(text("name?")))?;
    tick().await;
    log.line(format_args!("name {name}"));
    let age = yield_!(Ok(text(format_args!("hello {name}, age?"))))?;
    tick().await;
    tick().await;
    log.line(format_args!("age {age}"));
    let last = yield_!(Ok(text(format_args!("{name}/{age}"))))?;
    log.line(format_args!("last {last}"));
}
