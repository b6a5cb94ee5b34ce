//! The value of a block with a region was not coerced to what its type was said to be.

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
