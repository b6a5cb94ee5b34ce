//! What it costs to build generators: the libraries themselves, and a crate of 500 functions, ours
//! beside `async-stream`'s and written by hand. Prints the figures, and writes them where `report` finds
//! them. Needs Linux, and what `cargo fetch` has left of the registry.
//!
//! Seconds differ by some percent from run to run, so the instructions of the compiler are counted, too: by
//! callgrind, which takes a quarter of an hour. Without valgrind they are left out, and that is said.
//!
//! With the names of packages as arguments it measures these, and leaves the figures of the others as they are.

mod compiler;
mod styles;

use std::{
    fs,
    path::Path,
    process::{Command, ExitCode},
};

use gen_benches::{
    build_costs::{self, COUNTED, MEASUREMENTS, SECONDS},
    measure::{has_valgrind, toolchain},
};
use styles::{FUNCTIONS, styles, write};

const RUNS: u32 = 3;

fn main() -> ExitCode {
    if let Some(compiled) = compiler::main() {
        return compiled;
    }
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let mut costs = build_costs::read();
    costs.retain(|(package, _), _| !asked.is_empty() && !asked.contains(package));
    let styles = styles().into_iter();
    let measured =
        styles.filter(|style| !costs.keys().any(|(package, _)| package == style.package));
    let packages: Vec<_> =
        measured.map(|style| (style.package, style.library, write(&style))).collect();
    for (measurement, what) in MEASUREMENTS {
        if measurement.ends_with(COUNTED) && !has_valgrind() {
            println!("SKIPPED: {what}: valgrind is not installed");
            continue;
        }
        // What else the machine does hits all alike.
        let runs = if SECONDS.contains(&measurement) { RUNS } else { 1 };
        for _ in 0..runs {
            for (package, library, directory) in &packages {
                let cost = measure(measurement, library, directory);
                let key = ((*package).into(), measurement.into());
                costs
                    .entry(key)
                    .and_modify(|best: &mut f64| *best = best.min(cost))
                    .or_insert(cost);
            }
        }
        for (package, ..) in &packages {
            let cost = costs[&((*package).into(), measurement.into())];
            println!("{package}: {what}: {cost:.2}");
        }
    }
    build_costs::write(&costs);
    ExitCode::SUCCESS
}

fn measure(measurement: &str, library: &str, package: &Path) -> f64 {
    let build = |measurement: &str| match measurement {
        "check" => vec!["check"],
        "debug" => vec!["build"],
        "release" => vec!["build", "--release"],
        _ => panic!("no such measurement: {measurement}"),
    };
    match measurement {
        "cold" => {
            cargo(package, &["clean"]);
            seconds(|| cargo(package, &["build", "--package", library]))
        }
        "llvm-lines" => llvm_lines(package) / f64::from(FUNCTIONS),
        _ => match measurement.strip_suffix(COUNTED) {
            None => seconds_again(package, &build(measurement)),
            Some(measurement) => instructions_again(package, &build(measurement)),
        },
    }
}

/// The seconds that it takes to build the crate again, with all that it depends on built before.
fn seconds_again(package: &Path, args: &[&str]) -> f64 {
    cargo(package, args);
    touch(package);
    seconds(|| cargo(package, args))
}

/// The same, counted.
fn instructions_again(package: &Path, args: &[&str]) -> f64 {
    cargo(package, args);
    touch(package);
    let mut command = command(package, args);
    let log = compiler::wrap(&mut command, package);
    run(command);
    compiler::instructions(&log)
}

fn touch(package: &Path) {
    let library = package.join("src/lib.rs");
    fs::write(&library, fs::read(&library).expect("it was written")).expect("it was written");
}

fn cargo(package: &Path, args: &[&str]) {
    run(command(package, args));
}

fn command(package: &Path, args: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command
        .arg("--quiet")
        .args(args)
        .current_dir(package)
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_TARGET_DIR", package.join("target"))
        .env("RUSTUP_TOOLCHAIN", toolchain());
    command
}

fn run(mut command: Command) {
    let status = command.status().expect("cargo");
    assert!(status.success(), "{command:?}");
}

/// The seconds of all processes that this starts.
fn seconds(run: impl FnOnce()) -> f64 {
    let before = seconds_of_children();
    run();
    seconds_of_children() - before
}

/// User and system time of all processes that have ended and were waited for.
fn seconds_of_children() -> f64 {
    const TICKS_PER_SECOND: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat").expect("Linux");
    // `cutime` and `cstime` of proc(5), of which the name of this program is the second field.
    let (_, fields) = stat.rsplit_once(')').expect("the name is in parentheses");
    let ticks = fields.split_whitespace().skip(13).take(2);
    ticks.map(|ticks| ticks.parse::<f64>().expect("a number")).sum::<f64>() / TICKS_PER_SECOND
}

/// The lines of all functions in the crate, as they are before LLVM optimizes.
#[expect(clippy::cast_precision_loss, reason = "fewer than a million")]
fn llvm_lines(package: &Path) -> f64 {
    let flags = ["--emit=llvm-ir", "-Cno-prepopulate-passes", "-Ccodegen-units=1"];
    cargo(package, &[&["rustc", "--release", "--"], flags.as_slice()].concat());
    let found = fs::read_dir(package.join("target/release/deps")).expect("what was built");
    let file = found
        .filter_map(|file| Some(file.ok()?.path()))
        .find(|file| file.extension().is_some_and(|extension| extension == "ll"));
    let code = fs::read_to_string(file.expect("it was emitted")).expect("text");
    let mut lines = 0;
    let mut inside = false;
    for line in code.lines() {
        inside |= line.starts_with("define ");
        lines += usize::from(inside);
        inside &= line != "}";
    }
    lines as f64
}
