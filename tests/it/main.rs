//! Tests by topic.

#![warn(clippy::pedantic)]
#![allow(clippy::items_after_statements, reason = "a test defines its generator where it uses it")]
#![allow(clippy::iter_not_returning_iterator, reason = "a generator is what `iter` returns here")]
#![allow(clippy::needless_pass_by_value, reason = "taking arguments by value is what is tested")]

mod support;

mod arguments;
mod async_stream_compat;
mod attributes;
mod auto_traits;
mod awaits;
mod blocks;
mod boxed;
mod boxed_lifetimes;
mod cancellation;
mod cleanups;
mod drop_order;
mod fallible;
mod functions;
mod generator_syntax;
mod in_macros;
mod in_written_macros;
mod methods;
mod nesting;
mod operations;
mod panics;
mod pointers;
mod polls;
mod protocol;
mod regression;
mod sources;
mod streams;
mod traits;
mod wakers;
mod yields;
