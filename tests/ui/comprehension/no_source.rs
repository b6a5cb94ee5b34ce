//! A loop over nothing.

use gen_runtime::stream_of;

fn main() {
    let _ = stream_of![x for await x in];
}
