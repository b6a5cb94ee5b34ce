//! Generators where no name of the prelude means what it does elsewhere.
#![no_implicit_prelude]

use ::gen_runtime::prelude::*;

use crate::{Log, choose, first_of, note, tick};

/// Defines types that no expansion may name.
macro_rules! types {
    ($($name:ident)*) => {
        $(
            #[doc = ::core::concat!("Is not `", ::core::stringify!($name), "`.")]
            #[derive(::core::fmt::Debug)]
            pub struct $name;
        )*
    };
}

/// Defines traits that no expansion may name.
macro_rules! traits {
    ($($name:ident)*) => {
        $(
            #[doc = ::core::concat!("Is not `", ::core::stringify!($name), "`.")]
            pub trait $name {}
        )*
    };
}

/// Defines macros that no expansion may call.
macro_rules! macros {
    ($dollar:tt $($name:ident)*) => {
        $(
            #[expect(unused_macros, reason = "no expansion calls it")]
            macro_rules! $name {
                ($dollar($dollar tokens:tt)*) => {
                    ::core::compile_error!(::core::concat!("hijacked ", ::core::stringify!($name)))
                };
            }
        )*
    };
}

types! { Option Some None Result Ok Err Box Vec String Pin Poll Context Infallible Generator BoxGenerator Signal Token }
traits! { Send Sync Sized Copy Clone Default Drop Into From Iterator IntoIterator Future IntoFuture Stream Fn FnOnce }
macros! { $ assert concat matches panic pin todo unreachable vec write }

/// Is not the crate.
pub mod core {}
/// Is not the crate.
pub mod std {}
/// Is not the crate.
pub mod alloc {}
/// Is not the crate.
pub mod gen_runtime {}
/// Is not the module.
pub mod __private {}
/// Does not drop.
pub fn drop() {}

/// Yields and returns.
#[async_generator]
pub async fn plain(limit: u32) -> u32 {
    for n in 0..limit {
        if n == 3 {
            return;
        }
        yield_!(n);
    }
}

/// Fails.
#[async_generator(send = ::core::option::Option<u32>, throw = &'static str)]
pub async fn fallible(log: &Log) -> ::core::result::Result<u32, &'static str> {
    defer! {
        tick().await;
        note(log, "closed");
    }
    let sent = yield_!(::core::result::Result::Ok(1))?;
    ::std::println!("{:?}", yield_!(::core::result::Result::Ok(sent.unwrap_or(2)))?);
    ::core::result::Result::Err("end")?;
}

/// Is anonymous, and fails.
pub fn results() -> impl AsyncGenerator<Yield = ::core::result::Result<u32, &'static str>> {
    try_stream! {
        yield 20;
        ::core::result::Result::Err("stop")?;
    }
}

/// Uses every other construct.
#[async_generator]
pub async fn constructs(log: &Log) -> u32 {
    'outer: loop {
        defer! { note(log, "loop"); }
        #[for_await]
        for n in stream_of![n * m for n in 1..4 if n != 2 for await m in plain(3)] {
            defer! { tick().await; }
            let n = async {
                yield_!(n);
                first_of!(n, yield_!(n + 1))
            }
            .await;
            if choose!(n; 0 => false, _ => true) {
                break 'outer;
            }
        }
    }
    yield_from!(stream! {
        for await n in plain(2) {
            yield n;
        }
    });
    #[for_await]
    for n in results() {
        yield_!(n.unwrap_or(30));
    }
}

/// Is boxed.
#[async_generator(boxed)]
pub async fn tree(depth: u32) -> u32 {
    yield_!(depth);
    if depth > 0 {
        yield_from!(tree(depth - 1));
    }
}

/// Is boxed, and not `Send`.
#[async_generator(boxed(local))]
pub async fn local(log: &Log) -> u32 {
    note(log, "local");
    yield_!(1);
}

impl Vec {
    /// Is a method.
    #[async_generator]
    pub async fn method(&self, mut n: u32) -> &Self {
        while n > 0 {
            n -= 1;
            yield_!(self);
        }
    }
}

/// Loops outside a generator.
pub async fn total() -> u32 {
    let mut total = 0;
    for_await!(n in tree(3) {
        total += n;
    });
    total
}
