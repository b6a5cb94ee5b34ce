//! An item where none is declared.

use gen_runtime::prelude::*;

#[async_generator]
async fn ticks() {
    yield_!("tick");
}

fn main() {}
