//! Who is measured.

use std::{path::Path, process::Command};

use gen_benches::measure::toolchain;

/// What a contender is to us.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Ours,
    /// What we would like to be as good as.
    Reference,
    /// What a user could take in our place: none may beat us.
    Peer,
}

pub(crate) struct Contender {
    /// In `counts`.
    pub(crate) name: &'static str,
    /// In the report.
    pub(crate) title: &'static str,
    /// Whose version is told.
    package: Option<&'static str>,
    pub(crate) role: Role,
}

const fn contender(
    name: &'static str,
    title: &'static str,
    package: Option<&'static str>,
    role: Role,
) -> Contender {
    Contender { name, title, package, role }
}

const fn peer(name: &'static str, title: &'static str, package: &'static str) -> Contender {
    contender(name, title, Some(package), Role::Peer)
}

pub(crate) const CONTENDERS: [Contender; 13] = [
    contender("Ours", "gen-runtime", Some("gen-runtime"), Role::Ours),
    contender("ByHand", "by hand", None, Role::Reference),
    contender("Nightly", "nightly `async gen`", None, Role::Reference),
    peer("Unfold", "`unfold`", "futures"),
    peer("AsyncStream", "async-stream", "async-stream"),
    peer("AsyncGenerator", "async-generator", "async-generator"),
    peer("AsynkStrim", "asynk-strim", "asynk-strim"),
    peer("AsyncGen", "async-gen", "async-gen"),
    peer("Fauxgen", "fauxgen", "fauxgen"),
    peer("Genawaiter", "genawaiter (rc)", "genawaiter"),
    peer("AsyncFnStream", "async-fn-stream", "async-fn-stream"),
    peer("AsyncStreamLite", "async-stream-lite", "async-stream-lite"),
    peer("Channel", "tokio mpsc", "tokio"),
];

/// The compilers and the versions of the contenders.
pub(crate) fn versions() -> String {
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    let lock = std::fs::read_to_string(lock).unwrap_or_default();
    let version = |package: &str| {
        let entry = format!("name = \"{package}\"\nversion = \"");
        let after = lock.split_once(&entry).map_or("", |(_, after)| after);
        format!("{package} {}", after.split('"').next().unwrap_or_default())
    };
    let packages: Vec<_> =
        CONTENDERS.iter().filter_map(|contender| contender.package).map(version).collect();
    format!("{}; nightly: {}. {}.", rustc(toolchain()), rustc("nightly"), packages.join(", "))
}

fn rustc(toolchain: &str) -> String {
    let output = Command::new("rustc").env("RUSTUP_TOOLCHAIN", toolchain).arg("--version").output();
    let version = output.ok().filter(|output| output.status.success());
    version.map_or("none".into(), |output| String::from_utf8_lossy(&output.stdout).trim().into())
}
