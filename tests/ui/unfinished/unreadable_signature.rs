use gen_runtime::prelude::*;

#[async_generator]
pub async fn missing_comma(x: u32 y: u32) -> u32 {
    yield_!(x);
}

#[async_generator]
pub async fn missing_type(x) -> u32 {
    yield_!(x);
}

fn main() {}
