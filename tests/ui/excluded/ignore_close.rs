//! CPython's `ignore_close`: the body catches the close signal and goes on to its next yield. No yield
//! evaluates to that signal, so there is no handler to write.

use gen_runtime::{Signal, prelude::*};

#[async_generator(throw = &'static str)]
async fn ignore_close() -> i64 {
    for i in 0..5 {
        match yield_!(i) {
            Ok(()) => {}
            Err(Signal::Closed) => println!("close ignored at {i}"),
            Err(_) => return,
        }
    }
}

fn main() {}
