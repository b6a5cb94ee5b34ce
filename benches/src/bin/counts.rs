//! Measures one contender: `counts <contender> ...`, as [`Program::main`] says.
//!
//! [`Program::main`]: gen_benches::program::Program::main

use gen_benches::{alloc::Counting, contenders::by_name};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn main() {
    let contender = std::env::args().nth(1).expect("the name of a contender");
    by_name(&contender).unwrap_or_else(|| panic!("no such contender: {contender}")).main();
}
