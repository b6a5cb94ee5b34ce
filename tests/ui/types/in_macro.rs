//! An item of the wrong type, yielded in the arguments of a macro.

use gen_runtime::prelude::*;

#[async_generator]
async fn words() -> String {
    println!("{:?}", yield_!(1));
}

fn main() {}
