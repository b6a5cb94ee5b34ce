//! A cleanup cannot use `?`.

use gen_runtime::prelude::*;

#[async_generator]
async fn lines() -> std::io::Result<String> {
    defer! { std::fs::remove_file("lines")?; }
    yield_!(Ok(String::new()));
}

fn main() {}
