//! A stream where a generator is wanted.

use gen_runtime::stages::enumerate;

fn main() {
    let _ = enumerate(futures::stream::iter([1]), 0);
}
