//! The door that expansions come through. Nothing in it is for users, and all of it may change.

pub use core::{
    convert::Infallible,
    future::Future,
    option::Option::{self, None, Some},
    pin::{Pin, pin},
    result::Result::{self, Err, Ok},
};

pub use crate::{
    awaiting::Awaitable,
    ending::{done, ended, exit},
    in_place::{InPlace, Place},
    leaf::{
        Item, Sendable, at_hand, begin, carry, handle, never, put, resumed, sent, slot,
        stream_token, token, typed, yielded, yielded_in_region, yielded_sent,
        yielded_sent_in_region,
    },
    region::{Finish, enter, last, leave, left, region, unless_closing, until},
    source::{
        AnyStream, Delegate, GeneratorOrStream, Pinned, Probe, ProbeInPlace, next, next_anywhere,
        release, release_anywhere, through, turn,
    },
};
pub use gen_runtime_macros::{
    __for_await, __generator_syntax, __lower as lower, __stream, __stream_of, __try_stream,
};
