//! Generators whose arguments, variables, labels, functions and macros have the names that an expansion
//! would like to have.

use gen_runtime::prelude::*;

use crate::{Log, first_of, tick, use_up};

/// Defines functions that an expansion might mean to call.
macro_rules! functions {
    ($($name:ident)*) => {
        $(
            #[doc = concat!("Has the name `", stringify!($name), "`.")]
            pub fn $name() {}
        )*
    };
}

/// Functions.
pub mod functions {
    functions! { handle token wait sent region leave left until next release pin source }
}

/// Defines macros that no expansion may call.
macro_rules! macros {
    ($dollar:tt $($name:ident)*) => {
        $(
            #[expect(unused_macros, reason = "no expansion calls it")]
            macro_rules! $name {
                ($dollar($dollar tokens:tt)*) => {
                    compile_error!(concat!("hijacked ", stringify!($name)))
                };
            }
        )*
    };
}

macros! { $ pin panic unreachable matches concat loop_ ready poll }

/// Arguments.
#[async_generator(send = u32)]
pub async fn arguments(
    token: u32,
    handle: u32,
    anchor: u32,
    item: u32,
    slot: u32,
    mut value: u32,
) -> u32 {
    defer! { use_up((token, handle, anchor)); }
    value += yield_!(token) + yield_!(handle) + yield_!(anchor);
    yield_!(value);
    yield_!(item);
    yield_!(slot);
}

/// Arguments of a generator that may fail and can be thrown into.
#[async_generator(throw = String)]
pub async fn signals(
    exit: u32,
    source: u32,
    jump: u32,
    finish: u32,
    __self: u32,
) -> Result<u32, String> {
    #[for_await]
    for body in stream_of![exit + source for source in 0..source] {
        defer! { use_up(jump); }
        if body == exit + jump {
            continue;
        }
        yield_!(Ok(body))?;
    }
    yield_!(Ok(finish))?;
    yield_!(Ok(__self))?;
}

/// Variables.
#[async_generator]
pub async fn variables(log: &Log) -> u32 {
    use functions::{next, pin, region, wait};

    let (token, handle, anchor) = (1, 2, 3);
    let mut value = Some(4);
    let (item, slot) = (yield_!(token), first_of!(yield_!(handle), yield_!(anchor)));
    defer! { log.borrow_mut().push(format!("{value:?} {item:?} {slot:?}")); }
    next();
    pin();
    region();
    wait();
    let exit = {
        defer! { value = None; }
        let (source, jump, finish) = (5, 6, 7);
        'body: for inner in [source, jump, finish] {
            #[for_await]
            for source in stream! { let (item, token) = (inner, 0); yield item + token; } {
                let (jump, exit, finish) = (source, (), ());
                if jump == 6 {
                    continue 'body;
                }
                yield_!(source);
                defer! { use_up((exit, finish)); }
                tick().await;
            }
        }
        value
    };
    let (result, error, generator, cx, this, future) = (8, 9, 10, 11, 12, 13);
    yield_!(exit.unwrap_or(result));
    let signal = async {
        let handle = (error, generator);
        yield_!(handle.0 + handle.1);
        cx + this
    }
    .await;
    yield_from!(stream_of![resumed for resumed in [signal, future]]);
}

/// Labels.
#[async_generator]
pub async fn labels() -> u32 {
    'handle: for n in 0..3 {
        'token: {
            'outer: {
                'exit: {
                    defer! { tick().await; }
                    match n {
                        0 => break 'exit,
                        1 => break 'token,
                        _ => yield_!(n),
                    }
                    break 'outer;
                }
                continue 'handle;
            }
            yield_!(20);
            break 'handle;
        }
        yield_!(10);
    }
}

/// Type and const parameters, and lifetimes.
#[async_generator]
pub async fn parameters<'a, 'g, F: ?Sized, Y, S, T, G, const N: usize>(
    f: &'a F,
    y: Y,
    g: &'g G,
    _: (S, T),
) -> (&'a F, Y, &'g G)
where
    Y: Clone,
{
    for _ in 0..N {
        yield_!((f, y.clone(), g));
    }
}
