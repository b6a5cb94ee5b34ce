//! Measures with `counts`, or a program like it.

use std::{path::Path, process::Command};

/// The toolchain that all is measured with.
pub fn toolchain() -> &'static str {
    include_str!("../../rust-toolchain.toml").split('"').nth(1).unwrap_or("stable")
}

/// The two lengths that a workload is run at: what the items in between took is what they cost.
pub fn items(workload: &str) -> [u64; 2] {
    // A whole tree, and two.
    if workload.starts_with("walk") { [10_000, 20_000] } else { [1_000, 3_000] }
}

/// What one item costs.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    pub instructions: f64,
    pub allocations: f64,
}

/// Says whether callgrind is there.
pub fn has_valgrind() -> bool {
    Command::new("valgrind").arg("--version").output().is_ok_and(|found| found.status.success())
}

/// What a run of the program took.
struct Run {
    instructions: f64,
    items: f64,
    allocations: f64,
}

fn once(binary: &Path, [contender, workload, mode]: [&str; 3], n: u64) -> Option<Run> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(binary)
        .args([contender, "count", workload, mode, &n.to_string()])
        .output()
        .ok()?;
    if !output.status.success() {
        return None;
    }
    let printed = String::from_utf8_lossy(&output.stdout);
    let (items, allocations) = printed.trim().split_once(' ')?;
    Some(Run {
        instructions: collected(&String::from_utf8_lossy(&output.stderr))?,
        items: items.parse().ok()?,
        allocations: allocations.parse().ok()?,
    })
}

/// The instructions that callgrind says it has counted.
pub fn collected(log: &str) -> Option<f64> {
    let (_, collected) = log.lines().find_map(|line| line.split_once("Collected :"))?;
    collected.trim().parse().ok()
}

/// What one item of a workload costs, or `None` if the contender has no such workload and mode.
pub fn cost(binary: &Path, contender: &str, workload: &str, mode: &str) -> Option<Cost> {
    let [few, many] = items(workload);
    let short = once(binary, [contender, workload, mode], few)?;
    let long = once(binary, [contender, workload, mode], many)?;
    let items = long.items - short.items;
    Some(Cost {
        instructions: (long.instructions - short.instructions) / items,
        allocations: (long.allocations - short.allocations) / items,
    })
}

/// What the program prints when asked for something else than a count; nothing if it cannot tell.
pub fn ask(binary: &Path, args: &[&str]) -> String {
    let output = Command::new(binary).args(args).output();
    let printed = output.ok().filter(|output| output.status.success()).map(|output| output.stdout);
    String::from_utf8(printed.unwrap_or_default()).unwrap_or_default()
}
