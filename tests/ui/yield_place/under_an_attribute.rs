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

#[async_generator]
async fn on_what_is_no_code_of_the_body() -> u32 {
    #[somebody::elses]
    async { yield_!(1); }.await;
    (#[somebody::elses] async {}).await;
    let closure = #[somebody::elses] || 2;
    let later = #[somebody::elses] async {};
    let constant = #[somebody::elses] const { 3 };
    for n in 0..closure() + constant {
        if n > 1 {
            #[somebody::elses]
            continue;
        }
        yield_!(n);
    }
    later.await;
}

#[async_generator]
async fn of_the_language() -> u32 {
    #[cfg_attr(rustfmt, rustfmt::skip)]
    let matrix = [1, 0];
    #[rust_analyzer::skip]
    #[cfg_attr(any(), inline)]
    yield_!(matrix[0]);
}

fn main() {}
