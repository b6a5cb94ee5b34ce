//! An attribute may be a macro, which takes what is under it out of the body.

use gen_runtime::prelude::*;

#[async_generator]
async fn carried_off() -> u32 {
    defer! {
        #[somebody::elses(let later = async {};)]
        std::future::ready(()).await;
    }
    #[cfg_attr(all(), somebody::elses)]
    yield_!(1);
    let sum = #[somebody::elses] {
        yield_!(2);
        3
    };
    #[cfg_attr(all(), allow(unused_must_use))]
    #[rustfmt::skip]
    yield_!(sum);
}

fn main() {}
