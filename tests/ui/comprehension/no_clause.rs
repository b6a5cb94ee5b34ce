//! An element alone.

use gen_runtime::stream_of;

fn main() {
    let _ = stream_of![1];
}
