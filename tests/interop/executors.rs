//! The same generators on every executor.

use std::{pin::pin, rc::Rc};

use futures::{StreamExt as _, task::LocalSpawnExt as _};
use gen_runtime::{prelude::*, stages};
use tokio::{runtime, task};

use crate::{Open, counted, pause};

/// Runs a pipeline to its middle, then closes it.
async fn pipeline() -> u32 {
    let open = Open::default();
    let odd = stages::filter(counted(open.clone(), 99), async |n: &u32| {
        pause().await;
        n % 2 == 1
    });
    let mut sums = pin!(stages::map(stages::chunks(odd, 2), |pair| pair.iter().sum::<u32>()));
    let mut total = 0;
    for _ in 0..3 {
        total += sums.next().await.unwrap();
    }
    assert_eq!(open.now(), 1);
    sums.close().await;
    assert_eq!(open.now(), 0);
    total
}

const TOTAL: u32 = 1 + 3 + 5 + 7 + 9 + 11;

#[test]
fn futures_block_on() {
    assert_eq!(futures::executor::block_on(pipeline()), TOTAL);
}

#[test]
fn futures_local_pool_with_generators_that_are_not_send() {
    #[async_generator]
    async fn shared(text: Rc<str>) -> Rc<str> {
        pause().await;
        yield_!(Rc::clone(&text));
    }
    let mut pool = futures::executor::LocalPool::new();
    let task = pool
        .spawner()
        .spawn_local_with_handle(async { (shared(Rc::from("a")).count().await, pipeline().await) });
    assert_eq!(pool.run_until(task.unwrap()), (1, TOTAL));
}

#[test]
fn tokio_current_thread() {
    let runtime = runtime::Builder::new_current_thread().build().unwrap();
    assert_eq!(runtime.block_on(pipeline()), TOTAL);
}

#[test]
fn tokio_local_tasks() {
    let runtime = runtime::Builder::new_current_thread().build().unwrap();
    let local = task::LocalSet::new();
    assert_eq!(
        local.block_on(&runtime, async { task::spawn_local(pipeline()).await }).unwrap(),
        TOTAL
    );
}

#[test]
fn tokio_multi_thread() {
    let runtime = runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
    runtime.block_on(async {
        let tasks: Vec<_> = (0..8).map(|_| task::spawn(pipeline())).collect();
        for task in tasks {
            assert_eq!(task.await.unwrap(), TOTAL);
        }
    });
}

#[test]
fn tokio_moves_a_started_generator_to_another_task() {
    let runtime = runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
    runtime.block_on(async {
        let mut items = Box::pin(counted(Open::default(), 3));
        assert_eq!(items.next().await, Some(1));
        let rest = task::spawn(items.collect::<Vec<_>>());
        assert_eq!(rest.await.unwrap(), [2, 3]);
    });
}

#[test]
fn smol_block_on_and_spawn() {
    assert_eq!(smol::block_on(pipeline()), TOTAL);
    assert_eq!(smol::block_on(smol::spawn(pipeline())), TOTAL);
}

#[test]
fn smol_runs_the_close_that_a_drop_spawns() {
    smol::block_on(async {
        let open = Open::default();
        let (closed, wait) = smol::channel::bounded(1);
        let mut items = counted(open.clone(), 9).close_on_drop(move |close| {
            smol::spawn(async move {
                close.await;
                closed.send(()).await.unwrap();
            })
            .detach();
        });
        assert_eq!(items.next().await, Some(1));
        drop(items);
        wait.recv().await.unwrap();
        assert_eq!(open.now(), 0);
    });
}
