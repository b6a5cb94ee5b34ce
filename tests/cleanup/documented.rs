//! What `docs/semantics.md` says is held by a test that exists.

use std::{collections::BTreeSet, fs, path::Path};

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What stands between backquotes.
fn quoted(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

/// The file and the name of a test written as `tests/cleanup/closing.rs::a_claim`.
fn named_test(quoted: &str) -> Option<(&str, &str)> {
    quoted.split_once("::").filter(|(file, _)| file.starts_with("tests/"))
}

fn has_test(source: &str, name: &str) -> bool {
    let tests: Vec<_> = source.split("#[test]").skip(1).collect();
    tests.iter().any(|test| test.trim_start().starts_with(&format!("fn {name}()")))
}

#[test]
fn every_named_test_exists() {
    let document = read("docs/semantics.md");
    let named: BTreeSet<_> = quoted(&document).filter_map(named_test).collect();
    assert!(named.len() > 30, "only {} tests are named", named.len());
    for (file, name) in named {
        assert!(has_test(&read(file), name), "{file} has no test `{name}`");
    }
}

#[test]
fn every_row_of_the_table_names_a_test() {
    let document = read("docs/semantics.md");
    let table = document.split("\n## Beside Python and JavaScript\n").nth(1).expect("the table");
    let table = table.split("\n## ").next().expect("its section");
    let rows: Vec<_> = table.lines().filter(|line| line.starts_with('|')).skip(2).collect();
    assert!(rows.len() > 15, "only {} rows", rows.len());
    for row in rows {
        let held = quoted(row).any(|quoted| {
            named_test(quoted).is_some()
                || (quoted.starts_with("tests/ui/") && !read(quoted).is_empty())
        });
        assert!(held, "no test holds: {row}");
    }
}

#[test]
fn a_name_that_is_no_test_is_not_found() {
    let source = "#[test]\nfn a_claim() {}\nfn no_test() {}\n";
    assert!(has_test(source, "a_claim"));
    assert!(!has_test(source, "a_cla"));
    assert!(!has_test(source, "no_test"));
}
