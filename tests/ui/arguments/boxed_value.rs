use gen_runtime::prelude::*;

#[async_generator(boxed = true)]
async fn count() -> u32 {
    yield_!(1);
}

fn main() {}
