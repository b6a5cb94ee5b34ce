//! A loop without a pattern.

use gen_runtime::stream_of;

fn main() {
    let _ = stream_of![1 for await in futures::stream::iter([1])];
}
