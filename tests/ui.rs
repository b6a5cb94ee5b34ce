//! Error messages as a user reads them. Each program in `tests/ui` breaks one rule; the `.stderr` file
//! beside it is what the compiler says, word for word, and `docs/testing.md` says how to refresh them.

use std::{
    fs,
    path::{Path, PathBuf},
};

#[test]
fn ui() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/*/*.rs");
}

/// The files of a kind in the folders of `tests/ui`.
fn files(extension: &str) -> Vec<PathBuf> {
    let folders = entries(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui"));
    let files = folders.iter().filter(|path| path.is_dir()).flat_map(|folder| entries(folder));
    files.filter(|file| file.extension().is_some_and(|found| found == extension)).collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder of cases");
    entries.map(|entry| entry.expect("an entry").path()).collect()
}

/// The errors of ours in `docs/errors.md`: the first column of its tables.
fn explained() -> Vec<String> {
    let docs = include_str!("../docs/errors.md");
    let rows = docs.lines().filter_map(|line| line.strip_prefix("| "));
    let errors = rows.filter_map(|row| row.split(" | ").next());
    errors.filter(|error| *error != "error").map(String::from).collect()
}

/// What the compiler prints about its own rules, without a code or about syn's parsing; lints that a
/// case denies are the compiler's, too.
const NOT_OURS: [&str; 19] = [
    "future cannot be sent between threads safely",
    "lifetime may not live long enough",
    "free function without a body",
    "`self` parameter is only allowed in associated functions",
    "cannot find attribute `for_await` in this scope",
    "unused ",
    "unreachable ",
    "unnecessary ",
    "missing documentation for a function",
    "usage of an `unsafe` block",
    "variable does not need to be mutable",
    "function `count` is never used",
    "expected one of ",
    "expected one of: ",
    "expected `:`",
    "expected an expression",
    "expected `;`",
    "expected identifier or integer",
    "expected type, found ",
];

/// The errors in the `.stderr` files that the macros have written.
fn printed() -> Vec<(PathBuf, String)> {
    let mut printed = Vec::new();
    for file in files("stderr") {
        let text = fs::read_to_string(&file).expect("a text file");
        for line in text.lines() {
            // E0277 with a message of ours names what is not implemented in its own words.
            let message = line.strip_prefix("error: ").or_else(|| {
                let message = line.strip_prefix("error[E0277]: ")?;
                explained().iter().any(|error| matches(error, message)).then_some(message)
            });
            match message {
                Some(message) if !NOT_OURS.iter().any(|start| message.starts_with(start)) => {
                    printed.push((file.clone(), String::from(message)));
                }
                _ => {}
            }
        }
    }
    printed
}

/// Whether a message is the one that is explained, where `…` stands for anything.
fn matches(explained: &str, message: &str) -> bool {
    let mut parts = explained.split('…');
    let Some(mut rest) = parts.next().and_then(|start| message.strip_prefix(start)) else {
        return false;
    };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    unreachable!("the last part returns")
}

#[test]
fn every_error_of_ours_is_explained() {
    let explained = explained();
    for (file, message) in printed() {
        let known = explained.iter().any(|error| matches(error, &message));
        assert!(known, "docs/errors.md does not explain `{message}` of {}", file.display());
    }
}

#[test]
fn every_explained_error_has_a_case() {
    let printed = printed();
    for error in explained() {
        let known = printed.iter().any(|(_, message)| matches(&error, message));
        assert!(known, "no case in tests/ui prints `{error}`");
    }
}

#[test]
fn every_case_has_its_message() {
    let cases = files("rs");
    assert!(cases.len() >= 80, "{} cases", cases.len());
    for case in cases {
        let message = case.with_extension("stderr");
        assert!(message.exists(), "{} is missing", message.display());
        let text = fs::read_to_string(&message).expect("a text file");
        assert!(text.contains("error"), "{} has no error", message.display());
    }
}
