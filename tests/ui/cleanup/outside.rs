//! `defer!` outside a generator.

use gen_runtime::prelude::*;

async fn run() {
    defer! { println!("bye"); }
}

fn main() {}
