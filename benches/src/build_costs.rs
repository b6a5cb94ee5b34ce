//! What `build_cost` writes and `report` reads.

use std::{collections::BTreeMap, fmt::Write as _};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/build-cost.txt");

/// Who is built.
pub const PACKAGES: [&str; 3] = ["gen-runtime", "async-stream", "by-hand"];

/// What is measured.
pub const MEASUREMENTS: [(&str, &str); 8] = [
    ("cold", "the crates alone, from nothing, debug, s"),
    ("check", "500 functions, `check`, s"),
    ("debug", "500 functions, debug, s"),
    ("release", "500 functions, release, s"),
    ("check-counted", "500 functions, `check`, 10⁹ instructions of the compiler"),
    ("debug-counted", "500 functions, debug, 10⁹ instructions of the compiler"),
    ("release-counted", "500 functions, release, 10⁹ instructions of the compiler"),
    ("llvm-lines", "lines of LLVM IR per function"),
];

/// What is measured in seconds.
pub const SECONDS: [&str; 4] = ["cold", "check", "debug", "release"];

/// The end of the name of what is counted, which is otherwise that of the same in seconds.
pub const COUNTED: &str = "-counted";

/// A figure for each package and measurement.
pub type BuildCosts = BTreeMap<(String, String), f64>;

/// Nothing, if nothing was written yet.
///
/// # Panics
///
/// If there is something else in the file.
pub fn read() -> BuildCosts {
    let text = std::fs::read_to_string(FILE).unwrap_or_default();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let cost = |line: &str| {
        let [package, measurement, cost] = line.split(' ').collect::<Vec<_>>()[..] else {
            panic!("not a build cost: {line}")
        };
        ((package.into(), measurement.into()), cost.parse().expect("a number"))
    };
    lines.map(cost).collect()
}

/// # Panics
///
/// If the file cannot be written.
pub fn write(costs: &BuildCosts) {
    let mut text = String::from("# Written by `build_cost`, for `report`.\n");
    for ((package, measurement), cost) in costs {
        writeln!(text, "{package} {measurement} {cost:.2}").expect("a string takes all");
    }
    std::fs::write(FILE, text).expect("build-cost.txt can be written");
}
