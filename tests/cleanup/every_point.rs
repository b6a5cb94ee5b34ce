//! A body with nested regions, dropped or closed at each of its polls.

use std::{pin::pin, task::Poll};

use futures::StreamExt as _;
use gen_runtime::{GeneratorState, prelude::*};

use crate::{
    stepping::{finish, finish_counted, step},
    world::World,
};

#[async_generator]
async fn source(world: &World, items: u32) -> u32 {
    let _local = world.local();
    let cleanup = world.open();
    defer! { world.clean(cleanup, 1).await; }
    for item in 0..items {
        let _local = world.local();
        world.tick().await;
        world.body();
        yield_!(item);
        world.body();
    }
}

#[async_generator]
async fn results(world: &World) -> Result<u32, u32> {
    #[for_await]
    for item in source(world, 1) {
        world.tick().await;
        yield_!(Ok(item));
    }
}

/// Every kind of region, in one another and one after the other.
#[async_generator]
async fn nested(world: &World) -> Result<u32, u32> {
    let _first = world.local();
    let outer = world.open();
    defer! { world.clean(outer, 2).await; }
    let _second = world.local();
    'rounds: for round in 0..3 {
        let _before = world.local();
        let of_round = world.open();
        defer! {
            world.start(of_round);
            {
                let inside = world.open();
                defer! { world.clean(inside, 1).await; }
                for last in 0..2 {
                    let _local = world.local();
                    for_await!(item in source(world, 2) {
                        if item == last {
                            break;
                        }
                    });
                }
            }
            world.end(of_round);
        }
        let _after = world.local();
        yield_!(Ok(round));
        world.tick().await;
        #[for_await]
        for item in source(world, 3) {
            let _in_loop = world.local();
            if item == 2 {
                continue;
            }
            yield_!(Ok(item));
            let in_loop = world.open();
            defer! { world.clean(in_loop, 1).await; }
            world.tick().await;
            world.body();
            if round == 1 {
                continue 'rounds;
            }
            yield_!(Ok(item));
        }
        let outcome: Result<u32, u32> = async {
            let _in_block = world.local();
            let in_block = world.open();
            defer! { world.clean(in_block, 2).await; }
            yield_!(Ok(round));
            world.tick().await;
            world.body();
            if round == 2 {
                Err(round)?;
            }
            Ok(round)
        }
        .await;
        world.body();
        yield_from!(results(world));
        let _error = world.local();
        outcome?;
    }
}

/// How many polls the body takes to its end.
fn polls() -> usize {
    let world = World::default();
    let mut items = pin!(nested(&world));
    let mut polls = 0;
    loop {
        polls += 1;
        if step(items.next()) == Poll::Ready(None) {
            break;
        }
    }
    world.assert_empty("run to the end");
    assert!(world.cleaned() > 20, "{} cleanups", world.cleaned());
    polls
}

#[test]
fn the_body_has_many_points() {
    assert!(polls() > 60, "{} polls", polls());
}

#[test]
fn dropped_at_any_poll_each_local_is_dropped_once_and_no_cleanup_starts() {
    for point in 0..=polls() {
        let at = format!("poll {point}");
        let world = World::default();
        let mut items = Box::pin(nested(&world));
        for _ in 0..point {
            let _ = step(items.next());
        }
        let (pending, cleaned) = (world.pending(), world.cleaned());
        assert_eq!(items.has_pending_cleanup(), pending > 0, "{at}");
        world.drops();
        drop(items);
        world.assert_right(&at);
        assert_eq!(world.cleaned(), cleaned, "{at}");
        assert_eq!(world.pending(), 0, "{at}: a local outlived its cleanup");
    }
}

#[test]
fn closed_at_any_poll_each_open_cleanup_runs_once_in_reverse_order() {
    for point in 0..=polls() {
        let at = format!("poll {point}");
        let world = World::default();
        let mut items = pin!(nested(&world));
        for _ in 0..point {
            let _ = step(items.next());
        }
        let (pending, cleaned) = (world.pending(), world.cleaned());
        world.closes();
        finish(items.close());
        world.assert_empty(&at);
        assert!(world.cleaned() >= cleaned + pending, "{at}");
        assert_eq!(items.state(), GeneratorState::Closed, "{at}");
        assert_eq!(step(items.next()), Poll::Ready(None), "{at}");
    }
}

#[test]
fn a_close_dropped_at_any_poll_and_called_again_is_as_one_close() {
    for point in 0..=polls() {
        let mut dropped_at = 0;
        loop {
            let at = format!("poll {point}, close dropped at poll {dropped_at}");
            let world = World::default();
            let mut items = pin!(nested(&world));
            for _ in 0..point {
                let _ = step(items.next());
            }
            world.closes();
            let mut through = false;
            {
                let mut close = pin!(items.close());
                for _ in 0..dropped_at {
                    through = step(close.as_mut()).is_ready();
                }
            }
            // Every other time it is `next` that goes on with the close.
            if dropped_at % 2 == 0 {
                finish(items.close());
            } else {
                assert_eq!(finish(items.next()), None, "{at}");
            }
            world.assert_empty(&at);
            assert_eq!(items.state(), GeneratorState::Closed, "{at}");
            if through {
                break;
            }
            dropped_at += 1;
        }
    }
}

#[test]
fn dropped_at_any_poll_of_a_close_no_other_cleanup_starts() {
    for point in 0..=polls() {
        let mut dropped_at = 0;
        loop {
            let at = format!("poll {point}, dropped at poll {dropped_at} of close");
            let world = World::default();
            let mut items = Box::pin(nested(&world));
            for _ in 0..point {
                let _ = step(items.next());
            }
            world.closes();
            let mut through = false;
            for _ in 0..dropped_at {
                through = step(items.close()).is_ready();
            }
            let cleaned = world.cleaned();
            world.drops();
            drop(items);
            world.assert_right(&at);
            assert_eq!(world.cleaned(), cleaned, "{at}");
            if through {
                break;
            }
            dropped_at += 1;
        }
    }
}

#[test]
fn close_at_any_poll_waits_for_cleanups_and_nothing_else() {
    for point in 0..=polls() {
        let world = World::default();
        let mut items = pin!(nested(&world));
        for _ in 0..point {
            let _ = step(items.next());
        }
        let before = world.waits();
        world.closes();
        let ((), polls) = finish_counted(items.close());
        let waits = world.waits() - before;
        assert_eq!(polls, 1 + waits, "poll {point}");
    }
}
