//! An async block that is awaited on the spot may yield, not one that is awaited later.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    let first: Result<(), String> = async {
        yield_!("1".parse::<u32>().map_err(|error| error.to_string())?);
        Ok(())
    }
    .await;
    let second = async { yield_!(2) };
    first.unwrap();
    second.await;
}

fn main() {}
