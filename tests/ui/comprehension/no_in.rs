//! A loop without `in`.

use gen_runtime::stream_of;

fn main() {
    let _ = stream_of![x for x futures::stream::iter([1])];
}
