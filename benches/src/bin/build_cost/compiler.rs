//! Counts the instructions of the compiler, as the wrapper that cargo calls in its place.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use gen_benches::measure::collected;

/// The crate whose compiler is counted; all others are compiled as ever.
const CRATE: &str = "many";
/// Where the wrapper is to leave what callgrind says.
const LOG: &str = "BUILD_COST_LOG";

/// Has cargo call this program in place of the compiler, and says what it then is given to read.
pub(crate) fn wrap(cargo: &mut Command, package: &Path) -> PathBuf {
    let log = package.join("callgrind.log");
    let this = std::env::current_exe().expect("the path of this program");
    cargo.env("RUSTC_WRAPPER", this).env(LOG, &log);
    log
}

/// The thousand millions of instructions that were counted.
pub(crate) fn instructions(log: &Path) -> f64 {
    let log = fs::read_to_string(log).expect("the compiler was called, by way of the wrapper");
    collected(&log).expect("callgrind has counted") / 1e9
}

/// Compiles, if this program was called for that.
pub(crate) fn main() -> Option<ExitCode> {
    let log = std::env::var_os(LOG)?;
    let mut args = std::env::args_os().skip(1);
    let rustc = args.next().expect("cargo gives a wrapper the compiler");
    let args: Vec<OsString> = args.collect();
    let mut command = Command::new(&rustc);
    if args.iter().any(|arg| arg == CRATE) {
        let root = sysroot(&rustc);
        command = Command::new("valgrind");
        command
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
            .arg(format!("--log-file={}", log.display()))
            // Not the proxy that rustup has in its place.
            .arg(root.join("bin/rustc"))
            .env("LD_LIBRARY_PATH", root.join("lib"));
    }
    let status = command.args(args).status().expect("a compiler");
    Some(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn sysroot(rustc: &OsString) -> PathBuf {
    let printed = Command::new(rustc).args(["--print", "sysroot"]).output().expect("a compiler");
    String::from_utf8(printed.stdout).expect("a path").trim().into()
}
