//! Clauses with commas between them.

use gen_runtime::stream_of;

fn main() {
    let _ = stream_of![x for await x in futures::stream::iter([1]), if x > 0];
}
