//! A condition before any loop.

use gen_runtime::stream_of;

fn main() {
    let _ = stream_of![1 if true];
}
