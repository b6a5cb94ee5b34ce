//! A clause that does not exist.

use gen_runtime::stream_of;

fn main() {
    let _ = stream_of![x for await x in futures::stream::iter([1]) while x < 3];
}
