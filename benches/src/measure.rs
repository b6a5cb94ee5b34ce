//! Counts instructions: callgrind runs a program at two lengths, and the difference is what the items
//! in between took.

use std::{path::Path, process::Command};

/// The lengths.
const RUNS: [u64; 2] = [1_000, 3_000];

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

fn once(binary: &Path, args: [&str; 3], n: u64) -> Option<(u64, u64)> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(binary)
        .args(args)
        .arg(n.to_string())
        .output()
        .ok()?;
    if !output.status.success() {
        return None;
    }
    let printed = String::from_utf8_lossy(&output.stdout);
    let allocations = printed.split_whitespace().nth(1)?.parse().ok()?;
    let log = String::from_utf8_lossy(&output.stderr);
    let collected = log.lines().find_map(|line| line.split_once("Collected :"))?.1;
    Some((collected.trim().parse().ok()?, allocations))
}

/// What one item of a workload costs, or `None` if the contender has no such workload and mode.
#[expect(clippy::cast_precision_loss, reason = "counts of a few millions")]
pub fn cost(binary: &Path, contender: &str, workload: &str, mode: &str) -> Option<Cost> {
    let args = [contender, workload, mode];
    let (short, few) = once(binary, args, RUNS[0])?;
    let (long, many) = once(binary, args, RUNS[1])?;
    let items = (RUNS[1] - RUNS[0]) as f64;
    Some(Cost {
        instructions: (long as f64 - short as f64) / items,
        allocations: (many as f64 - few as f64) / items,
    })
}
