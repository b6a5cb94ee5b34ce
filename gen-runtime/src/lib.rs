#![doc = include_str!("../README.md")]
#![no_std]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod awaiting;
#[cfg(feature = "alloc")]
mod boxed;
mod close_on_drop;
mod direct;
mod ending;
mod frame;
mod generator;
mod in_place;
mod leaf;
mod macros;
mod operations;
mod pointers;
mod position;
pub mod prelude;
mod protocol;
mod region;
mod shortcut;
mod source;
pub mod stages;
mod state;
mod tried;
mod undelivered;
#[cfg(not(debug_assertions))]
mod veiled;
mod wanted;
mod watched;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

#[cfg(feature = "alloc")]
pub use boxed::{BoxGenerator, LocalBoxGenerator};
pub use close_on_drop::{CloseOnDrop, OwnedClose};
/// Makes an `async fn` that yields a generator: `async gen fn` of RFC 3513, Python's `async def` with
/// `yield`.
///
/// The function is called like any other and returns a [`Generator`] of the declared type, which does
/// nothing until it is polled. In the body, [`yield_!`] yields, `return;` ends, [`defer!`] cleans up,
/// `#[for_await] for` loops over a stream, [`yield_from!`] delegates. If the last segment of the
/// declared type is `Result`, the generator is fallible: `?` lets an error out as the last item, and
/// `Ok(())` may be returned. No `->` means `()`. The attribute is all that a body needs to be imported.
///
/// It goes on functions and methods, in traits and their impls too, with all that they can have, but
/// `const`, `extern` and `...`. It takes these arguments:
///
/// | argument | meaning |
/// |---|---|
/// | `send = S` | [`yield_!`] evaluates to an `S`, which [`AsyncGenerator::send`] delivers |
/// | `throw = E` | [`yield_!`] evaluates to a `Result`, whose error [`AsyncGenerator::throw`] delivers |
/// | `fallible` | the declared type is a `Result` by another name |
/// | `boxed`, `boxed(local)` | returns a [`BoxGenerator`] or [`LocalBoxGenerator`] |
/// | `crate = "path"` | where this crate is, if it is renamed or re-exported |
///
/// # Examples
///
/// ```
/// use futures::{StreamExt as _, executor::block_on};
/// use gen_runtime::prelude::*;
/// use std::num::ParseIntError;
///
/// #[async_generator]
/// async fn numbers(text: &str) -> Result<u32, ParseIntError> {
///     for word in text.split(' ') {
///         if word == "stop" {
///             return;
///         }
///         yield_!(Ok(word.parse()?));
///     }
/// }
///
/// block_on(async {
///     assert_eq!(numbers("1 2 stop 3").collect::<Vec<_>>().await, [Ok(1), Ok(2)]);
///     assert_eq!(numbers("1 x 2").filter(|item| std::future::ready(item.is_err())).count().await, 1);
/// });
/// ```
///
/// It expands to something like this:
///
/// ```
/// # use core::future::Future;
/// # use gen_runtime::{Generator, __private::{Awaitable, Yield, begin, claim, generator, token}};
/// // #[async_generator]
/// // async fn twice(item: u32) -> u32 { yield_!(item); pause().await; yield_!(item); }
/// fn twice(item: u32) -> Generator<impl Future<Output = ()>, u32> {
///     let token = token(unsafe { claim() }); // it is used in the body alone
///     generator(token, async move {
///         let slot = begin(token).await; // of the poll under way, until the next await
///         Yield { token, item, slot }.await;
///         let ((), slot) = Awaitable::wait_at_hand(pause(), slot).await;
///         Yield { token, item, slot }.await;
///     })
/// }
/// # async fn pause() {}
/// # assert_eq!(futures::executor::block_on(futures::StreamExt::count(twice(1))), 2);
/// ```
///
/// # Limitations
///
/// - On stable the keyword `yield` cannot be written here: see [`generator_syntax!`].
/// - Attributes that rewrite a function go below this one. They find a function that makes a generator:
///   a span of `tracing::instrument` is over when that is made, and `#[async_trait]` has nothing to do
///   there, as `boxed` is dyn-compatible.
/// - A type of one's own called `Result` is taken for that of the standard library, unless it is declared
///   by an alias of another name.
pub use gen_runtime_macros::async_generator;
pub use generator::Generator;
pub use operations::{Close, Send, Throw};
pub use protocol::{AsyncGenerator, GeneratorState, Signal};
pub use undelivered::{SendError, ThrowError};
