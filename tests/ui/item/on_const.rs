//! The attribute on a constant.

use gen_runtime::prelude::*;

#[async_generator]
const ONE: u32 = 1;

fn main() {
    let _ = ONE;
}
