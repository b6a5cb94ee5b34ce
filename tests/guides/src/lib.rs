//! Compiles and runs every snippet of the guides: `cargo test -p guides`.

/// Coming from Python.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/from-python.md")]
pub mod from_python {}

/// Coming from the `async-stream` crate.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/from-async-stream.md")]
pub mod from_async_stream {}
