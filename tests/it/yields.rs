//! Where a yield may stand, and what it evaluates to.

use std::{fmt::Display, pin::Pin};

use futures::Stream;
use gen_runtime::prelude::*;

use crate::support::{finish, items, next, tick};

/// Sends 1, 2, 3 .. to a generator and gives its items.
fn converse<Y>(generator: impl AsyncGenerator<Yield = Y, Sent = u32> + Stream<Item = Y>) -> Vec<Y> {
    let mut generator = Box::pin(generator);
    let mut items = Vec::from_iter(next(generator.as_mut()));
    for n in 1.. {
        match finish(generator.send(n)) {
            Ok(Some(item)) => items.push(item),
            Ok(None) | Err(_) => break,
        }
    }
    items
}

fn sum(a: u32, b: u32) -> u32 {
    a + b
}

#[async_generator(send = u32)]
async fn as_operands() -> u32 {
    let first = yield_!(0);
    yield_!(first);
    let difference = yield_!(10) * 100 - yield_!(20);
    yield_!(difference);
    yield_!(sum(yield_!(30), yield_!(40)));
    let mut total = 0;
    total += yield_!(50);
    yield_!(total.max(yield_!(60)));
}

#[test]
fn yield_evaluates_to_what_was_sent() {
    // Sent so far: 1 for the 0, 2 for the 1, then 3 * 100 - 4, and so on.
    assert_eq!(converse(as_operands()), [0, 1, 10, 20, 296, 30, 40, 13, 50, 60, 10]);
}

#[async_generator(send = u32)]
async fn as_parts() -> Vec<u32> {
    struct Pair {
        a: u32,
        b: u32,
    }
    let pair = Pair { a: yield_!(vec![]), b: yield_!(vec![]) };
    yield_!(vec![pair.a, pair.b]);
    let array = [yield_!(vec![4]), yield_!(vec![5])];
    let (left, right) = (yield_!(array.to_vec()), array[yield_!(vec![]) as usize - 7]);
    yield_!(vec![left, right]);
    yield_!((yield_!(vec![])..yield_!(vec![])).collect());
}

#[test]
fn yield_is_part_of_literals_and_ranges() {
    let items = converse(as_parts());
    assert_eq!(items[2], [1, 2]);
    assert_eq!(items[5], [4, 5]);
    assert_eq!(items[7], [6, 4]);
    assert_eq!(items.last().unwrap()[..], [9]);
}

#[async_generator(send = u32)]
async fn in_control_flow() -> &'static str {
    if yield_!("if") == 1 {
        yield_!("then");
    }
    let value = if yield_!("value") > 100 { 0 } else { yield_!("else") };
    match yield_!("match") {
        5 => yield_!("arm"),
        _ => unreachable!(),
    };
    while yield_!("while") < 9 {
        yield_!("turn");
    }
    let mut turns = 0;
    let broken = loop {
        turns += 1;
        if turns == 2 {
            break yield_!("break");
        }
    };
    let Some(11) = Some(yield_!("let else")) else { return };
    let labelled = 'out: {
        if value == 4 {
            break 'out yield_!("label");
        }
        0
    };
    yield_!(if (broken, labelled) == (10, 12) { "end" } else { "wrong" });
}

#[test]
fn yield_stands_in_every_kind_of_control_flow() {
    assert_eq!(
        converse(in_control_flow()),
        [
            "if", "then", "value", "else", "match", "arm", "while", "turn", "while", "break",
            "let else", "label", "end"
        ]
    );
}

#[async_generator]
async fn arms(n: u8) -> u8 {
    match n {
        0 => yield_!(10),
        1 => {
            yield_!(11);
            yield_!(12)
        }
        2 if n > 5 => {}
        _ => (),
    }
}

#[test]
fn match_arm_may_be_a_yield() {
    assert_eq!(
        (0..3).map(|n| items(arms(n))).collect::<Vec<_>>(),
        [vec![10], vec![11, 12], vec![]]
    );
}

#[async_generator(send = u32)]
async fn tail() -> u32 {
    yield_!(1);
    yield_!(2)
}

#[async_generator(send = u32)]
async fn tail_of_branches(n: u32) -> u32 {
    if n == 0 {
        yield_!(1)
    } else {
        match n {
            1 => yield_!(2),
            _ => {
                yield_!(3)
            }
        }
    }
}

#[test]
fn tail_yield_is_dropped_whatever_was_sent() {
    assert_eq!(converse(tail()), [1, 2]);
    let all: Vec<_> = (0..3).map(|n| converse(tail_of_branches(n))).collect();
    assert_eq!(all, [[1], [2], [3]]);
}

#[async_generator]
#[rustfmt::skip]
async fn spelled() -> (u8, u8) {
    yield_!((1, 2));
    yield_!((3, 4),);
    yield_! { (5, 6) };
    yield_![(7, 8)];
    gen_runtime::yield_!((9, 10));
    yield_!({ (11, 12) });
}

