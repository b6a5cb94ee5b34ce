use gen_runtime::prelude::*;

async fn name() -> String {
    String::from("name")
}

#[async_generator]
async fn letters() -> char {
    let letters = name().await.as_str();
    yield_!(letters.chars().next().unwrap());
}

#[async_generator]
async fn guarded() -> char {
    defer! { println!("done"); }
    let letters = name().await.as_str();
    yield_!(letters.chars().next().unwrap());
}

fn main() {}
