use gen_runtime::prelude::*;

#[async_generator]
async fn leaves(source: impl futures::Stream<Item = u32>) -> u32 {
    #[for_await]
    for n in source {
        defer! { println!("done"); }
        if n == 0 {
            continue 'outer;
        }
        println!("{n}");
        if n == 1 {
            break 'outer;
        }
        yield_!(n);
    }
}

fn main() {}
