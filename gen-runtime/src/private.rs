//! The door that expansions come through. Nothing in it is for users, and all of it may change.

pub use core::{
    convert::{Infallible, identity},
    future::Future,
    option::Option::{self, None, Some},
    pin::{Pin, pin},
    result::Result::{self, Err, Ok},
};

pub use crate::{
    awaiting::Awaitable,
    ending::{done, ended, exit},
    leaf::{
        Item, Sendable, carry, handle, never, put, resumed, sent, slot, stream_token, token, typed,
    },
    region::{Finish, leave, left, region, until},
    source::{
        AnyStream, Delegate, GeneratorOrStream, Probe, Source, next, next_anywhere, release,
        release_anywhere,
    },
};
pub use gen_runtime_macros::{
    __for_await, __generator_syntax, __lower as lower, __stream, __stream_of, __try_stream,
};
