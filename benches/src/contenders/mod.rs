//! One module for each way to write a stream.
//!
//! `M` is how the stream is driven: it makes the compiler build each contender once for each way, so
//! that what it inlines in one does not depend on the others.

use std::pin::Pin;

use futures::Stream;

use crate::{
    drive::mode::{Boxed, Inlined, Task},
    program::Program,
};

mod by_hand;
mod ours;
mod unfold;

#[cfg(feature = "peers")]
mod channel;
#[cfg(feature = "peers")]
mod handles;
#[cfg(feature = "peers")]
mod keywords;
#[cfg(feature = "peers")]
mod totals;

pub use by_hand::ByHand;
pub use ours::Ours;
pub use unfold::Unfold;

#[cfg(feature = "peers")]
pub use channel::Channel;
#[cfg(feature = "peers")]
pub use handles::{AsyncFnStream, AsyncStreamLite, AsynkStrim, Fauxgen, Genawaiter};
#[cfg(feature = "peers")]
pub use keywords::{AsyncGen, AsyncGenerator, AsyncStream};

macro_rules! named {
    ($($(#[$cfg:meta])* $name:ident)*) => {
        /// Their names.
        pub const NAMES: &[&str] = &[$($(#[$cfg])* stringify!($name)),*];

        /// What one of them can be measured by.
        // Inlined, so that the contenders are compiled as part of the program: what is compiled in a
        // library gets at its thread-locals more slowly, and LLVM inlines less of it.
        #[inline]
        pub fn by_name(name: &str) -> Option<Program> {
            $($(#[$cfg])*
            if name == stringify!($name) {
                return Some(Program::of::<$name<Inlined>, $name<Boxed>, $name<Task>>());
            })*
            None
        }
    };
}

named! {
    Ours
    ByHand
    Unfold
    #[cfg(feature = "peers")] AsyncStream
    #[cfg(feature = "peers")] AsyncGenerator
    #[cfg(feature = "peers")] AsynkStrim
    #[cfg(feature = "peers")] AsyncGen
    #[cfg(feature = "peers")] Fauxgen
    #[cfg(feature = "peers")] Genawaiter
    #[cfg(feature = "peers")] AsyncFnStream
    #[cfg(feature = "peers")] AsyncStreamLite
    #[cfg(feature = "peers")] Channel
}

/// Says whether a contender can be driven so.
pub fn has_mode(name: &str, mode: &str) -> bool {
    // A channel needs a task that produces.
    name != "Channel" || mode == "task"
}

/// Nests a stage in itself.
#[macro_export]
macro_rules! nest {
    (1 $stage:expr, $source:expr) => {
        $stage($source)
    };
    (4 $stage:expr, $source:expr) => {
        $stage($stage($stage($stage($source))))
    };
    (8 $stage:expr, $source:expr) => {
        $crate::nest!(4 $stage, $crate::nest!(4 $stage, $source))
    };
}

/// The pipelines of a contender, from its `count`, two kinds of stage, and the box to put one in. Each gets
/// types of its own, as the modes do.
#[macro_export]
macro_rules! pipes {
    ($contender:ident, $plus_one:expr, $again:expr, $boxed:expr) => {
        fn pipe_1(n: u64) -> impl Stream<Item = u64> {
            $crate::nest!(1 $plus_one, $contender::<$crate::drive::mode::Pipe<M, 1>>::count(n))
        }

        fn pipe_4(n: u64) -> impl Stream<Item = u64> {
            $crate::nest!(4 $plus_one, $contender::<$crate::drive::mode::Pipe<M, 2>>::count(n))
        }

        fn pipe_8(n: u64) -> impl Stream<Item = u64> {
            $crate::nest!(8 $plus_one, $contender::<$crate::drive::mode::Pipe<M, 3>>::count(n))
        }

        fn chain(stages: usize, n: u64) -> Pin<Box<dyn Stream<Item = u64>>> {
            let mut stream = $boxed($contender::<$crate::drive::mode::Pipe<M, 4>>::count(n));
            for _ in 0..stages {
                stream = $boxed($plus_one(stream));
            }
            Box::pin(stream)
        }

        fn from_1(n: u64) -> impl Stream<Item = u64> {
            $crate::nest!(1 $again, $contender::<$crate::drive::mode::Pipe<M, 5>>::count(n))
        }

        fn from_4(n: u64) -> impl Stream<Item = u64> {
            $crate::nest!(4 $again, $contender::<$crate::drive::mode::Pipe<M, 6>>::count(n))
        }

        fn from_8(n: u64) -> impl Stream<Item = u64> {
            $crate::nest!(8 $again, $contender::<$crate::drive::mode::Pipe<M, 7>>::count(n))
        }

        fn delegate(levels: usize, n: u64) -> Pin<Box<dyn Stream<Item = u64>>> {
            let mut stream = $boxed($contender::<$crate::drive::mode::Pipe<M, 8>>::count(n));
            for _ in 0..levels {
                stream = $boxed($again(stream));
            }
            Box::pin(stream)
        }
    };
}

/// A box that a stage can be put on.
pub fn erased<S: Stream<Item = u64> + 'static>(stream: S) -> Pin<Box<dyn Stream<Item = u64>>> {
    Box::pin(stream)
}
