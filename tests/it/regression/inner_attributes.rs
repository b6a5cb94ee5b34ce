//! Attributes and documentation that a body starts with, which are those of the function, did not compile.

#![deny(unused_variables)]

use gen_runtime::prelude::*;

use crate::support::items;

#[async_generator]
async fn count(to: u32) -> u32 {
    //! Counts.
    #![allow(unused_variables, reason = "the function is denied them, and its body is not")]
    #![must_use]

    let nothing = ();
    for n in 0..to {
        yield_!(n);
    }
}

struct Counter;

generator_syntax! {
    impl Counter {
        /// Counts.
        #[async_generator]
        async fn count(to: u32) -> u32 {
            //! And is documented.
            #![allow(unused_variables)]
            let nothing = ();
            for n in 0..to {
                yield n;
            }
        }
    }

    trait Counts {
        #[async_generator]
        async fn count(&self, to: u32) -> u32 {
            #![allow(unused_variables)]
            let nothing = ();
            yield to;
        }
    }
}

impl Counts for Counter {}

#[test]
fn attributes_in_a_body_are_those_of_its_function() {
    assert_eq!(items(count(2)), [0, 1]);
    assert_eq!(items(Counter::count(2)), [0, 1]);
    assert_eq!(items(Counts::count(&Counter, 2)), [2]);
}

#[rustfmt::skip] // it takes the attribute away
#[async_generator]
async fn in_a_loop() -> u32 {
    #[for_await]
    for n in futures::stream::iter([1, 2]) {
        #![allow(unused_variables)]
        let unused = n;
        yield_!(n);
    }
}

#[test]
fn the_body_of_an_async_loop_starts_with_one() {
    assert_eq!(items(in_a_loop()), [1, 2]);
}
