use gen_runtime::prelude::*;

async fn eat(_: String) {}

#[async_generator]
async fn in_a_region_of_its_own(text: String, texts: &Vec<String>) -> u32 {
    for n in 0..2 {
        defer! { println!("done"); }
        tokio::select! { () = std::future::ready(()) => yield_!(n) }
        eat(text).await;
        texts.clear();
    }
}

#[async_generator]
async fn in_a_cleanup(texts: &Vec<String>) -> u32 {
    defer! {
        tokio::select! { () = std::future::ready(()) => texts.clear() }
    }
    yield_!(1);
}

fn main() {}
