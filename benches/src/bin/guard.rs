//! Compares the instructions per item of our main workloads with `benches/budgets.txt`, and fails when
//! one is over its budget. `--write` sets the budgets to what is counted now, and some slack.

use std::{fmt::Write as _, path::Path, process::ExitCode};

use gen_benches::measure::{cost, has_valgrind};

const BUDGETS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/budgets.txt");
/// A factor, and something for counts so small that a factor says nothing.
const SLACK: (f64, f64) = (1.03, 0.5);

const GUARDED: [(&str, &str); 29] = [
    ("count", "inlined"),
    ("count", "boxed"),
    ("count", "task"),
    ("wide_32", "boxed"),
    ("wide_512", "inlined"),
    ("wide_512", "boxed"),
    ("ready", "boxed"),
    ("pending", "inlined"),
    ("pending", "boxed"),
    ("fallible", "inlined"),
    ("fallible", "boxed"),
    ("asserted", "inlined"),
    ("asserted", "boxed"),
    ("selected", "inlined"),
    ("selected", "boxed"),
    ("send", "inlined"),
    ("send", "boxed"),
    ("defer_each", "boxed"),
    ("defer_around", "boxed"),
    ("short", "boxed"),
    ("pipe_1", "boxed"),
    ("pipe_4", "boxed"),
    ("pipe_8", "inlined"),
    ("pipe_8", "boxed"),
    ("chain_16", "boxed"),
    ("delegate_16", "boxed"),
    ("from_8", "inlined"),
    ("walk_8", "boxed"),
    ("walk_64", "boxed"),
];

fn main() -> ExitCode {
    if !has_valgrind() {
        println!("SKIPPED: no instructions are counted: valgrind is not installed");
        return ExitCode::SUCCESS;
    }
    let me = std::env::current_exe().expect("the path of this program");
    let counts = me.with_file_name("counts");
    if std::env::args().any(|arg| arg == "--write") { write(&counts) } else { check(&counts) }
}

fn counted(counts: &Path, workload: &str, mode: &str) -> f64 {
    let cost = cost(counts, "Ours", workload, mode);
    cost.unwrap_or_else(|| panic!("`counts` has no workload {workload} {mode}")).instructions
}

fn write(counts: &Path) -> ExitCode {
    let mut budgets = String::from(
        "# Instructions per item that `guard` allows. Written by `guard --write`; the reason for a\n\
         # budget that grows belongs in the commit.\n",
    );
    for (workload, mode) in GUARDED {
        let budget = counted(counts, workload, mode) * SLACK.0 + SLACK.1;
        writeln!(budgets, "{workload} {mode} {budget:.1}").expect("a string takes all");
    }
    std::fs::write(BUDGETS, budgets).expect("budgets.txt can be written");
    ExitCode::SUCCESS
}

fn check(counts: &Path) -> ExitCode {
    let budgets = std::fs::read_to_string(BUDGETS).expect("budgets.txt");
    let mut over = 0;
    for line in budgets.lines().filter(|line| !line.starts_with('#')) {
        let [workload, mode, budget] = line.split(' ').collect::<Vec<_>>()[..] else {
            panic!("not a budget: {line}")
        };
        let budget: f64 = budget.parse().expect("a number of instructions");
        let instructions = counted(counts, workload, mode);
        let verdict = if instructions > budget { "OVER BUDGET" } else { "ok" };
        over += usize::from(instructions > budget);
        println!("{workload:12} {mode:8} {instructions:8.1} of {budget:8.1}  {verdict}");
    }
    if over == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
