//! An element that yields.

use gen_runtime::stream_of;

fn main() {
    let _ = stream_of![yield_!(x) for await x in futures::stream::iter([1])];
}
