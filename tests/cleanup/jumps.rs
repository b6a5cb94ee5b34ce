//! `break` and `continue` out of regions.

use futures::StreamExt as _;
use gen_runtime::prelude::*;

use crate::stepping::{Log, finish, tick};

#[async_generator]
async fn plain_jumps(log: &Log) -> u32 {
    for n in 0..5 {
        defer! {
            tick().await;
            log.add(format_args!("cleanup {n}"));
        }
        if n == 1 {
            continue;
        }
        if n == 3 {
            break;
        }
        yield_!(n);
    }
    log.add("after");
}

#[test]
fn break_and_continue_run_the_cleanup_of_their_round() {
    let log = Log::default();
    assert_eq!(finish(plain_jumps(&log).collect::<Vec<_>>()), [0, 2]);
    assert_eq!(log.take(), ["cleanup 0", "cleanup 1", "cleanup 2", "cleanup 3", "after"]);
}

#[async_generator]
async fn inner_loop(log: &Log) -> u32 {
    defer! { log.add("cleanup"); }
    for n in 0..4 {
        if n == 1 {
            continue;
        }
        if n == 3 {
            break;
        }
        yield_!(n);
    }
    log.add("guarded");
}

#[test]
fn jumps_inside_a_region_do_not_leave_it() {
    let log = Log::default();
    assert_eq!(finish(inner_loop(&log).collect::<Vec<_>>()), [0, 2]);
    assert_eq!(log.take(), ["guarded", "cleanup"]);
}

#[async_generator]
async fn labelled_across_one(log: &Log) -> u32 {
    'rows: for row in 0..3 {
        for column in 0..3 {
            defer! {
                tick().await;
                log.add(format_args!("{row}{column}"));
            }
            if column == 1 && row == 0 {
                continue 'rows;
            }
            if column == 1 {
                break 'rows;
            }
            yield_!(row * 10 + column);
        }
    }
    log.add("after");
}

#[test]
fn labelled_jumps_leave_one_region() {
    let log = Log::default();
    assert_eq!(finish(labelled_across_one(&log).collect::<Vec<_>>()), [0, 10]);
    assert_eq!(log.take(), ["00", "01", "10", "11", "after"]);
}

#[async_generator]
async fn labelled_across_two(log: &Log) -> u32 {
    'rows: for row in 0..3 {
        defer! {
            tick().await;
            log.add(format_args!("row {row}"));
        }
        for column in 0..3 {
            defer! {
                tick().await;
                log.add(format_args!("column {column}"));
            }
            if column == 1 && row == 0 {
                continue 'rows;
            }
            if column == 1 {
                break 'rows;
            }
            yield_!(row * 10 + column);
        }
    }
    log.add("after");
}

#[test]
fn labelled_jumps_leave_several_regions_innermost_first() {
    let log = Log::default();
    assert_eq!(finish(labelled_across_two(&log).collect::<Vec<_>>()), [0, 10]);
    let expected = ["column 0", "column 1", "row 0", "column 0", "column 1", "row 1", "after"];
    assert_eq!(log.take(), expected);
}

#[async_generator]
async fn breaks_with_a_value(log: &Log) -> String {
    let found = loop {
        defer! {
            tick().await;
            log.add("cleanup");
        }
        yield_!(String::from("item"));
        break String::from("value");
    };
    yield_!(found);
}

#[test]
fn break_carries_its_value_over_the_cleanup() {
    let log = Log::default();
    assert_eq!(finish(breaks_with_a_value(&log).collect::<Vec<_>>()), ["item", "value"]);
    assert_eq!(log.take(), ["cleanup"]);
}

#[async_generator]
async fn breaks_far_with_a_value(log: &Log) -> String {
    let found = 'search: {
        defer! { log.add("a"); }
        for n in 0..2 {
            defer! { log.add(format_args!("b{n}")); }
            loop {
                defer! { log.add("c"); }
                yield_!(format!("item {n}"));
                if n == 1 {
                    break 'search String::from("found");
                }
                break;
            }
        }
        String::from("lost")
    };
    yield_!(found);
}

#[test]
fn a_value_is_carried_out_of_several_loops() {
    let log = Log::default();
    let items = finish(breaks_far_with_a_value(&log).collect::<Vec<_>>());
    assert_eq!(items, ["item 0", "item 1", "found"]);
    assert_eq!(log.take(), ["c", "b0", "c", "b1", "a"]);
}

#[async_generator]
async fn jumps_of_many_kinds(log: &Log) -> u32 {
    let mut rounds = 0;
    let total = 'outer: loop {
        defer! { log.add("outer"); }
        rounds += 1;
        'middle: loop {
            defer! { log.add("middle"); }
            loop {
                defer! { log.add("inner"); }
                yield_!(rounds);
                match rounds {
                    1 => break 'middle,
                    2 => continue 'outer,
                    _ => break 'outer 100,
                }
            }
        }
        log.add("behind middle");
    };
    yield_!(total);
}

#[test]
fn each_of_several_jumps_out_of_one_region_goes_its_own_way() {
    let log = Log::default();
    assert_eq!(finish(jumps_of_many_kinds(&log).collect::<Vec<_>>()), [1, 2, 3, 100]);
    let expected = [
        "inner",
        "middle",
        "behind middle",
        "outer", // `break 'middle`
        "inner",
        "middle",
        "outer", // `continue 'outer`
        "inner",
        "middle",
        "outer", // `break 'outer 100`
    ];
    assert_eq!(log.take(), expected);
}

#[async_generator]
async fn out_of_an_awaited_block(log: &Log) -> Result<u32, String> {
    let sum: Result<u32, String> = async {
        let mut sum = 0;
        'rows: for row in 0..3 {
            defer! { log.add(format_args!("row {row}")); }
            for column in 0..3 {
                defer! {
                    tick().await;
                    log.add(format_args!("column {column}"));
                }
                if column == 1 {
                    continue 'rows;
                }
                if row == 2 {
                    break 'rows;
                }
                sum += 1;
                yield_!(Ok(sum));
            }
        }
        Ok(sum)
    }
    .await;
    yield_!(sum);
}

#[test]
fn labelled_jumps_work_in_an_awaited_block() {
    let log = Log::default();
    let items = finish(out_of_an_awaited_block(&log).collect::<Vec<_>>());
    assert_eq!(items, [Ok(1), Ok(2), Ok(2)]);
    let expected =
        ["column 0", "column 1", "row 0", "column 0", "column 1", "row 1", "column 0", "row 2"];
    assert_eq!(log.take(), expected);
}

#[async_generator]
async fn while_loops(log: &Log) -> u32 {
    let mut stack = vec![3, 2, 1];
    'drain: while let Some(top) = stack.pop() {
        defer! { log.add(format_args!("popped {top}")); }
        let mut left = top;
        while left > 0 {
            defer! { log.add(format_args!("left {left}")); }
            left -= 1;
            if top == 2 {
                continue 'drain;
            }
            if top == 3 {
                break 'drain;
            }
            yield_!(top);
        }
    }
}

#[test]
fn jumps_leave_while_loops() {
    let log = Log::default();
    assert_eq!(finish(while_loops(&log).collect::<Vec<_>>()), [1]);
    let expected = ["left 0", "popped 1", "left 1", "popped 2", "left 2", "popped 3"];
    assert_eq!(log.take(), expected);
}
