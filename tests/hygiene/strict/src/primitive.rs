//! Generators where the primitive types are other types.

use gen_runtime::prelude::*;

use crate::use_up;

macro_rules! types {
    ($($name:ident)*) => {
        $(
            #[doc = concat!("Is not the primitive `", stringify!($name), "`.")]
            #[allow(non_camel_case_types, reason = "shadows a primitive type")]
            #[derive(Debug)]
            pub struct $name;
        )*
    };
}

types! { bool u8 u16 u32 usize i32 str }

/// Items of none of these types.
#[async_generator(send = i64, throw = char)]
pub async fn signals() -> Result<i64, char> {
    let mut item = 1;
    defer! { use_up(item); }
    loop {
        item = yield_!(Ok(item))?;
    }
}

/// Every way out of a loop.
#[async_generator]
pub async fn jumps() -> i64 {
    'outer: loop {
        #[for_await]
        for n in stream_of![n for n in 0_i64..9 if n != 4] {
            defer! { use_up(n); }
            match n {
                0 => continue,
                7 => break 'outer,
                8 => return,
                _ => yield_!(n),
            }
        }
    }
    yield_from!(stream! { yield 10; });
}
