//! A macro may have the name of one of ours, or of the standard library's, and await. An item would be put
//! where another poll had its own, and lost.

use gen_runtime::prelude::async_generator;

use crate::support::items_over_the_stack;

async fn pause() {
    tokio::task::yield_now().await;
}

mod someones {
    macro_rules! stream {
        ($future:expr) => {
            $future.await
        };
    }
    macro_rules! println {
        ($future:expr) => {
            $future.await
        };
    }
    pub(super) use println;
    pub(super) use stream;
}

#[async_generator]
async fn by_our_name() -> usize {
    yield_!(1);
    someones::stream!(pause());
    yield_!(2);
}

#[async_generator]
async fn by_the_name_of_another() -> usize {
    for n in 0..3 {
        yield_!(n);
        someones::println!(pause());
    }
}

#[test]
fn an_await_that_a_macro_hides_leaves_no_slot_of_another_poll() {
    assert_eq!(items_over_the_stack(by_our_name()), [1, 2]);
    assert_eq!(items_over_the_stack(by_the_name_of_another()), [0, 1, 2]);
}
