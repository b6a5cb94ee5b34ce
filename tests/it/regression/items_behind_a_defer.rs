//! Items behind a `defer!` that stayed there, as only a macro can read them, while those that mention them did not: these meant
//! another item by that name, or none.

use gen_runtime::prelude::*;

use crate::support::{Log, items, tick};

#[allow(dead_code, reason = "it is what must not be meant")]
fn helper() -> u8 {
    1
}

/// As one that makes another function of the one it stands on.
macro_rules! counted {
    ($($item:item)*) => { $($item)* };
}

#[async_generator]
async fn mentions_what_a_macro_makes() -> u8 {
    defer! { tick().await; }
    counted! {
        fn helper() -> u8 {
            2
        }
    }
    fn caller() -> u8 {
        helper()
    }
    fn caller_of_caller() -> u8 {
        caller() + 1
    }
    yield_!(caller());
    yield_!(caller_of_caller());
}

#[test]
fn item_behind_a_defer_means_what_a_macro_behind_it_makes() {
    assert_eq!(items(mentions_what_a_macro_makes()), [2, 3]);
}

#[async_generator]
async fn mentions_what_an_attribute_is_on() -> u8 {
    defer! { tick().await; }
    #[tracing::instrument]
    fn helper() -> u8 {
        3
    }
    fn caller() -> u8 {
        helper()
    }
    yield_!(caller());
}

#[test]
fn item_behind_a_defer_means_what_an_attribute_behind_it_is_on() {
    assert_eq!(items(mentions_what_an_attribute_is_on()), [3]);
}

#[async_generator]
async fn implements_what_stays(log: &Log) -> u32 {
    defer! {
        log.push(after().to_string());
    }
    tokio::task_local! { static KEY: u32; }
    struct Reader;
    impl Reader {
        fn read() -> u32 {
            KEY.get()
        }
    }
    // Nothing that stays is mentioned here: the cleanup may use it.
    fn after() -> u32 {
        5
    }
    yield_!(KEY.sync_scope(4, Reader::read));
}

#[test]
fn implementation_behind_a_defer_mentions_what_a_macro_makes() {
    let log = Log::default();
    assert_eq!(items(implements_what_stays(&log)), [4]);
    assert_eq!(log.take(), ["5"]);
}
