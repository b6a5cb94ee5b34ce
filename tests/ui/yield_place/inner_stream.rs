//! A yield in a `stream!` is that stream's, not the outer generator's.

use gen_runtime::prelude::*;

#[async_generator]
async fn lines() -> String {
    let numbers = stream! {
        yield_!(1);
        yield_!(String::from("meant for the outer one"));
    };
    yield_from!(numbers);
}

fn main() {}
