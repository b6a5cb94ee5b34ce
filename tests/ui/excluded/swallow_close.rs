//! CPython's `swallow_close`: the body catches the close signal. A yield evaluates to what was sent or
//! thrown; nobody can throw the close signal, for it is neither.

use gen_runtime::{Signal, prelude::*};

#[async_generator(throw = &'static str)]
async fn swallow_close() -> i64 {
    match yield_!(1) {
        Ok(()) => {}
        Err(Signal::Closed) => println!("close caught"),
        Err(_) => return,
    }
    println!("end");
}

fn main() {}
