use gen_runtime::prelude::*;

macro_rules! ensure {
    ($condition:expr) => {
        if !$condition {
            return Err("no".to_owned());
        }
    };
}

macro_rules! again {
    () => {
        continue
    };
}

#[async_generator]
async fn returns(open: bool) -> Result<u32, String> {
    defer! { ensure!(open); }
    yield_!(Ok(1));
}

#[async_generator]
async fn jumps() -> u32 {
    for n in 0..3 {
        defer! {
            println!("closed");
            again!();
        }
        yield_!(n);
    }
}

fn main() {}
