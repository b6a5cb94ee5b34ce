//! An attribute on an item may put statements there, which await or leave the body. They were taken for an item: an item of
//! the generator was put where another poll had its own, and lost; and a cleanup was skipped.

use attributes::instead;
use gen_runtime::prelude::*;

use crate::support::{Log, items, items_over_the_stack};

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
