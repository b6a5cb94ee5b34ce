use futures::{Stream, StreamExt as _, future, stream::BoxStream};

use crate::support::{items, tick};

#[test]
fn streams_nest() {
    let nested = stream! {
        let inner = stream! {
            for n in 0..2 {
                tick().await;
                yield n;
            }
        };
        futures::pin_mut!(inner);
        while let Some(n) = inner.next().await {
            yield format!("outer {n}");
        }
    };
    assert_eq!(items(nested), ["outer 0", "outer 1"]);
}

#[test]
fn for_await_iterates_a_stream() {
    let looping = stream! {
        let source = stream! { for n in 0..4 { tick().await; yield n; } };
        for await n in source {
            if n == 1 {
                continue;
            }
            if n == 3 {
                break;
            }
            yield n;
        }
        for await (i, n) in futures::stream::iter([7, 8]).enumerate() {
            yield i + n;
        }
    };
    assert_eq!(items(looping), [0, 2, 7, 9]);
}

#[test]
fn for_await_loops_nest() {
    let looping = stream! {
        for await row in futures::stream::iter(0..3) {
            for await column in futures::stream::iter(0..3) {
                if column == row {
                    break;
                }
                yield (row, column);
            }
        }
    };
    assert_eq!(items(looping), [(1, 0), (2, 0), (2, 1)]);
}

#[test]
fn select_may_yield_units_and_values() {
    let units = stream! {
        tokio::select! {
            () = tick() => yield,
        }
        tokio::select! {
            () = tick() => { yield; }
        }
    };
    assert_eq!(items(units), [(), ()]);
    let values = stream! {
        for n in 0..2 {
            tokio::select! {
                biased;
                () = future::pending() => yield 99,
                () = tick() => {
                    yield n;
                    yield n + 10;
                }
            }
        }
        let last = tokio::select! { n = async { tick().await; 5 } => n };
        yield last;
    };
    assert_eq!(items(values), [0, 10, 1, 11, 5]);
}

#[test]
fn yield_stands_in_other_macros() {
    let formatted = stream! {
        println!("{:?}", yield 1);
        let mut units = vec![yield 2, yield 3];
        units.push(());
        assert_eq!(units.len(), { yield 4; 3 });
        assert!(matches!(yield 5, ()));
    };
    assert_eq!(items(formatted), [1, 2, 3, 4, 5]);
}

#[test]
fn yield_is_a_match_arm_and_a_value() {
    let matching = stream! {
        for n in 0..3 {
            match n {
                0 => yield "zero",
                1 => { yield "one"; }
                _ => (),
            }
            let pair = (if n == 2 { yield "two" }, n);
            assert_eq!(pair, ((), n));
        }
    };
    assert_eq!(items(matching), ["zero", "one", "two"]);
}

fn generic<T, S>(source: S, times: usize) -> impl Stream<Item = T>
where
    T: Clone,
    S: Stream<Item = T>,
{
    stream! {
        for await item in source {
            for _ in 0..times {
                yield item.clone();
            }
        }
    }
}

#[test]
fn generic_function_returns_a_stream() {
    assert_eq!(items(generic(futures::stream::iter(["a", "b"]), 2)), ["a", "a", "b", "b"]);
    assert_eq!(items(generic(generic(stream! { yield 1; }, 2), 2)), [1; 4]);
}

fn countdown(from: u8) -> BoxStream<'static, u8> {
    stream! {
        yield from;
        if from > 0 {
            for await n in countdown(from - 1) {
                yield n;
            }
        }
    }
    .boxed()
}

#[test]
fn recursive_function_returns_a_boxed_stream() {
    assert_eq!(items(countdown(3)), [3, 2, 1, 0]);
}
