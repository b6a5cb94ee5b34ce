//! What a generator is sent is not to be converted: it may put another one where the sent one was lent to it.

use std::convert::Infallible;

use gen_runtime::Generator;

fn sent<'a, F>(generator: Generator<F, u32, &'a str>) -> Generator<F, u32, &'static str> {
    generator
}

fn thrown<'a, F>(generator: Generator<F, u32, (), &'a str>) -> Generator<F, u32, (), &'static str> {
    generator
}

fn items_may_be<'a, F>(generator: Generator<F, &'static str>) -> Generator<F, &'a str, (), Infallible> {
    generator
}

fn main() {}
