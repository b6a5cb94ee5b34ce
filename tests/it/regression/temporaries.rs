//! What an operand borrows for a moment, such as a lock, was held until the body was resumed.

use std::{pin::pin, sync::Mutex, task::Poll};

use gen_runtime::prelude::*;

use crate::support::poll_next;

#[async_generator(send = u32)]
async fn reads(numbers: &Mutex<Vec<u32>>) -> usize {
    yield_!(numbers.lock().expect("it is not poisoned").len());
    let _sent = yield_!(numbers.lock().expect("it is not poisoned").len());
    defer! {}
    yield_!(numbers.lock().expect("it is not poisoned").len());
}

fn sendable(generator: impl Send) -> impl Send {
    generator
}

#[test]
fn a_lock_in_an_operand_is_not_held_over_the_yield() {
    let numbers = Mutex::new(Vec::new());
    let mut lengths = pin!(reads(&numbers));
    for length in 0..3 {
        assert_eq!(poll_next(lengths.as_mut()), Poll::Ready(Some(length)));
        numbers.try_lock().expect("nobody holds it").push(0);
    }
    drop(sendable(reads(&numbers)));
}
