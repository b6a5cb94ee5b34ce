//! Stages that wait only so long.

use core::{future::Future, time::Duration};

use tokio::time::{self, error::Elapsed};

use super::captured::captured;
use crate::{Generator, protocol::AsyncGenerator, stream};

/// Gives each item of a source as `Ok`, or `Err(Elapsed)` when it takes longer than `limit`.
///
/// The time runs while an item is waited for, not while the consumer is busy. An error ends nothing: the
/// source stands where it stood, and who asks again waits for the same item for another `limit`. Stop at
/// the first with `?` in a loop over it, which closes the source. It mirrors `asyncio.wait_for(anext(source),
/// limit)`, which cancels the source, though, and `tokio_stream`'s `timeout_repeating`.
///
/// # Cancel safety
///
/// Dropping the future of `next` loses nothing. The time of the wait that was cut off goes on: it counts
/// for the `next` that takes it up.
///
/// # Panics
///
/// When it is polled outside a Tokio runtime with its clock enabled.
///
/// # Examples
///
/// ```
/// use futures::StreamExt as _;
/// use gen_runtime::{prelude::*, stages::timeout};
/// use std::{pin::pin, time::Duration};
///
/// #[async_generator]
/// async fn slow() -> &'static str {
///     yield_!("at once");
///     tokio::time::sleep(Duration::from_secs(3)).await;
///     yield_!("late");
/// }
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// let mut items = pin!(timeout(slow(), Duration::from_secs(2)));
/// assert!(matches!(items.next().await, Some(Ok("at once"))));
/// assert!(matches!(items.next().await, Some(Err(_))));
/// assert!(matches!(items.next().await, Some(Ok("late"))));
/// # }
/// ```
pub fn timeout<G: AsyncGenerator>(
    mut source: G,
    limit: Duration,
) -> Generator<impl Future<Output = ()>, Result<G::Yield, Elapsed>> {
    stream! {
        let mut source = captured!(source);
        defer! { source.release().await; }
        while let Some(item) = time::timeout(limit, source.next()).await.transpose() {
            yield item;
        }
    }
}

/// Gives the items of a source, and one that `default` makes whenever the next takes longer than `limit`:
/// a heartbeat.
///
/// Otherwise like [`timeout`].
///
/// # Panics
///
/// When it is polled outside a Tokio runtime with its clock enabled, or `default` panics.
///
/// # Examples
///
/// ```
/// use futures::{StreamExt as _, stream};
/// use gen_runtime::stages::{chain, from_stream, timeout_or_else};
/// use std::{pin::pin, time::Duration};
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// let news = from_stream(stream::iter(["news"]).chain(stream::pending()));
/// let mut events = pin!(timeout_or_else(news, Duration::from_secs(15), || "still here"));
/// assert_eq!(events.next().await, Some("news"));
/// assert_eq!(events.next().await, Some("still here"));
/// assert_eq!(events.next().await, Some("still here"));
/// # }
/// ```
pub fn timeout_or_else<G, F>(
    source: G,
    limit: Duration,
    mut default: F,
) -> Generator<impl Future<Output = ()>, G::Yield>
where
    G: AsyncGenerator,
    F: FnMut() -> G::Yield,
{
    let items = timeout(source, limit);
    stream! {
        for await item in items {
            yield item.unwrap_or_else(|_| default());
        }
    }
}
