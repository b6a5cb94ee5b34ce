use gen_runtime::prelude::*;

#[async_generator]
pub async fn missing_type(x) -> u32 {
    yield_!(x);
}

fn main() {}
