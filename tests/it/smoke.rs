use futures::{StreamExt as _, executor::block_on};
use gen_runtime::prelude::*;
use std::cell::RefCell;
use std::pin::pin;

#[async_generator]
async fn count(n: u32) -> u32 {
    for i in 0..n {
        yield_!(i);
    }
}

#[async_generator]
async fn unused(_: String, (a, mut b): (u32, u32), mut c: u32) -> u32 {
    b += a;
    c += b;
    yield_!(c);
    println!("{}", yield_!(7) == ());
}

#[async_generator]
async fn fall(s: &str) -> Result<u32, std::num::ParseIntError> {
    for x in s.split(',') {
        if x == "end" {
            return;
        }
        yield_!(Ok(x.parse::<u32>()?));
    }
}

#[async_generator(send = u32, throw = String)]
async fn conv() -> u32 {
    let mut x = 0;
    loop {
        match yield_!(x) {
            Ok(v) => x += v,
            Err(e) => x = e.len() as u32,
        }
    }
}

async fn tick() {
    tokio::task::yield_now().await;
}

#[async_generator]
async fn cleanups(log: &RefCell<Vec<String>>) -> u32 {
    let l = |s: &str| log.borrow_mut().push(s.to_string());
    l("open");
    defer! { l("outer start"); tick().await; l("outer end"); }
    'outer: for i in 0..3u32 {
        defer! { tick().await; l(&format!("inner {i}")); }
        yield_!(i);
        if i == 1 {
            break 'outer;
        }
    }
    l("after loop");
    yield_!(10);
}

#[async_generator]
async fn pipeline(log: &RefCell<Vec<String>>) -> u32 {
    defer! { log.borrow_mut().push("pipe".into()); }
    #[for_await]
    for x in cleanups(log) {
        if x == 10 {
            continue;
        }
        yield_!(x * 2);
    }
    yield_from!(count(2));
    let r: Result<u32, ()> = async {
        yield_!(55);
        defer! { log.borrow_mut().push("blk".into()); }
        if log.borrow().len() > 1000 {
            return Err(());
        }
        yield_!(56);
        Ok(3)
    }
    .await;
    yield_!(r.unwrap());
}
#[async_generator(boxed)]
async fn tree(depth: u32, name: &str) -> String {
    yield_!(format!("{name}{depth}"));
    if depth > 0 {
        yield_from!(tree(depth - 1, name));
    }
}

struct S(u32);
impl S {
    #[async_generator]
    async fn iter(&self) -> &u32 {
        yield_!(&self.0);
        yield_!(&self.0);
    }
    #[async_generator]
    async fn own(self) -> u32 {
        yield_!(self.0);
    }
}

#[test]
fn smoke() {
    block_on(async {
        assert_eq!(count(3).collect::<Vec<_>>().await, [0, 1, 2]);
        assert_eq!(
            unused(String::new(), (1, 2), 3).collect::<Vec<_>>().await,
            [6, 7]
        );
        assert_eq!(
            fall("1,2,x,3").map(|r| r.ok()).collect::<Vec<_>>().await,
            [Some(1), Some(2), None]
        );
        assert_eq!(
            fall("1,2,end,3").map(|r| r.ok()).collect::<Vec<_>>().await,
            [Some(1), Some(2)]
        );
        let mut c = pin!(conv());
        assert_eq!(c.next().await, Some(0));
        assert_eq!(c.send(5).await, Ok(Some(5)));
        assert_eq!(c.throw("abc".into()).await, Ok(Some(3)));
        assert_eq!(S(1).iter().count().await, 2);
        assert_eq!(S(1).own().count().await, 1);
        let log = RefCell::new(vec![]);
        let v = cleanups(&log).collect::<Vec<_>>().await;
        assert_eq!(v, [0, 1, 10]);
        println!("{:?}", log.take());
        let mut p = pin!(pipeline(&log));
        assert_eq!(p.next().await, Some(0));
        assert!(p.has_pending_cleanup());
        p.close().await;
        println!("{:?}", log.take());
        println!("{:?}", pipeline(&log).collect::<Vec<_>>().await);
        println!("{:?}", log.take());
        println!("{:?}", tree(3, "x").collect::<Vec<_>>().await);
        let name = String::from("q");
        let s = stream! { for await x in count(2) { yield format!("{name}{x}"); } let r = &name; yield r.clone(); };
        println!("{:?}", s.collect::<Vec<_>>().await);
        let s = try_stream! { for await x in fall("1,2,x") { let x = x?; yield x; } };
        let s: Vec<Result<u32, std::num::ParseIntError>> = s.collect().await;
        println!("{s:?}");
        let e = stream! {};
        assert_eq!(e.count().await, 0);
        let s = stream_of![(x, y) for await x in count(3) if x != 1 for y in 0..x];
        println!("{:?}", s.collect::<Vec<_>>().await);
        let mut t = 0;
        'o: loop {
            for_await!(x in count(5) { if x == 1 { continue; } if x == 4 { break 'o; } t += x; })
        }
        assert_eq!(t, 5);
        let s = stream! { let mut i = 0; while i < 3 { tokio::select! { _ = tick() => { yield i; } } i += 1; } tokio::select! { _ = tick() => { for await x in count(2) { yield x; } yield 9 } } };
        println!("{:?}", s.collect::<Vec<_>>().await);
    });
}
