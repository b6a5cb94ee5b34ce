use std::{
    future::pending,
    pin::Pin,
    sync::mpsc::{Receiver, Sender, channel},
    thread,
};

use futures::{StreamExt as _, executor::block_on};
use gen_runtime::{BoxGenerator, prelude::*};
use tokio::{runtime, sync::oneshot, task};
use tokio_util::task::TaskTracker;

use crate::{
    fail,
    support::{next, panics, quiet_panic},
};

/// Says that it is dropped.
struct Local(Sender<&'static str>);

impl Drop for Local {
    fn drop(&mut self) {
        self.0.send("dropped").unwrap();
    }
}

/// Gives one item, and says when it is cleaned up and when it is gone.
#[async_generator]
async fn rows(log: Sender<&'static str>) -> u32 {
    let _local = Local(log.clone());
    defer! {
        task::yield_now().await;
        log.send("closed").unwrap();
    }
    yield_!(1);
    pending::<()>().await;
}

fn log() -> (Sender<&'static str>, Receiver<&'static str>) {
    channel()
}

fn current_thread() -> runtime::Runtime {
    runtime::Builder::new_current_thread().build().unwrap()
}

fn multi_thread() -> runtime::Runtime {
    runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap()
}

#[test]
fn the_close_runs_on_the_runtime() {
    for runtime in [current_thread(), multi_thread()] {
        let (send, log) = log();
        runtime.block_on(async {
            let mut rows = rows(send).close_on_drop_tokio();
            assert_eq!(rows.next().await, Some(1));
            drop(rows);
            while log.try_recv() != Ok("closed") {
                task::yield_now().await;
            }
        });
        assert_eq!(log.recv(), Ok("dropped"));
    }
}

#[test]
fn the_drop_may_happen_outside_the_runtime() {
    let runtime = multi_thread();
    let (send, log) = log();
    let mut rows = runtime.block_on(async { rows(send).close_on_drop_tokio() });
    assert_eq!(block_on(rows.next()), Some(1));
    thread::spawn(move || drop(rows)).join().unwrap();
    assert_eq!((log.recv(), log.recv()), (Ok("closed"), Ok("dropped")));
}

#[test]
fn the_drop_may_happen_in_another_runtime() {
    let (home, other) = (current_thread(), current_thread());
    let (send, log) = log();
    let mut rows = home.block_on(async { rows(send).close_on_drop_tokio() });
    other.block_on(async move {
        assert_eq!(rows.next().await, Some(1));
        drop(rows);
        task::yield_now().await;
    });
    drop(other);
    assert!(log.try_recv().is_err(), "it waits for its own runtime");
    home.block_on(async {
        while log.try_recv() != Ok("closed") {
            task::yield_now().await;
        }
    });
}

#[test]
fn outside_a_runtime_it_panics_at_once() {
    let (send, log) = log();
    // The message on the terminal is Tokio's.
    assert!(panics(|| drop(rows(send).close_on_drop_tokio())));
    assert!(log.try_recv().is_err(), "the body was not entered");
}

#[test]
fn after_the_runtime_is_gone_the_drop_skips_the_cleanup() {
    for runtime in [current_thread(), multi_thread()] {
        let (send, log) = log();
        let mut rows = runtime.block_on(async { rows(send).close_on_drop_tokio() });
        assert_eq!(next(Pin::new(&mut rows)), Some(1));
        drop(runtime);
        drop(rows);
        assert_eq!(log.recv(), Ok("dropped"));
        assert!(log.recv().is_err());
    }
}

#[test]
fn at_the_shutdown_of_the_runtime_the_cleanup_is_skipped() {
    for runtime in [current_thread(), multi_thread()] {
        let (send, log) = log();
        let (started, start) = oneshot::channel();
        runtime.block_on(async {
            task::spawn(async {
                let mut rows = rows(send).close_on_drop_tokio();
                started.send(rows.next().await).unwrap();
                rows.next().await
            });
            assert_eq!(start.await, Ok(Some(1)));
        });
        drop(runtime);
        assert_eq!(log.recv(), Ok("dropped"));
        assert!(log.recv().is_err());
    }
}

#[test]
fn an_aborted_task_spawns_the_close() {
    let (send, log) = log();
    current_thread().block_on(async {
        let (started, start) = oneshot::channel();
        let consumer = task::spawn(async {
            let mut rows = rows(send).close_on_drop_tokio();
            started.send(rows.next().await).unwrap();
            rows.next().await
        });
        assert_eq!(start.await, Ok(Some(1)));
        consumer.abort();
        assert!(consumer.await.unwrap_err().is_cancelled());
        while log.try_recv() != Ok("closed") {
            task::yield_now().await;
        }
    });
}

#[test]
fn a_panicking_task_spawns_the_close() {
    let (send, log) = log();
    current_thread().block_on(async {
        let consumer = task::spawn(async {
            let mut rows = rows(send).close_on_drop_tokio();
            rows.next().await;
            quiet_panic();
        });
        assert!(consumer.await.unwrap_err().is_panic());
        while log.try_recv() != Ok("closed") {
            task::yield_now().await;
        }
    });
}

#[test]
fn a_panic_in_the_cleanup_stays_in_its_task() {
    #[async_generator]
    async fn bad(log: Sender<&'static str>) -> u32 {
        let _local = Local(log);
        defer! { fail(); }
        yield_!(1);
    }
    let (send, log) = log();
    current_thread().block_on(async {
        let mut rows = bad(send).close_on_drop_tokio();
        assert_eq!(rows.next().await, Some(1));
        drop(rows);
        while log.try_recv() != Ok("dropped") {
            task::yield_now().await;
        }
    });
}

#[test]
fn boxes_close_on_the_runtime_and_name_the_type() {
    #[async_generator(boxed)]
    async fn boxed(log: Sender<&'static str>) -> u32 {
        yield_from!(rows(log));
    }
    struct Session {
        rows: BoxGenerator<'static, u32>,
    }
    let (send, log) = log();
    current_thread().block_on(async {
        let mut session = Session { rows: BoxGenerator::new(boxed(send).close_on_drop_tokio()) };
        assert_eq!(session.rows.next().await, Some(1));
        drop(session);
        while log.try_recv() != Ok("closed") {
            task::yield_now().await;
        }
    });
}

#[test]
fn a_tracker_waits_for_all_closes() {
    let (send, log) = log();
    current_thread().block_on(async {
        let closes = TaskTracker::new();
        for _ in 0..3 {
            let tracker = closes.clone();
            let mut rows = rows(send.clone()).close_on_drop(move |close| {
                tracker.spawn(close);
            });
            assert_eq!(rows.next().await, Some(1));
        }
        assert_eq!(closes.len(), 3);
        closes.close();
        closes.wait().await;
    });
    drop(send);
    assert_eq!(log.iter().filter(|event| *event == "closed").count(), 3);
}
