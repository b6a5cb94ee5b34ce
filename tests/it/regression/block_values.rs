//! The value of a block with a region was not coerced to what its type was said to be.

use std::{
    error::Error,
    fmt::{self, Debug},
};

use futures::stream::iter;
use gen_runtime::prelude::*;

use crate::support::items;

#[async_generator]
async fn coerced(leaves: bool) -> u32 {
    let function: Box<dyn Fn() -> u32> = {
        defer! {}
        yield_!(1);
        Box::new(|| 2)
    };
    yield_!(function());
    let slice: &[u32] = 'block: {
        defer! {}
        if leaves {
            break 'block &[3, 4];
        }
        yield_!(3);
        &[]
    };
    yield_!(u32::try_from(slice.len()).unwrap_or_default());
}

#[test]
fn the_value_of_a_region_is_coerced() {
    assert_eq!(items(coerced(false)), [1, 2, 3, 0]);
    assert_eq!(items(coerced(true)), [1, 2, 2]);
}

macro_rules! nothing {
    () => {};
}

#[async_generator]
async fn coerced_within(leaves: u32) -> String {
    let option: Option<Box<dyn Debug>> = {
        defer! {}
        yield_!("option".into());
        Some(Box::new(1))
    };
    yield_!(format!("{option:?}"));
    let list: Vec<Box<dyn Debug>> = 'list: {
        defer! {}
        if leaves == 1 {
            break 'list vec![Box::new("left"), Box::new(2)];
        }
        yield_!("list".into());
        nothing!();
        vec![Box::new(3), Box::new("4")]
    };
    yield_!(format!("{list:?}"));
    let length: Box<dyn Fn(&str) -> usize> = {
        defer! {}
        Box::new(|text| text.len() + 1)
    };
    let either: Box<dyn Debug> = 'either: loop {
        defer! {}
        match leaves {
            0 => break Box::new(length("five")),
            1 => break 'either Box::new("six"),
            _ => break Box::new('7'),
        }
    };
    yield_!(format!("{either:?}"));
}

#[test]
fn what_is_in_it_is_coerced() {
    let items = |leaves| items(coerced_within(leaves)).join(" ");
    assert_eq!(items(0), r#"option Some(1) list [3, "4"] 5"#);
    assert_eq!(items(1), r#"option Some(1) ["left", 2] "six""#);
    assert_eq!(items(2), r#"option Some(1) list [3, "4"] '7'"#);
}

#[async_generator]
async fn fails(how: u32) -> Result<u32, Box<dyn Error>> {
    #[for_await]
    for n in iter(0..how) {
        if n == 1 {
            return Err(Box::new(fmt::Error));
        }
        yield_!(Ok(n));
    }
    {
        defer! {}
        {
            defer! {}
            if how == 1 {
                return Err(Box::new(fmt::Error));
            }
            nothing!();
        }
    }
    defer! {}
    let awaited: Result<u32, Box<dyn Error>> = async {
        defer! {}
        if how == 0 {
            return Err(Box::new(fmt::Error) as Box<dyn Error>);
        }
        Ok(3)
    }
    .await;
    yield_!(awaited);
    Err(Box::new(fmt::Error))
}

#[async_generator]
async fn fails_beside_a_macro() -> Result<u32, Box<dyn Error>> {
    #[for_await]
    for n in iter(0..3) {
        nothing!();
        if n == 1 {
            return Err(Box::new(fmt::Error));
        }
        yield_!(Ok(n));
    }
}

#[test]
fn an_error_that_is_returned_out_of_a_region_is_coerced() {
    let count = |how| items(fails(how)).iter().map(Result::is_ok).collect::<Vec<_>>();
    assert_eq!(count(0), [false, false]);
    assert_eq!(count(1), [true, false]);
    assert_eq!(count(2), [true, false]);
    assert_eq!(items(fails_beside_a_macro()).len(), 2);
}
