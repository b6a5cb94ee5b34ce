//! Regions whose code is polled with the consumer's own context, as `select!` and `join!` stand in it: whoever watches from
//! outside cannot tell them from those in which plain awaits stand.

use std::{future, hint::black_box, pin::Pin, task::Poll};

use futures::{Stream, StreamExt as _};
use gen_runtime::prelude::*;

use crate::stepping::{Log, finish, step, tick};

type Item = Result<u32, u32>;

#[async_generator]
async fn source(log: &Log) -> u32 {
    defer! { tick().await; log.add("source ends"); }
    for item in 0..3 {
        let _local = log.local("source");
        yield_!(item);
        tick().await;
    }
}

/// Leaves its regions one `way` or another.
#[async_generator]
async fn plain(log: &Log, way: u32) -> Result<u32, u32> {
    let _first = log.local("first");
    yield_!(Ok(100));
    'rounds: for round in 0..2 {
        defer! { tick().await; log.add("round"); }
        let _second = log.local("second");
        #[for_await]
        for item in source(log) {
            let _in_loop = log.local("in loop");
            tick().await;
            log.add("selected");
            match way {
                1 => return,
                2 => Err(20_u32)?,
                3 => break,
                4 => continue,
                5 => break 'rounds,
                6 => continue 'rounds,
                7 => return Err(80_u32),
                _ => yield_!(Ok(item)),
            }
            yield_!(Ok(200));
        }
        let checked: Result<u32, u32> = async {
            defer! { log.add("block"); }
            let _in_block = log.local("in block");
            tick().await;
            log.add("joined");
            yield_!(Ok(round));
            if way == 8 {
                Err(90_u32)?;
            }
            Ok(round)
        }
        .await;
        checked?;
    }
    {
        defer! { tick().await; log.add("last"); }
        tick().await;
        log.add("selected");
        yield_!(Ok(300));
    }
    yield_!(Ok(400));
}

/// The same by macros.
#[async_generator]
async fn selecting(log: &Log, way: u32) -> Result<u32, u32> {
    let _first = log.local("first");
    yield_!(Ok(100));
    'rounds: for round in 0..2 {
        defer! { tick().await; log.add("round"); }
        let _second = log.local("second");
        #[for_await]
        for item in source(log) {
            let _in_loop = log.local("in loop");
            tokio::select! {
                biased;
                () = future::pending() => {}
                () = tick() => {
                    log.add("selected");
                    match way {
                        1 => return,
                        2 => Err(20_u32)?,
                        3 => break,
                        4 => continue,
                        5 => break 'rounds,
                        6 => continue 'rounds,
                        7 => return Err(80_u32),
                        _ => yield_!(Ok(item)),
                    }
                }
            }
            yield_!(Ok(200));
        }
        let checked: Result<u32, u32> = async {
            defer! { log.add("block"); }
            let _in_block = log.local("in block");
            tokio::join!(tick(), async {});
            log.add("joined");
            yield_!(Ok(round));
            if way == 8 {
                Err(90_u32)?;
            }
            Ok(round)
        }
        .await;
        checked?;
    }
    {
        defer! { tick().await; log.add("last"); }
        tokio::select! { () = tick() => log.add("selected") }
        yield_!(Ok(300));
    }
    yield_!(Ok(400));
}

/// Polls from one depth of the stack or another, so that what points to an earlier poll is found out.
#[inline(never)]
fn deep<T>(depth: usize, poll: &mut dyn FnMut() -> Poll<T>) -> Poll<T> {
    let padding = black_box([0x55_u8; 600]);
    let polled = if depth == 0 { poll() } else { deep(depth - 1, poll) };
    black_box(padding);
    polled
}

/// All that can be seen of a generator that is polled some times and then dropped or closed.
fn seen<G>(log: &Log, generator: G, polls: usize, close: bool) -> Vec<String>
where
    G: AsyncGenerator<Yield = Item> + Stream<Item = Item>,
{
    let mut generator = Box::pin(generator);
    let note = |generator: &Pin<Box<G>>, what: &str| {
        let (state, pending) = (generator.state(), generator.has_pending_cleanup());
        log.add(format_args!("{what}: {state:?} {pending}"));
    };
    for poll in 0..polls {
        let polled = deep(poll % 4, &mut || step(generator.next()));
        note(&generator, &format!("{polled:?}"));
    }
    if close {
        finish(generator.close());
        note(&generator, "closed");
    }
    drop(generator);
    log.take()
}

#[test]
fn regions_with_select_are_as_those_with_awaits_however_they_end() {
    for way in 0..=8 {
        for polls in 0..60 {
            for close in [false, true] {
                let log = Log::default();
                let expected = seen(&log, plain(&log, way), polls, close);
                let found = seen(&log, selecting(&log, way), polls, close);
                assert_eq!(found, expected, "way {way}, {polls} polls, closed: {close}");
            }
        }
    }
}

#[test]
fn what_is_watched_comes_to_an_end() {
    for way in 0..=8 {
        let log = Log::default();
        let seen = seen(&log, selecting(&log, way), 60, false);
        assert!(seen.iter().any(|line| line.starts_with("Ready(None)")), "{seen:?}");
        let errors = seen.iter().filter(|line| line.contains("Some(Err")).count();
        assert_eq!(errors, usize::from([2, 7, 8].contains(&way)), "{seen:?}");
    }
}

#[test]
fn a_generator_whose_regions_select_runs_in_a_spawned_task() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let items = runtime.block_on(async {
        let spawned = tokio::spawn(async {
            static LOG: std::sync::LazyLock<Log> = std::sync::LazyLock::new(Log::default);
            selecting(&LOG, 3).collect::<Vec<_>>().await
        });
        spawned.await.expect("the task does not panic")
    });
    assert_eq!(items, [100, 0, 1, 300, 400].map(Ok));
}
