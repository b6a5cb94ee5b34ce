//! What it costs to build generators: a crate of 500 functions, ours beside `async-stream`'s and
//! written by hand. Prints a table; it needs the registry, or what `cargo fetch` has left of it.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

const FUNCTIONS: u64 = 500;
const RUNS: u32 = 3;

const OURS: &str = "#[async_generator]
pub async fn fINDEX(n: u64) -> u64 {
    let base = std::future::ready(INDEXu64).await;
    for k in 0..n {
        yield_!(base + k);
        if k % 7 == 3 {
            yield_!(k);
        }
    }
}
";

const ASYNC_STREAM: &str = "pub fn fINDEX(n: u64) -> impl Stream<Item = u64> {
    async_stream::stream! {
        let base = std::future::ready(INDEXu64).await;
        for k in 0..n {
            yield base + k;
            if k % 7 == 3 {
                yield k;
            }
        }
    }
}
";

const BY_HAND: &str = "pub struct FINDEX { n: u64, k: u64, again: bool }
pub fn fINDEX(n: u64) -> FINDEX { FINDEX { n, k: 0, again: false } }
impl Stream for FINDEX {
    type Item = u64;
    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<u64>> {
        if self.again {
            self.again = false;
            let k = self.k;
            self.k += 1;
            return Poll::Ready(Some(k));
        }
        if self.k == self.n {
            return Poll::Ready(None);
        }
        let item = INDEX + self.k;
        if self.k % 7 == 3 { self.again = true } else { self.k += 1 }
        Poll::Ready(Some(item))
    }
}
";

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let runtime = fs::canonicalize(root.join("gen-runtime")).expect("the runtime");
    let ours = format!("gen-runtime = {{ path = \"{}\" }}", runtime.display());
    let crates = [
        ("gen-runtime", ours.as_str(), "use gen_runtime::prelude::*;", OURS),
        ("async-stream", "async-stream = \"0.3\"", "", ASYNC_STREAM),
        ("by hand", "", "use std::task::{Context, Poll};", BY_HAND),
    ];
    println!("seconds of wall time, best of {RUNS}; {FUNCTIONS} functions\n");
    println!("| | cold debug build | check | debug | release | LLVM lines per function |");
    println!("|---|---:|---:|---:|---:|---:|");
    for (name, dependency, import, function) in crates {
        let package = write(name, dependency, import, function);
        cargo(&package, &["fetch"]);
        let cold = (0..RUNS)
            .map(|_| {
                cargo(&package, &["clean"]);
                cargo(&package, &["build"])
            })
            .fold(f64::MAX, f64::min);
        let rebuild = |args: &[&str]| {
            cargo(&package, args);
            let again = |_| {
                let lib = package.join("src/lib.rs");
                fs::write(&lib, fs::read(&lib).expect("written above")).expect("written above");
                cargo(&package, args)
            };
            (0..RUNS).map(again).fold(f64::MAX, f64::min)
        };
        let (check, debug) = (rebuild(&["check"]), rebuild(&["build"]));
        let release = rebuild(&["build", "--release"]);
        let lines = llvm_lines(&package) / FUNCTIONS;
        println!("| {name} | {cold:.1} | {check:.1} | {debug:.1} | {release:.1} | {lines} |");
    }
}

/// Writes the crate and says where.
fn write(name: &str, dependency: &str, import: &str, function: &str) -> PathBuf {
    let package = std::env::temp_dir().join("gen-build-cost").join(name.replace(' ', "-"));
    fs::create_dir_all(package.join("src")).expect("a directory for temporary files");
    let manifest = format!(
        "[package]\nname = \"many\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\nfutures-core = \"0.3\"\n{dependency}\n"
    );
    let mut code = format!("use std::pin::Pin;\nuse futures_core::Stream;\n{import}\n");
    let mut all = String::new();
    for index in 0..FUNCTIONS {
        code += &function.replace("INDEX", &index.to_string());
        writeln!(all, "        Box::pin(f{index}({index})),").expect("a string takes all");
    }
    write!(
        code,
        "pub fn all() -> Vec<Pin<Box<dyn Stream<Item = u64>>>> {{\n    vec![\n{all}    ]\n}}\n"
    )
    .expect("a string takes all");
    fs::write(package.join("Cargo.toml"), manifest).expect("a manifest");
    fs::write(package.join("src/lib.rs"), code).expect("a library");
    package
}

/// The seconds that cargo takes.
fn cargo(package: &Path, args: &[&str]) -> f64 {
    let start = Instant::now();
    let status = command(package).arg("--quiet").args(args).status().expect("cargo");
    assert!(status.success(), "cargo {args:?} in {}", package.display());
    start.elapsed().as_secs_f64()
}

fn command(package: &Path) -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(package).env("CARGO_INCREMENTAL", "0");
    command.env("CARGO_TARGET_DIR", package.join("target"));
    command
}

fn llvm_lines(package: &Path) -> u64 {
    let flags = ["--emit=llvm-ir", "-Cno-prepopulate-passes", "-Ccodegen-units=1"];
    let status =
        command(package).args(["rustc", "--quiet", "--release", "--"]).args(flags).status();
    assert!(status.expect("cargo").success(), "LLVM IR of {}", package.display());
    let found = fs::read_dir(package.join("target/release/deps")).expect("what was built");
    let mut lines = 0;
    for file in found.filter_map(Result::ok).map(|file| file.path()) {
        let of_ours =
            file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("many"));
        if of_ours && file.extension().is_some_and(|extension| extension == "ll") {
            lines = fs::read_to_string(&file).expect("text").lines().count() as u64;
        }
    }
    lines
}
