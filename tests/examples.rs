//! The examples succeed and print what they promise.
//!
//! `cargo test` builds them beside the tests. Where it is told to run this test alone (`--test
//! examples`), build them first: `cargo build --examples`.

use std::{
    env,
    path::PathBuf,
    process::{Command, Output},
};

/// Where cargo puts an example: this test is `<profile>/deps/examples-<hash>`.
fn built_example(name: &str) -> PathBuf {
    let test = env::current_exe().expect("the path of this test");
    let profile = test.ancestors().nth(2).expect("the profile's directory");
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    let example = profile.join("examples").join(file);
    assert!(example.exists(), "{} is missing: run `cargo build --examples`", example.display());
    example
}

#[track_caller]
fn assert_prints(name: &str, expected: &[&str]) {
    let Output { status, stdout, stderr } =
        Command::new(built_example(name)).output().expect("the example starts");
    let (stdout, stderr) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    assert!(status.success(), "{status}\n{stdout}{stderr}");
    assert_eq!(stdout.lines().collect::<Vec<_>>(), expected);
    // No terminal, no progress bar.
    assert_eq!(stderr, "");
}

#[test]
fn pages_fetches_what_is_consumed_and_no_more() {
    assert_prints(
        "pages",
        &[
            "took 5 records: 1 page fetched, 1 session open",
            "closed early: 1 page fetched, 0 sessions open",
            "streamed 5000 records: 50 pages fetched, at most 100 records held at once",
            "past the end: 404 Not Found, 0 sessions open",
        ],
    );
}

#[test]
fn ticker_is_steered_by_its_consumer() {
    assert_prints(
        "ticker",
        &[
            "tick at 100ms",
            "tick at 200ms",
            "sent a period of 30ms: tick at 230ms",
            "waited 10ms in vain, then again: tick at 260ms",
            "closed after 4 ticks",
        ],
    );
}

#[test]
fn line_reader_stops_at_the_first_bad_line() {
    assert_prints(
        "line_reader",
        &[
            "100000 readings, 19 degrees on average",
            "then an error: missing field `celsius` at line 1 column 18",
        ],
    );
}
