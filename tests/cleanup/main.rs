//! Cleanup: `defer!`, regions, close, `for await`, `yield_from!` and comprehensions.
//!
//! `docs/semantics.md` states the rules and names the tests that hold them.

mod borrows;
mod closing;
mod comprehension;
mod deep;
mod delegation;
mod documented;
mod drops;
mod either_way;
mod every_point;
mod for_await;
mod for_await_anywhere;
mod foreign;
mod generic;
mod in_cleanups;
mod interrupted;
mod jumps;
mod order;
mod panics;
mod pipeline;
mod places;
mod selecting;
mod shapes;
mod stepping;
mod tasks;
mod throwing;
mod tutorial;
mod ways_out;
mod world;
