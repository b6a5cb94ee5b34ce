//! The same bodies with their regions in place, in async blocks of their own, and in one another both
//! ways: whoever watches from outside cannot tell.

use std::{hint::black_box, pin::Pin, task::Poll};

use futures::{Stream, StreamExt as _};
use gen_runtime::{GeneratorState, prelude::*};

use crate::stepping::{Log, finish, step, tick};

/// Does nothing, but only its author knows: guarded code with it is an async block of its own.
macro_rules! someones {
    ($($code:tt)*) => { $($code)* };
}

type Item = Result<u32, u32>;

/// What a test asks of a generator.
trait Source: AsyncGenerator<Yield = Item, Sent = u32, Thrown = u32> + Stream<Item = Item> {}

impl<G> Source for G where
    G: AsyncGenerator<Yield = Item, Sent = u32, Thrown = u32> + Stream<Item = Item>
{
}

#[async_generator(send = u32, throw = u32)]
async fn source(log: &Log, items: u32) -> Result<u32, u32> {
    let _local = log.local("source");
    defer! {
        log.add("source starts to end");
        tick().await;
        log.add("source ends");
    }
    for item in 0..items {
        tick().await;
        log.add(said(yield_!(Ok(item))));
    }
}

fn said(resumed: Item) -> String {
    format!("{resumed:?}")
}

// No other macro stands in these bodies: they keep their slots at hand but for the ones that are given.
macro_rules! bodies {
    ($name:ident, [$($top:tt)*] [$($outer:tt)*] [$($inner:tt)*]) => {
        mod $name {
            use super::*;

            /// Leaves its regions one `way` or another, in its second round at the latest.
            #[async_generator(send = u32, throw = u32)]
            pub(super) async fn ways_out(log: &Log, way: u32) -> Result<u32, u32> {
                $($top)*
                let _first = log.local("first");
                defer! {
                    log.add("outer starts");
                    tick().await;
                    log.add("outer ends");
                }
                $($outer)*
                let _second = log.local("second");
                let value = 'block: {
                    'rounds: for round in 0..2 {
                        defer! { tick().await; log.add("round"); }
                        $($outer)*
                        #[for_await]
                        for item in source(log, 2) {
                            $($inner)*
                            let _in_loop = log.local("in loop");
                            tick().await;
                            log.add(said(yield_!(item)));
                            {
                                defer! {
                                    log.add("inner starts");
                                    tick().await;
                                    log.add("inner ends");
                                }
                                $($inner)*
                                let _inner = log.local("inner");
                                log.add(yield_!(Ok(round))?);
                                match way {
                                    1 => return,
                                    2 => Err(20_u32)?,
                                    3 => break,
                                    4 => continue,
                                    5 => break 'rounds,
                                    6 => continue 'rounds,
                                    7 => break 'block 70,
                                    8 => return Err(80_u32),
                                    _ => tick().await,
                                }
                            }
                            log.add("behind inner");
                        }
                        // In the poll in which a source that took its time was let go of.
                        log.add(said(yield_!(Ok(10))));
                    }
                    tick().await;
                    90
                };
                log.add(value);
                yield_!(Ok(value))?;
            }

            /// The same with a block that is awaited on the spot, whose `?` is its own.
            #[async_generator(send = u32, throw = u32)]
            pub(super) async fn awaited(log: &Log, way: u32) -> Result<u32, u32> {
                $($top)*
                defer! { tick().await; log.add("outer"); }
                $($outer)*
                let tried: Item = async {
                    let _local = log.local("in block");
                    defer! { tick().await; log.add("block"); }
                    $($inner)*
                    #[for_await]
                    for item in source(log, 3) {
                        if way == 1 {
                            Err(item?)?;
                        }
                        // No await of the body between the source's and this one.
                        log.add(said(yield_!(item)));
                        tick().await;
                        match way {
                            2 => return Ok(20),
                            3 => break,
                            4 => continue,
                            _ => log.add(yield_!(Ok(40))?),
                        }
                    }
                    log.add(said(yield_!(Ok(50))));
                    for_await!(item in source(log, 2) {
                        $($inner)*
                        log.add(said(yield_!(item)));
                        if way == 5 {
                            break;
                        }
                    });
                    log.add(said(yield_!(Ok(60))));
                    tick().await;
                    Ok(yield_!(Ok(70))?)
                }
                .await;
                log.add(said(tried));
                log.add(said(yield_!(Ok(80))));
            }

            /// The same with what is given: it stays where it was captured.
            #[async_generator(send = u32, throw = u32)]
            pub(super) async fn given<A: Source, B: Source>(
                log: &Log,
                way: u32,
                looped: A,
                delegated: B,
            ) -> Result<u32, u32> {
                $($top)*
                let _local = log.local("local");
                yield_!(Ok(0))?;
                defer! { tick().await; log.add("outer"); }
                $($outer)*
                if way != 1 {
                    #[for_await]
                    for item in looped {
                        $($inner)*
                        yield_!(item)?;
                        if way == 2 {
                            break;
                        }
                        tick().await;
                    }
                    log.add(yield_!(Ok(10))?);
                }
                if way != 3 {
                    yield_from!(delegated)?;
                }
                yield_!(Ok(20))?;
            }
        }
    };
}

