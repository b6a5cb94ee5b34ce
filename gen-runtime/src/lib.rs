//! Async generators.
#![no_std]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

#[cfg(feature = "alloc")]
mod boxed;
mod frame;
mod generator;
mod leaf;
mod macros;
mod operations;
pub mod prelude;
mod protocol;
mod region;
mod source;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

#[cfg(feature = "alloc")]
pub use boxed::{BoxGenerator, LocalBoxGenerator};
pub use gen_runtime_macros::async_generator;
pub use generator::Generator;
pub use operations::{Close, Send, Throw};
pub use protocol::{AsyncGenerator, GeneratorState, SendError, Signal, ThrowError};
