use gen_runtime::prelude::*;

#[async_generator]
async fn inner() -> u32 {
    yield_!(1);
}

macro_rules! all_of {
    ($inner:expr) => {
        yield_from!($inner)
    };
}

#[async_generator]
async fn outer() -> u32 {
    tokio::select! { () = async {} => yield_!(0) }
    all_of!(inner());
}

fn main() {}
