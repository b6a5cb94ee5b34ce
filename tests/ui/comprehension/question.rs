//! `?` in a comprehension.

use gen_runtime::stream_of;

fn main() {
    let _ = stream_of![x.parse::<u32>()? for x in ["1"]];
}
