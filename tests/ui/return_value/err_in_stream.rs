//! An error that ends a `stream!` without a `?`, which declares nothing.

use gen_runtime::prelude::*;

fn lines() -> impl futures::Stream<Item = Result<u32, String>> {
    stream! {
        yield Ok(1);
        return Err("torn".to_owned());
    }
}

fn pages() -> impl futures::Stream<Item = Result<u32, String>> {
    stream! {
        yield Ok(1);
        Err("torn".to_owned())
    }
}

fn main() {}
