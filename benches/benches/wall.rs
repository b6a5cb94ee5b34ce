//! Wall time, everyone side by side: `cargo bench -p gen-benches`.

#![recursion_limit = "1024"]

use divan::{Bencher, counter::ItemsCount};
#[cfg(feature = "peers")]
use gen_benches::contenders::{
    AsyncFnStream, AsyncGen, AsyncGenerator, AsyncStream, AsyncStreamLite, AsynkStrim, Channel,
    Fauxgen, Genawaiter,
};
use gen_benches::{
    Streams,
    contenders::{ByHand, Ours, Unfold},
    drive::{
        self,
        mode::{Boxed, Inlined, Task},
    },
};

const ITEMS: u64 = 10_000;

fn main() {
    divan::main();
}

macro_rules! benches {
    ($($mode:ident $name:ident $function:ident $(::<$size:literal>)? [$($peer:ident)*];)*) => {$(
        #[cfg(feature = "peers")]
        #[divan::bench(types = [Ours<$mode>, ByHand<$mode>, Unfold<$mode>, $($peer<$mode>,)*])]
        fn $name<C: Streams>(bencher: Bencher<'_, '_>) {
            bencher.counter(ItemsCount::new(ITEMS)).bench(|| run::$mode(C::$function $(::<$size>)?));
        }
        #[cfg(not(feature = "peers"))]
        #[divan::bench(types = [Ours<$mode>, ByHand<$mode>, Unfold<$mode>])]
        fn $name<C: Streams>(bencher: Bencher<'_, '_>) {
            bencher.counter(ItemsCount::new(ITEMS)).bench(|| run::$mode(C::$function $(::<$size>)?));
        }
    )*};
}

/// The three ways, by the names of their types.
mod run {
    #![allow(non_snake_case)]

    use futures::Stream;

    use super::{ITEMS, drive};

    pub(super) fn Inlined<St: Stream>(make: impl FnOnce(u64) -> St) -> u64 {
        drive::inlined(make, ITEMS)
    }

    pub(super) fn Boxed<St: Stream + 'static>(make: impl FnOnce(u64) -> St) -> u64 {
        drive::boxed(make, ITEMS)
    }

    pub(super) fn Task<St: Stream + 'static>(make: impl FnOnce(u64) -> St + 'static) -> u64 {
        drive::task(make, ITEMS)
    }
}

benches! {
    Inlined count_inlined count [AsyncStream AsyncGenerator AsyncGen AsynkStrim AsyncFnStream AsyncStreamLite Genawaiter Fauxgen];
    Boxed count_boxed count [AsyncStream AsyncGenerator AsyncGen AsynkStrim AsyncFnStream AsyncStreamLite Genawaiter Fauxgen];
    Task count_task count [AsyncStream AsyncGenerator AsyncGen AsynkStrim AsyncFnStream AsyncStreamLite Genawaiter Fauxgen Channel];
    Boxed wide_256_bytes wide::<32> [AsyncStream AsyncGenerator AsyncGen AsynkStrim AsyncFnStream AsyncStreamLite Genawaiter Fauxgen];
    Boxed wide_4096_bytes wide::<512> [AsyncStream AsyncGenerator AsyncGen AsynkStrim AsyncFnStream AsyncStreamLite Genawaiter Fauxgen];
    Task pending_task pending [AsyncStream AsyncGenerator AsyncGen AsynkStrim AsyncFnStream AsyncStreamLite Genawaiter Fauxgen Channel];
    Boxed fallible_boxed fallible [AsyncStream AsyncGenerator AsyncGen AsynkStrim AsyncFnStream AsyncStreamLite Genawaiter Fauxgen];
    Boxed stages_4 pipe_4 [AsyncStream AsyncGenerator AsyncGen AsynkStrim AsyncFnStream AsyncStreamLite Genawaiter Fauxgen];
}
