//! Awaits wherever an expression can stand: they stay expressions like any other.

#![allow(clippy::unused_async, reason = "what is awaited is not what is tested")]
#![allow(clippy::many_single_char_names, reason = "many values, and none of them means anything")]

use futures::{StreamExt as _, executor::block_on};
use gen_runtime::prelude::*;

async fn pair() -> (u32, (u32, bool)) {
    (1, (2, true))
}
async fn num() -> usize {
    1
}
async fn flag(on: bool) -> bool {
    on
}
async fn res(n: u32) -> Result<u32, String> {
    if n > 5 { Err(n.to_string()) } else { Ok(n) }
}
async fn opt(n: u32) -> Option<u32> {
    Some(n)
}
async fn place(v: &mut u32) -> &mut u32 {
    v
}
#[derive(Debug)]
struct S {
    x: u32,
    y: usize,
}
async fn nothing() {}

#[async_generator]
async fn exprs(mut n: u32) -> u64 {
    let (a, b) = (pair().await.0, pair().await.1.0);
    yield_!(u64::from(a + b));
    if flag(true).await && !flag(false).await {
        yield_!(num().await as u64);
    }
    match pair().await.1 {
        (x, true) if flag(true).await => yield_!(u64::from(x)),
        _ => yield_!(0),
    }
    let r = &pair().await;
    yield_!(u64::from(r.0));
    *place(&mut n).await += 3;
    *place(&mut n).await = res(2).await.unwrap_or_default() + n;
    yield_!(u64::from(n));
    let arr = [1u64, 2, 3];
    yield_!(arr[num().await]);
    for i in 0..num().await {
        yield_!(i as u64);
    }
    let s = S { x: opt(4).await.unwrap(), y: num().await };
    yield_!(u64::from(s.x) + s.y as u64);
    while flag(false).await {
        yield_!(1);
    }
    let Some(z) = opt(7).await else {
        return;
    };
    yield_!(u64::from(z));
    if let Some(q) = opt(3).await {
        yield_!(u64::from(q));
    }
    let neg = -(i64::from(z)) - i64::try_from(num().await).unwrap();
    yield_!(neg.unsigned_abs());
    let t = (yield_!(1), pair().await).1.1.1;
    yield_!(u64::from(t));
    let c = async |k: u32| opt(k).await.unwrap_or(0) + 1;
    yield_!(u64::from(c(1).await));
    nothing().await;
    let text = String::from("abc");
    let len = async { text.len() }.await;
    yield_!(len as u64);
    let v: Box<dyn std::fmt::Display> = Box::new(num().await);
    yield_!(v.to_string().len() as u64);
    yield_!({
        let k = num().await;
        k as u64
    });
    let range = num().await..num().await + 2;
    yield_!(range.len() as u64);
}

#[async_generator]
async fn with_regions(mut n: u32) -> Result<u64, String> {
    defer! { nothing().await; }
    let (a, b) = (pair().await.0, pair().await.1.0);
    yield_!(Ok(u64::from(a + b)));
    if flag(true).await && !flag(false).await {
        yield_!(Ok(num().await as u64));
    }
    match pair().await.1 {
        (x, true) if flag(true).await => yield_!(Ok(u64::from(x))),
        _ => yield_!(Ok(0)),
    }
    let r = &pair().await;
    yield_!(Ok(u64::from(r.0)));
    *place(&mut n).await += 3;
    *place(&mut n).await = res(2).await? + n;
    let arr = [1u64, 2, 3];
    yield_!(Ok(arr[num().await]));
    let w = &res(1).await?;
    yield_!(Ok(u64::from(*w)));
    let Some(z) = opt(7).await else {
        return;
    };
    let s = S { x: opt(4).await.ok_or("no")?, y: num().await };
    yield_!(Ok(u64::from(s.x) + s.y as u64 + u64::from(z)));
    'outer: loop {
        #[for_await]
        for x in futures::stream::iter(0..4u32) {
            if x == 1 {
                continue;
            }
            let y = res(x).await?;
            #[for_await]
            for u in futures::stream::iter([x, 9]) {
                if u == 9 {
                    break;
                }
            }
            if y == 3 {
                break 'outer;
            }
            yield_!(Ok(u64::from(y)));
        }
    }
    res(6).await?;
}

#[test]
fn awaits_stand_wherever_an_expression_can() {
    let items = block_on(exprs(1).collect::<Vec<_>>());
    assert_eq!(items, [3, 1, 2, 1, 6, 2, 0, 5, 7, 3, 8, 1, 1, 2, 3, 1, 1, 2]);
}

#[test]
fn awaits_stand_wherever_an_expression_can_in_a_region() {
    let items = block_on(with_regions(1).collect::<Vec<_>>());
    let (error, items) = items.split_last().unwrap();
    assert_eq!(items.iter().flatten().copied().collect::<Vec<_>>(), [3, 1, 2, 1, 2, 1, 12, 0, 2]);
    assert_eq!(error.as_ref().unwrap_err(), "6");
}
