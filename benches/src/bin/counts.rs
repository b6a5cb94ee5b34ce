//! Drives one stream, for a tool that counts: `counts <contender> <workload> <mode> <n>`.

#![recursion_limit = "1024"]

#[cfg(feature = "peers")]
use gen_benches::contenders::{
    AsyncFnStream, AsyncGen, AsyncGenerator, AsyncStream, AsyncStreamLite, AsynkStrim, Channel,
    Fauxgen, Genawaiter,
};
use gen_benches::{
    alloc::Counting,
    contenders::{ByHand, Ours, Unfold},
    drive::{
        main as measure,
        mode::{Boxed, Inlined, Task},
    },
};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn main() {
    let contender = std::env::args().nth(1).expect("the name of a contender");
    macro_rules! contenders {
        ($($name:ident)*) => {
            match contender.as_str() {
                $(stringify!($name) => return measure::<$name<Inlined>, $name<Boxed>, $name<Task>>(),)*
                _ => {}
            }
        };
    }
    contenders!(Ours ByHand Unfold);
    #[cfg(feature = "peers")]
    contenders!(AsyncStream AsyncGenerator AsyncGen AsynkStrim AsyncFnStream AsyncStreamLite Genawaiter Fauxgen Channel);
    panic!("no such contender: {contender}");
}
