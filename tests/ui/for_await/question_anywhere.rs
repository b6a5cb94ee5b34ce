use futures::stream::iter;
use gen_runtime::prelude::*;

async fn sum(words: Vec<&str>) -> Result<u32, String> {
    let mut sum = 0;
    for_await!(word in iter(words) {
        sum += word.parse::<u32>()?;
        sum += word.len()?;
    });
    Ok(sum)
}

fn main() {}
