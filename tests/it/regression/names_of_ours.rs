//! Macros of others with the names of ours were taken for ours, whatever their path.

use gen_runtime::prelude::*;

use crate::support::{Log, items, next, tick};

mod scopeguard {
    //! As the crate of this name.

    pub struct Guard<F: FnMut()>(pub F);

    impl<F: FnMut()> Drop for Guard<F> {
        fn drop(&mut self) {
            (self.0)();
        }
    }

    macro_rules! defer {
        ($($code:tt)*) => {
            let _guard = $crate::regression::names_of_ours::scopeguard::Guard(|| { $($code)* });
        };
    }
    pub(crate) use defer;
}

#[async_generator]
async fn guards(log: &Log) -> u32 {
    scopeguard::defer! { log.push("guard") }
    yield_!(1);
    yield_!(2);
}

#[test]
fn a_guard_of_another_runs_when_a_generator_is_dropped() {
    let log = Log::default();
    {
        let mut guarded = std::pin::pin!(guards(&log));
        assert_eq!(next(guarded.as_mut()), Some(1));
    }
    assert_eq!(log.take(), ["guard"]);
    assert_eq!(items(guards(&log)), [1, 2]);
    assert_eq!(log.take(), ["guard"]);
}

mod others {
    macro_rules! stream {
        ($n:expr) => {
            if $n == 1 {
                return;
            }
        };
    }
    pub(super) use stream;
}

#[async_generator]
async fn leaves(log: &Log) -> u32 {
    for n in 0.. {
        defer! {
            tick().await;
            log.push("cleaned");
        }
        others::stream!(n);
        yield_!(n);
    }
}

#[test]
fn a_way_out_in_a_macro_of_another_is_found() {
    let log = Log::default();
    assert_eq!(items(leaves(&log)), [0]);
    assert_eq!(log.take(), ["cleaned"; 2]);
}

/// A user has no part in the names of the expansion, wherever the runtime is.
#[async_generator(crate = "::gen_runtime")]
async fn by_a_path() -> u32 {
    let __generator = 1;
    let __handle = 2;
    let (__slot, __yielded) = (tick().await, 3);
    yield_!(__generator + __handle + __yielded);
    log_of(__slot);
}

fn log_of(_: ()) {}

#[test]
fn the_names_of_an_expansion_are_no_names_of_the_users() {
    assert_eq!(items(by_a_path()), [6]);
}
