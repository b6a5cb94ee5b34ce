//! An attribute on an item may put statements there, which await or leave the body. They were taken for an item: an item of
//! the generator was put where another poll had its own, and lost; and a cleanup was skipped.

use std::task::Poll;

use attributes::instead;
use futures::Stream;
use gen_runtime::prelude::*;

use crate::support::{Log, Task, items, items_over_the_stack, panics};

async fn pause() {
    tokio::task::yield_now().await;
}

macro_rules! nothing {
    () => {};
}

#[async_generator]
async fn between_yields() -> String {
    yield_!("one".to_owned());
    #[instead(pause().await;)]
    fn unused() {}
    yield_!("two".to_owned());
}

#[async_generator]
async fn in_an_operand() -> String {
    nothing!();
    yield_!("one".to_owned());
    yield_!({
        #[instead(pause().await;)]
        fn unused() {}
        "two".to_owned()
    });
}

#[async_generator]
async fn behind_a_defer(leaves: bool, log: &Log) -> u32 {
    defer! { log.push("cleanup"); }
    yield_!(1);
    #[instead(if leaves { return; })]
    fn unused() {}
    yield_!(2);
}

mod renamed {
    use attributes::instead as derive;
    use gen_runtime::prelude::*;

    use super::pause;

    #[async_generator]
    pub(super) async fn derives() -> String {
        yield_!("one".to_owned());
        #[derive(pause().await;)]
        fn unused() {}
        yield_!("two".to_owned());
    }
}

mod clippy {
    pub(super) use attributes::instead;
}

#[async_generator]
async fn by_the_path_of_a_tool() -> String {
    yield_!("one".to_owned());
    #[clippy::instead(pause().await;)]
    fn unused() {}
    yield_!("two".to_owned());
}

/// By a name that another has, it is found out, as a macro is.
#[test]
fn a_known_name_may_be_that_of_another() {
    fn is_found_out(generator: impl Stream<Item = String>) -> bool {
        let (task, mut generator) = (Task::new(), Box::pin(generator));
        assert!(task.poll_next(generator.as_mut()).is_ready());
        let found_out = panics(|| task.poll_next(generator.as_mut()));
        found_out && task.poll_next(generator.as_mut()) == Poll::Ready(None)
    }
    assert!(is_found_out(renamed::derives()));
    assert!(is_found_out(by_the_path_of_a_tool()));
}

/// What is an item for all that is known of its attributes is one for the cleanup, too.
#[async_generator]
async fn described(log: &Log) -> u32 {
    defer! { log.push(format!("{:?}", Row { first: 1 })); }
    yield_!(1);
    #[derive(Debug, serde::Serialize)]
    #[serde(rename_all = "camelCase")]
    #[cfg_attr(all(), allow(dead_code))]
    struct Row {
        first: u32,
    }
}

#[test]
fn an_item_is_there_for_the_cleanup() {
    let log = Log::default();
    assert_eq!(items(described(&log)), [1]);
    assert_eq!(log.take(), ["Row { first: 1 }"]);
}

#[test]
fn what_an_attribute_puts_in_place_of_an_item_is_no_item() {
    assert_eq!(items_over_the_stack(between_yields()), ["one", "two"]);
    assert_eq!(items_over_the_stack(in_an_operand()), ["one", "two"]);

    let log = Log::default();
    assert_eq!(items(behind_a_defer(true, &log)), [1]);
    assert_eq!(log.take(), ["cleanup"]);
    assert_eq!(items(behind_a_defer(false, &log)), [1, 2]);
    assert_eq!(log.take(), ["cleanup"]);
}
