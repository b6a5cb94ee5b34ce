//! `for` over a stream.

use gen_runtime::stream_of;

fn main() {
    let _ = stream_of![x for x in futures::stream::iter([1])];
}
