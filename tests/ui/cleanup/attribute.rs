use gen_runtime::prelude::*;

#[async_generator]
async fn rows() -> u32 {
    #[cfg(debug_assertions)]
    defer! { println!("closed"); }
    yield_!(1);
}

fn main() {}
