//! Delegations from box to box go by a shortcut; if there is another kind of generator in between, they go from body
//! to body. Nobody can tell which way they go.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    task::{Context, Poll},
};

use futures::{Stream, StreamExt as _};
use gen_runtime::{GeneratorState, LocalBoxGenerator, Signal, prelude::*};

use crate::stepping::{Log, step, tick};

type Lines<'a> = LocalBoxGenerator<'a, Result<String, u32>, u32, u32>;

/// A generator that is not ours, as far as the runtime knows.
struct Foreign<'a>(Lines<'a>);

impl AsyncGenerator for Foreign<'_> {
    type Yield = Result<String, u32>;
    type Sent = u32;
    type Thrown = u32;

    fn poll_resume(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        signal: &mut Option<Signal<u32, u32>>,
    ) -> Poll<Option<Result<String, u32>>> {
        Pin::new(&mut self.get_mut().0).poll_resume(cx, signal)
    }

    fn poll_close(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        Pin::new(&mut self.get_mut().0).poll_close(cx)
    }

    fn state(&self) -> GeneratorState {
        self.0.state()
    }

    fn has_pending_cleanup(&self) -> bool {
        self.0.has_pending_cleanup()
    }
}

/// What a body does.
#[derive(Debug)]
enum Step {
    Yield,
    Await,
    /// Delegates to one that has been polled for this many items before.
    Delegate(Program, u64),
    /// Delegates, and has a cleanup, which may panic.
    Guarded(Program, bool),
    Fail,
    Panic,
}

#[derive(Debug)]
struct Program {
    number: u32,
    steps: Vec<Step>,
}

/// Numbers that look like chance, and are the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    fn program(&mut self, depth: u32, number: &mut u32) -> Program {
        *number += 1;
        let this = *number;
        let steps = (0..self.below(5)).map(|_| self.step(depth, number)).collect();
        Program { number: this, steps }
    }

    fn step(&mut self, depth: u32, number: &mut u32) -> Step {
        match self.below(24) {
            0 => Step::Fail,
            1 if depth > 1 => Step::Panic,
            2..5 => Step::Await,
            5..15 if depth < 6 => Step::Delegate(self.program(depth + 1, number), 0),
            15 if depth < 6 => Step::Delegate(self.program(depth + 1, number), self.below(4)),
            16..18 if depth < 6 => {
                Step::Guarded(self.program(depth + 1, number), self.below(4) == 0)
            }
            _ => Step::Yield,
        }
    }
}

/// Which way delegations go.
#[derive(Clone, Copy)]
enum Ways {
    ByShortcut,
    FromBodyToBody,
}

#[async_generator(boxed(local), send = u32, throw = u32)]
async fn run(program: &Program, log: &Log, ways: Ways) -> Result<String, u32> {
    let number = program.number;
    let _local = log.local(number);
    for (at, step) in program.steps.iter().enumerate() {
        let at = format!("{number}.{at}");
        match step {
            Step::Yield => {
                let got = yield_!(Ok(at.clone()));
                log.add(format_args!("{at} got {got:?}"));
                match got {
                    Err(error) if error % 3 == 0 => return Err(error),
                    Err(error) if error % 3 == 1 => return,
                    _ => {}
                }
            }
            Step::Await => tick().await,
            Step::Delegate(inner, advance) => {
                let mut inner = run(inner, log, ways);
                for _ in 0..*advance {
                    let line = inner.next().await;
                    log.add(format_args!("{at} took {line:?}"));
                }
                let delegated = match ways {
                    Ways::ByShortcut => yield_from!(inner),
                    Ways::FromBodyToBody => yield_from!(Foreign(inner)),
                };
                log.add(format_args!("{at} delegated {delegated:?}"));
            }
            Step::Guarded(inner, panics) => {
                defer! {
                    tick().await;
                    log.add(format_args!("{at} cleaned"));
                    assert!(!panics, "in the cleanup of {at}");
                }
                let delegated = yield_from!(unboxed(inner, log, ways));
                log.add(format_args!("{at} delegated {delegated:?}"));
            }
            Step::Fail => return Err(number),
            Step::Panic => panic!("of {number}"),
        }
    }
}

/// The same, and no box.
#[async_generator(send = u32, throw = u32)]
async fn unboxed(program: &Program, log: &Log, ways: Ways) -> Result<String, u32> {
    match ways {
        Ways::ByShortcut => yield_from!(run(program, log, ways)),
        Ways::FromBodyToBody => yield_from!(Foreign(run(program, log, ways))),
    }?;
}

/// What is seen of a generator that is polled like this.
fn seen<G>(mut lines: G, log: &Log, chance: &mut Chance) -> Vec<String>
where
    G: AsyncGenerator<Yield = Result<String, u32>, Sent = u32, Thrown = u32>
        + Stream<Item = Result<String, u32>>
        + Unpin,
{
    for _ in 0..60 {
        let operation = chance.below(40);
        let number = u32::try_from(chance.below(7)).unwrap();
        // A generator says what becomes of it when it panics.
        let polled = catch_unwind(AssertUnwindSafe(|| match operation {
            0 => format!("closed {:?}", step(lines.close())),
            1..5 => format!("thrown {number} {:?}", step(lines.throw(number))),
            5..15 => format!("sent {number} {:?}", step(lines.send(number))),
            _ => format!("next {:?}", step(lines.next())),
        }));
        log.add(polled.unwrap_or_else(|_| String::from("panicked")));
        log.add(format_args!("{:?} {}", lines.state(), lines.has_pending_cleanup()));
    }
    drop(lines);
    log.take()
}

#[test]
fn delegations_from_box_to_box_are_the_same_by_a_shortcut_and_from_body_to_body() {
    let mut items = 0;
    for seed in 0..if cfg!(miri) { 20 } else { 2_000 } {
        let mut chance = Chance(seed);
        let program = chance.program(0, &mut 0);
        let log = Log::default();
        let polls = || Chance(seed + 1);
        let [by_shortcut, from_body_to_body] = [Ways::ByShortcut, Ways::FromBodyToBody]
            .map(|ways| seen(run(&program, &log, ways), &log, &mut polls()));
        assert_eq!(by_shortcut, from_body_to_body, "{program:#?}");
        let [by_shortcut, from_body_to_body] = [Ways::ByShortcut, Ways::FromBodyToBody]
            .map(|ways| seen(Box::pin(unboxed(&program, &log, ways)), &log, &mut polls()));
        assert_eq!(by_shortcut, from_body_to_body, "{program:#?}");
        items += by_shortcut.iter().filter(|line| line.contains("Some(Ok")).count();
    }
    assert!(items > 100, "the programs yield something");
}
