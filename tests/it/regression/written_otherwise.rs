//! Ways to write arguments, bodies and yields that did not compile.

#![allow(clippy::toplevel_ref_arg, reason = "an argument may be taken so")]

use futures::{StreamExt as _, executor::block_on};
use gen_runtime::prelude::*;

#[async_generator]
async fn takes(
    #[cfg(any())] absent: Missing,
    #[expect(unused_variables, reason = "said of this argument alone")] ignored: u8,
    ref mut bytes: Vec<u8>,
) -> u8 {
    bytes.push(7);
    yield_!(bytes[0]);
}

#[async_generator]
async fn braced() -> u8 {
    yield_! { 1 }
    yield_! { 2 }
    yield_!(3);
}

macro_rules! generator {
    ($name:ident, $body:block) => {
        #[async_generator]
        async fn $name() -> u8 $body
    };
}

generator!(made, {
    yield_!(1);
    yield_!(2);
});

#[test]
fn attributes_of_an_argument_hold_in_the_body() {
    assert_eq!(block_on(takes(1, Vec::new()).collect::<Vec<_>>()), [7]);
}

#[test]
fn yield_in_braces_is_a_statement() {
    assert_eq!(block_on(braced().collect::<Vec<_>>()), [1, 2, 3]);
}

#[test]
fn body_may_be_a_block_of_a_macro() {
    assert_eq!(block_on(made().collect::<Vec<_>>()), [1, 2]);
}
