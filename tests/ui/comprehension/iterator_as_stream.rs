//! `for await` over an iterator.

use gen_runtime::stream_of;

fn main() {
    let _ = stream_of![x for await x in [1, 2]];
}
