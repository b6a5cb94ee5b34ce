//! `await for` instead of `for await`.

use gen_runtime::stream_of;

fn main() {
    let _ = stream_of![x await for x in futures::stream::iter([1])];
}