#[async_generator]
#[rustfmt::skip]
async fn one_line() -> u8 { yield_!(1) }

#[test]
fn yield_is_a_macro_call_in_every_spelling() {
    assert_eq!(items(spelled()), [(1, 2), (3, 4), (5, 6), (7, 8), (9, 10), (11, 12)]);
    assert_eq!(items(one_line()), [1]);
}

async fn later(n: u32) -> u32 {
    tick().await;
    n
}

#[async_generator(send = u32)]
async fn nested() -> u32 {
    yield_!(yield_!(later(7).await));
    yield_!(later(yield_!(8)).await + later(yield_!(9)).await);
}

#[test]
fn operand_may_await_and_yield() {
    assert_eq!(converse(nested()), [7, 1, 8, 9, 7]);
}

#[async_generator]
async fn coerced(text: String) -> &'static dyn Display {
    yield_!(&1);
    yield_!(&"a");
    let _ = text;
}

#[async_generator]
async fn boxes() -> Box<dyn Display> {
    yield_!(Box::new(1));
    yield_!(Box::new("a"));
    yield_!(if true { Box::new('c') } else { Box::new(2) });
    yield_!({
        later(1).await;
        Box::new('d')
    });
}

#[test]
fn operand_is_coerced_to_the_item() {
    let shown: Vec<_> = items(coerced(String::new())).iter().map(ToString::to_string).collect();
    assert_eq!(shown, ["1", "a"]);
    let boxed: Vec<_> = items(boxes()).iter().map(ToString::to_string).collect();
    assert_eq!(boxed, ["1", "a", "c", "d"]);
}

#[async_generator]
async fn inferred() -> (Option<u8>, Vec<String>, [u64; 0]) {
    yield_!((None, Vec::new(), []));
    yield_!(Default::default());
}

#[test]
fn operand_is_inferred_from_the_item() {
    assert_eq!(items(inferred()), [(None, vec![], []), (None, vec![], [])]);
}

#[async_generator]
async fn leaving(n: u8) -> u8 {
    for i in 0.. {
        yield_!(if i == n { return } else { i });
        yield_!(match i {
            3 => break,
            1 => continue,
            i => i * 10,
        });
    }
    yield_!(99);
}

#[test]
fn operand_may_leave_the_body_or_a_loop() {
    assert_eq!(items(leaving(2)), [0, 0, 1]);
    assert_eq!(items(leaving(9)), [0, 0, 1, 2, 20, 3, 99]);
}

#[async_generator]
async fn forever() -> u64 {
    let mut n = 0;
    loop {
        yield_!(n);
        n += 1;
    }
}

#[test]
fn body_may_never_end() {
    let mut generator = Box::pin(forever());
    assert_eq!([(); 3].map(|()| next(generator.as_mut())), [Some(0), Some(1), Some(2)]);
}

#[allow(clippy::needless_return)] // each place to return from is one to test
#[async_generator]
async fn returning(n: u8) -> u8 {
    if n == 0 {
        return;
    }
    for i in 0..n {
        match i {
            0 => yield_!(i),
            1 => {
                let _never: () = if n > 1 { return } else { unreachable!() };
            }
            _ => unreachable!(),
        }
    }
    yield_!(9);
    return;
}

#[test]
fn return_ends_the_generator_from_anywhere() {
    assert_eq!(
        (0..3).map(|n| items(returning(n))).collect::<Vec<_>>(),
        [vec![], vec![0, 9], vec![0]]
    );
}

#[async_generator]
async fn pinned(of: Pin<&mut (dyn Stream<Item = u8> + '_)>) -> u8 {
    let mut of = of;
    while let Some(item) = futures::StreamExt::next(&mut of).await {
        yield_!(item);
    }
}

#[test]
fn trait_objects_are_awaited_in_the_body() {
    let source = std::pin::pin!(futures::stream::iter([1, 2]));
    assert_eq!(items(pinned(source)), [1, 2]);
}

#[async_generator]
async fn in_unsafe_and_nested_loops() -> (u8, u8) {
    // SAFETY: nothing in it is unsafe.
    #[expect(unused_unsafe, reason = "a block like any other")]
    unsafe {
        yield_!((0, 0));
    }
    'outer: for a in 0..3 {
        for b in 0..3 {
            if b == 2 {
                continue 'outer;
            }
            if a == 2 {
                break 'outer;
            }
            yield_!((a, b));
        }
    }
}

#[test]
fn yield_stands_in_nested_loops_and_unsafe_blocks() {
    assert_eq!(items(in_unsafe_and_nested_loops()), [(0, 0), (0, 0), (0, 1), (1, 0), (1, 1)]);
}
