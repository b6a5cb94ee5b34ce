//! `return;` of a fallible body did not compile in the arguments of another macro, and then that of some closures and
//! functions there was taken for one of the body's.

use std::cell::RefCell;

use futures::{StreamExt as _, executor::block_on};
use gen_runtime::prelude::*;

macro_rules! opaque {
    ($($code:tt)*) => { $($code)* };
}

#[async_generator]
async fn up_to(last: u32) -> Result<u32, String> {
    for n in 0.. {
        opaque! {
            if n > last { return; }
            // The `return`s of closures and async blocks are theirs.
            let odd = |n: u32| { if n % 2 == 0 { return; } panic!("{n} is odd"); };
            let nothing = async { if n == 0 { return; } std::future::ready(()).await };
        }
        odd(2 * n);
        nothing.await;
        yield_!(Ok(n));
        if n == 9 {
            Err("far enough")?;
        }
    }
}

type Log = RefCell<Vec<u32>>;

fn each<T>(values: impl IntoIterator<Item = T>, f: impl FnMut(T)) {
    values.into_iter().for_each(f);
}

#[async_generator]
#[allow(clippy::needless_return, reason = "it is what is tested")]
async fn closures(log: &Log) -> Result<u32, String> {
    fn converted<T: Copy, U: From<T>>(n: T) -> U {
        n.into()
    }
    let note = |n| log.borrow_mut().push(n);
    opaque! { each(1..4, |n| if n == 2 { return; } else { note(n) }) }
    opaque! { each([4_u8], |n| if converted::<u8, u32>(n) == 4 { return; }) }
    let typed = opaque!(|n: u32| -> () {
        if n == 5 {
            return;
        }
        note(n);
    });
    each(5..7, typed);
    yield_!(Ok(1));
    opaque! { (|| return)(); return; }
}

#[async_generator]
async fn functions(log: &Log) -> Result<u32, String> {
    opaque! {
        fn noted(n: u32, log: &Log) {
            if n == 1 { return; }
            log.borrow_mut().push(n);
        }
        struct Other;
        impl Other {
            async fn noted(n: u32, log: &Log) {
                if n == 3 { return; }
                async { if n == 4 { return; } log.borrow_mut().push(n); }.await;
            }
        }
        let is_last: fn(u32) -> bool = |n| { n > 1 };
    }
    for n in 0.. {
        noted(n, log);
        Other::noted(n + 3, log).await;
        yield_!(Ok(n));
        opaque! { match is_last(n) { | true => return, | false => {} } }
    }
}

#[test]
fn return_of_another_body_in_a_macro_is_its_own() {
    let log = Log::default();
    assert_eq!(block_on(closures(&log).collect::<Vec<_>>()), [Ok(1)]);
    assert_eq!(log.take(), [1, 3, 6]);
    assert_eq!(block_on(functions(&log).collect::<Vec<_>>()), [Ok(0), Ok(1), Ok(2)]);
    assert_eq!(log.take(), [0, 2, 5]);
}

#[test]
fn return_ends_a_fallible_body_from_within_a_macro() {
    assert_eq!(block_on(up_to(1).collect::<Vec<_>>()), [Ok(0), Ok(1)]);
}

#[test]
fn return_in_select_ends_a_try_stream() {
    let stream = try_stream! {
        for n in 0.. {
            futures::select! {
                () = futures::future::ready(()) => {
                    match n { 0 | 1 => yield n, _ => return }
                }
            }
        }
        Err("never")?;
    };
    let items: Vec<Result<i32, &str>> = block_on(stream.collect());
    assert_eq!(items, [Ok(0), Ok(1)]);
}
