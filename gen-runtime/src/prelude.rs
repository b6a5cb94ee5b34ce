//! Everything a generator needs: the macros and the [`AsyncGenerator`] trait.
//!
//! # Examples
//!
//! ```
//! use gen_runtime::prelude::*;
//!
//! #[async_generator]
//! async fn nothing() {}
//!
//! assert_eq!(nothing().state(), gen_runtime::GeneratorState::Created);
//! ```

pub use crate::{
    async_generator, defer, for_await, generator_syntax, protocol::AsyncGenerator, stream,
    stream_of, try_stream, yield_, yield_from,
};
