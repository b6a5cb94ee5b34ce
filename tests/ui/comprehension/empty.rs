//! Nothing at all.

use gen_runtime::stream_of;

fn main() {
    let _ = stream_of![];
}
