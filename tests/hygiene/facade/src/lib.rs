//! A crate that hands the runtime on to its own users, as a framework would.

pub use gen_runtime;
pub use gen_runtime::{for_await, stream, stream_of, try_stream};

/// Counts, in a macro of the framework.
#[macro_export]
macro_rules! counted {
    ($limit:expr) => {
        $crate::stream! {
            for n in 0..$limit {
                yield n;
            }
        }
    };
}

/// Defines a generator, in a macro of the framework.
#[macro_export]
macro_rules! define_counter {
    ($(#[$attribute:meta])* $visibility:vis $name:ident: $item:ty) => {
        $(#[$attribute])*
        #[$crate::gen_runtime::async_generator(crate = "::facade::gen_runtime")]
        $visibility async fn $name(limit: $item) -> $item {
            for n in 0..limit {
                $crate::gen_runtime::yield_!(n);
            }
        }
    };
}
