//! Wall time, everyone side by side: `cargo bench -p gen-benches`. A part of the name of a benchmark, as
//! an argument, runs those alone.

use divan::{Bencher, counter::ItemsCount};
use gen_benches::contenders::{NAMES, by_name, has_mode};

const ITEMS: u64 = 10_000;

fn main() {
    divan::main();
}

/// Takes the items of a workload, if the contender has it.
fn take(contender: &str, workload: &str, mode: &str, items: u64) -> Option<u64> {
    has_mode(contender, mode)
        .then(|| by_name(contender))?
        .and_then(|it| (it.run)(workload, mode, items))
}

/// The contenders that have a workload.
fn contenders(workload: &str, mode: &str) -> impl Iterator<Item = &'static str> {
    NAMES.iter().copied().filter(move |name| take(name, workload, mode, 0).is_some())
}

macro_rules! benches {
    ($($name:ident: $workload:literal $mode:literal;)*) => {$(
        #[divan::bench(args = contenders($workload, $mode))]
        fn $name(bencher: Bencher<'_, '_>, contender: &str) {
            let items = ItemsCount::new(ITEMS);
            bencher.counter(items).bench(|| take(contender, $workload, $mode, ITEMS));
        }
    )*};
}

benches! {
    count_inlined: "count" "inlined";
    count_boxed: "count" "boxed";
    count_task: "count" "task";
    items_of_256_bytes: "wide_32" "boxed";
    items_of_4096_bytes: "wide_512" "boxed";
    await_ready: "ready" "boxed";
    await_pending: "pending" "task";
    fallible: "fallible" "boxed";
    send: "send" "boxed";
    cleanup_inline: "tidy_each" "boxed";
    defer_in_the_loop: "defer_each" "boxed";
    defer_around_the_loop: "defer_around" "boxed";
    short: "short" "boxed";
    stages_8: "pipe_8" "boxed";
    boxed_stages_16: "chain_16" "boxed";
    boxed_levels_16: "delegate_16" "boxed";
    tree_of_depth_8: "walk_8" "boxed";
}
