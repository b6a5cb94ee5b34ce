//! The same streams by every means there is to write one, and what drives them.
//!
//! [`Streams`] says what each contender writes, once for each; [`run`] drives one of them, in a process
//! of its own when its instructions are counted.

// Internal, and every contender has the same functions.
// A pipeline of 64 stages is a type of more than 128 levels, whoever wrote them.
#![recursion_limit = "1024"]
#![allow(missing_docs, missing_debug_implementations, clippy::must_use_candidate)]
// A `walk` that calls itself names the box that it returns.
#![allow(refining_impl_trait_reachable)]

pub mod alloc;
pub mod build_costs;
pub mod contenders;
pub mod drive;
pub mod measure;
pub mod program;
pub mod streams;

pub use drive::run;
pub use streams::{Streams, Tree};
