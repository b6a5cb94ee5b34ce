//! What it costs to build generators: the libraries themselves, and a crate of 500 functions, ours
//! beside `async-stream`'s and written by hand. Prints the figures, and writes them where `report` finds
//! them. Needs Linux, and what `cargo fetch` has left of the registry.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use gen_benches::{
    build_costs::{self, BuildCosts, MEASUREMENTS, PACKAGES},
    measure::toolchain,
};

const FUNCTIONS: u32 = 500;
const RUNS: u32 = 3;

/// What is written in one way.
struct Style {
    package: &'static str,
    /// The library that it is written with, and the line of a manifest that asks for it.
    library: &'static str,
    dependency: String,
    import: &'static str,
    /// One function; `INDEX` stands for a number.
    function: &'static str,
}

const OURS: &str = "
#[async_generator]
pub async fn fINDEX(base: u64, steps: Vec<u64>) -> u64 {
    let offset = ready(INDEX).await;
    for step in steps {
        let item = ready(base + step).await;
        yield_!(item + offset);
        if item % 7 == 3 {
            yield_!(step);
        }
    }
}
";

const ASYNC_STREAM: &str = "
pub fn fINDEX(base: u64, steps: Vec<u64>) -> impl Stream<Item = u64> {
    stream! {
        let offset = ready(INDEX).await;
        for step in steps {
            let item = ready(base + step).await;
            yield item + offset;
            if item % 7 == 3 {
                yield step;
            }
        }
    }
}
";

const BY_HAND: &str = "
pub struct FINDEX {
    base: u64,
    steps: IntoIter<u64>,
    reading: Option<Ready<u64>>,
    offset: u64,
    adding: Option<(u64, Ready<u64>)>,
    again: Option<u64>,
}

pub fn fINDEX(base: u64, steps: Vec<u64>) -> FINDEX {
    let steps = steps.into_iter();
    FINDEX { base, steps, reading: Some(ready(INDEX)), offset: 0, adding: None, again: None }
}

impl Stream for FINDEX {
    type Item = u64;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u64>> {
        let this = self.get_mut();
        if let Some(reading) = &mut this.reading {
            this.offset = ready!(Pin::new(reading).poll(cx));
            this.reading = None;
        }
        if let Some(step) = this.again.take() {
            return Poll::Ready(Some(step));
        }
        let (step, adding) = match &mut this.adding {
            Some(adding) => adding,
            None => {
                let Some(step) = this.steps.next() else { return Poll::Ready(None) };
                this.adding.insert((step, ready(this.base + step)))
            }
        };
        let item = ready!(Pin::new(adding).poll(cx));
        if item % 7 == 3 {
            this.again = Some(*step);
        }
        this.adding = None;
        Poll::Ready(Some(item + this.offset))
    }
}
";

fn styles() -> [Style; 3] {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../gen-runtime");
    let runtime = fs::canonicalize(runtime).expect("the runtime");
    let [ours, async_stream, by_hand] = PACKAGES;
    [
        Style {
            package: ours,
            library: "gen-runtime",
            dependency: format!("gen-runtime = {{ path = \"{}\" }}", runtime.display()),
            import: "use gen_runtime::prelude::*;",
            function: OURS,
        },
        Style {
            package: async_stream,
            library: "async-stream",
            dependency: "async-stream = \"0.3\"".into(),
            import: "use async_stream::stream;",
            function: ASYNC_STREAM,
        },
        Style {
            package: by_hand,
            library: "futures-core",
            dependency: String::new(),
            import: "use std::{future::{Future, Ready}, task::{Context, Poll, ready}, vec::IntoIter};",
            function: BY_HAND,
        },
    ]
}

fn main() {
    let packages = styles().map(|style| (style.package, style.library, write(&style)));
    let mut costs = BuildCosts::new();
    for (measurement, what) in MEASUREMENTS {
        // What else the machine does hits all alike.
        let runs = if measurement == "llvm-lines" { 1 } else { RUNS };
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
        for package in PACKAGES {
            println!("{package}: {what}: {:.2}", costs[&(package.into(), measurement.into())]);
        }
    }
    build_costs::write(&costs);
}

fn measure(measurement: &str, library: &str, package: &Path) -> f64 {
    match measurement {
        "cold" => {
            cargo(package, &["clean"]);
            cargo(package, &["build", "--package", library])
        }
        "check" => again(package, &["check"]),
        "debug" => again(package, &["build"]),
        "release" => again(package, &["build", "--release"]),
        "llvm-lines" => llvm_lines(package) / f64::from(FUNCTIONS),
        _ => panic!("no such measurement: {measurement}"),
    }
}

/// Writes the crate and says where.
fn write(style: &Style) -> PathBuf {
    let package = std::env::temp_dir().join("gen-build-cost").join(style.package);
    fs::create_dir_all(package.join("src")).expect("a directory for temporary files");
    let manifest = format!(
        "[package]\nname = \"many\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\nfutures-core = \"0.3\"\n{}\n",
        style.dependency
    );
    let mut code = format!(
        "use std::{{future::ready, pin::Pin}};\nuse futures_core::Stream;\n{}\n",
        style.import
    );
    let mut all = String::new();
    for index in 0..FUNCTIONS {
        code += &style.function.replace("INDEX", &index.to_string());
        writeln!(all, "        Box::pin(f{index}({index}, Vec::new())),")
            .expect("a string takes all");
    }
    write!(
        code,
        "\npub fn all() -> Vec<Pin<Box<dyn Stream<Item = u64>>>> {{\n    vec![\n{all}    ]\n}}\n"
    )
    .expect("a string takes all");
    fs::write(package.join("Cargo.toml"), manifest).expect("a manifest");
    fs::write(package.join("src/lib.rs"), code).expect("a library");
    // The same versions as everything else is measured with.
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    fs::copy(lock, package.join("Cargo.lock")).expect("a lock file");
    package
}

/// Builds the crate again, with all that it depends on built before.
fn again(package: &Path, args: &[&str]) -> f64 {
    cargo(package, args);
    let library = package.join("src/lib.rs");
    fs::write(&library, fs::read(&library).expect("written above")).expect("written above");
    cargo(package, args)
}

/// The seconds that cargo takes, and what it starts.
fn cargo(package: &Path, args: &[&str]) -> f64 {
    let before = seconds_of_children();
    let status = Command::new("cargo")
        .args(["--quiet"])
        .args(args)
        .current_dir(package)
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_TARGET_DIR", package.join("target"))
        .env("RUSTUP_TOOLCHAIN", toolchain())
        .status()
        .expect("cargo");
    assert!(status.success(), "cargo {args:?} in {}", package.display());
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
