//! Under the attribute a body is Rust like any other: rustfmt formats it, also inside `yield_!`. What is
//! between the braces of `defer!`, `stream!` and `generator_syntax!` it leaves alone.

use std::{
    fs,
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

/// Whether rustfmt finds nothing to change.
fn is_formatted(source: &str) -> bool {
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024", "--emit", "stdout", "--quiet"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("rustfmt is a component of the toolchain");
    let mut input = rustfmt.stdin.take().expect("a pipe");
    input.write_all(source.as_bytes()).expect("rustfmt reads it");
    drop(input);
    let output = rustfmt.wait_with_output().expect("rustfmt ends");
    assert!(output.status.success(), "rustfmt cannot read: {source}");
    output.stdout == source.as_bytes()
}

/// The examples that have generators.
fn examples() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let entries =
        fs::read_dir(folder).expect("the examples").map(|entry| entry.expect("one").path());
    let files = entries.filter(|path| path.extension().is_some_and(|found| found == "rs"));
    let sources = files
        .map(|path| (path.display().to_string(), fs::read_to_string(&path).expect("an example")));
    sources.filter(|(_, source)| source.contains("#[async_generator")).collect()
}

#[test]
fn examples_are_formatted() {
    let examples = examples();
    assert!(!examples.is_empty());
    for (name, source) in examples {
        assert!(is_formatted(&source), "{name}");
    }
}

#[test]
fn no_body_of_an_example_is_left_out() {
    for (name, source) in examples() {
        for (at, _) in source.match_indices("yield_!(") {
            let (before, after) = source.split_at(at);
            let spaced = format!("{before}  {after}");
            let in_macro =
                before.rfind("stream!").is_some_and(|open| !before[open..].contains("\n}"));
            assert!(in_macro || !is_formatted(&spaced), "{name}: rustfmt does not see byte {at}");
        }
    }
}

#[test]
fn operand_of_a_yield_is_formatted() {
    let formatted = "#[async_generator]\nasync fn one() -> u32 {\n    yield_!(f(1, 2));\n}\n";
    assert!(is_formatted(formatted));
    assert!(!is_formatted(&formatted.replace("1, 2", "1,2")));
}
