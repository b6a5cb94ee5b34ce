use gen_runtime::prelude::*;

async fn parsed(text: &str) -> Result<u32, std::num::ParseIntError> {
    text.parse()
}

#[async_generator]
async fn numbers() -> Result<u32, std::num::ParseIntError> {
    defer! {
        println!("{}", parsed("x").await?);
    }
    yield_!(Ok(1));
}

fn main() {}