bodies!(in_place, [] [] []);
bodies!(without_slot, [someones! {}] [] []);
bodies!(apart, [][someones! {}][someones! {}]);
bodies!(in_place_in_apart, [] [someones! {}] []);
bodies!(apart_in_place, [] [] [someones! {}]);

/// Polls from one depth of the stack or another, so that what points to an earlier poll is found out.
#[inline(never)]
fn deep<T>(depth: usize, poll: &mut dyn FnMut() -> Poll<T>) -> Poll<T> {
    let padding = black_box([0x55_u8; 600]);
    let polled = if depth == 0 { poll() } else { deep(depth - 1, poll) };
    black_box(padding);
    polled
}

/// What is done to a generator after some polls.
#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    Drop,
    Close,
    /// A close that is given up after a poll, and another operation.
    CloseTwice,
    CloseAndNext,
    CloseAndDrop,
    /// An error, once the body stands at a yield, and then to the end.
    Throw,
}

const ENDS: [End; 6] =
    [End::Drop, End::Close, End::CloseTwice, End::CloseAndNext, End::CloseAndDrop, End::Throw];

/// More polls than any of the bodies takes.
const ENOUGH: usize = 200;

/// Polls with `next` and `send` in turns. Every operation is dropped after one poll.
fn go_on<G: Source>(generator: &mut Pin<Box<G>>, poll: usize) -> Poll<Option<Item>> {
    let sends = poll % 3 == 0 && generator.state() == GeneratorState::Suspended;
    deep(poll % 4, &mut || {
        if sends {
            step(generator.send(1000)).map(|sent| sent.expect("it is suspended"))
        } else {
            step(generator.next())
        }
    })
}

/// All that can be seen of a generator that is polled some times and then ends.
fn seen<G: Source>(log: &Log, generator: G, polls: usize, end: End) -> Vec<String> {
    let mut generator = Box::pin(generator);
    let note = |generator: &Pin<Box<G>>, what: &str| {
        let (state, pending) = (generator.state(), generator.has_pending_cleanup());
        log.add(format_args!("{what}: {state:?} {pending}"));
    };
    for poll in 0..polls {
        let polled = go_on(&mut generator, poll);
        note(&generator, &format!("{polled:?}"));
    }
    match end {
        End::Drop => {}
        End::Close => finish(generator.close()),
        End::CloseTwice | End::CloseAndNext | End::CloseAndDrop => {
            let closed = step(generator.close());
            note(&generator, &format!("{closed:?}"));
            match end {
                End::CloseTwice => finish(generator.close()),
                End::CloseAndNext => assert_eq!(finish(generator.next()), None),
                _ => {}
            }
        }
        End::Throw => {
            let thrown = step(generator.throw(7));
            note(&generator, &format!("{thrown:?}"));
            for poll in 0..ENOUGH {
                let polled = go_on(&mut generator, poll);
                note(&generator, &format!("{polled:?}"));
                if polled == Poll::Ready(None) {
                    break;
                }
            }
        }
    }
    note(&generator, "at last");
    drop(generator);
    log.take()
}

fn polls_of(generator: impl Source) -> usize {
    let mut generator = Box::pin(generator);
    let ended = (1..ENOUGH).find(|&poll| go_on(&mut generator, poll) == Poll::Ready(None));
    ended.expect("it ends")
}

/// Compares a body in all its shapes, on every way out of it, ended at every poll.
macro_rules! all_alike {
    ($log:ident, $way:ident => $body:ident($($argument:expr),*)) => {
        let $log = &Log::default();
        for $way in 0..9 {
            let polls = polls_of(in_place::$body($($argument),*));
            $log.take();
            for (polls, end) in (0..=polls).flat_map(|polls| ENDS.map(|end| (polls, end))) {
                let at = format!("way {}, {polls} polls, {end:?}", $way);
                let expected = seen($log, apart::$body($($argument),*), polls, end);
                let others = [
                    seen($log, in_place::$body($($argument),*), polls, end),
                    seen($log, without_slot::$body($($argument),*), polls, end),
                    seen($log, in_place_in_apart::$body($($argument),*), polls, end),
                    seen($log, apart_in_place::$body($($argument),*), polls, end),
                ];
                for (shape, other) in others.into_iter().enumerate() {
                    assert_eq!(other, expected, "{at}, shape {shape}");
                }
            }
        }
    };
}

#[test]
fn a_region_is_left_alike_in_all_shapes() {
    all_alike!(log, way => ways_out(log, way));
}

#[test]
fn an_awaited_block_is_left_alike_in_all_shapes() {
    all_alike!(log, way => awaited(log, way));
}

#[test]
fn what_is_given_is_taken_from_alike_in_all_shapes() {
    all_alike!(log, way => given(log, way, source(log, 2), source(log, 2)));
}
