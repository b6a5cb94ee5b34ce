//! Clauses without an element.

use gen_runtime::stream_of;

fn main() {
    let _ = stream_of![for await x in futures::stream::iter([1])];
}
