//! The door that expansions come through. Nothing in it is for users, and all of it may change.

pub use core::{
    convert::Infallible,
    future::Future,
    option::Option::{self, None, Some},
    pin::{Pin, pin},
    result::Result::{self, Err, Ok},
    task::Poll,
};

pub use crate::{
    awaiting::Awaitable,
    direct::{Post, address, direct, direct_fallible, in_region, mailbox, post},
    ending::{closed, ended, exit},
    generator::{fallible, generator, veiled, veiled_fallible},
    in_place::{InPlace, Place},
    leaf::{
        Carried, Item, Sendable, Yield, begin, carry, claim, discard, handle, never, offer,
        offer_or_end, resumed, sent, slot, stream_token, suspend, token,
    },
    region::{Finish, enter, leave, leave_source, leaving, left, region, unless_closing, until},
    source::{
        AnyStream, Delegate, GeneratorOrStream, Probe, Source, next, next_anywhere, next_directly,
        release, release_anywhere, through, turn,
    },
    tried::Tried,
    wanted::{Wanted, as_wanted, never_of, wanted},
    watched::{watched, watched_veiled},
};
pub use gen_runtime_macros::{
    __awaited as awaited, __for_await, __generator_syntax, __lower as lower, __refuse as refuse,
    __stream, __stream_of, __try_stream,
};
