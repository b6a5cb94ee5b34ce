//! A loop over a stream whose pattern has several cases did not compile.

use futures::{Stream, executor::block_on, stream::iter};
use gen_runtime::{prelude::*, stream, stream_of};

use crate::support::items;

fn results() -> impl Stream<Item = Result<u32, u32>> {
    iter([Ok(1), Err(2)])
}

#[async_generator]
async fn under_the_attribute() -> u32 {
    #[for_await]
    for Ok(n) | Err(n) in results() {
        yield_!(n);
    }
}

#[test]
fn a_pattern_may_have_several_cases() {
    assert_eq!(items(under_the_attribute()), [1, 2]);
    assert_eq!(items(stream! { for await | Ok(n) | Err(n) in results() { yield n; } }), [1, 2]);
    assert_eq!(items(stream_of![n for await Ok(n) | Err(n) in results()]), [1, 2]);
    let total = block_on(async {
        let mut total = 0;
        for_await!(Ok(n) | Err(n) in results() { total += n; });
        total
    });
    assert_eq!(total, 3);
}
