//! Python's `async for`.

use gen_runtime::stream_of;

fn main() {
    let _ = stream_of![x async for x in futures::stream::iter([1])];
}
