//! docs/insider-attacks.md names tests that exist, and every test of these files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every `.rs` file below a folder.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the sources are there") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() && path.file_name().is_some_and(|name| name != "target") {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

/// The names of the tests in a file: functions that follow a line `#[test]` or `#[tokio::test]`.
fn tests_in(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().zip(text.lines().skip(1));
    let tests = lines.filter(|(mark, _)| matches!(mark.trim(), "#[test]" | "#[tokio::test]"));
    tests.filter_map(|(_, line)| line.trim().trim_start_matches("async ").strip_prefix("fn ")?.split('(').next())
}

/// What stands in the last cell of each row of the table, between backticks.
fn named(page: &str) -> Vec<&str> {
    let rows = page.lines().filter(|line| line.starts_with("| ") && line.ends_with("` |"));
    rows.flat_map(|row| {
        row.rsplit_once("| `").into_iter().flat_map(|(_, cell)| cell.trim_end_matches(" |").split(", "))
    })
    .map(|name| name.trim_matches('`'))
    .collect()
}

#[test]
fn the_page_of_attacks_names_tests_that_exist_and_all_that_are_here() {
    let page = std::fs::read_to_string(root().join("docs/insider-attacks.md")).expect("the page is there");
    let mut files = Vec::new();
    sources(&root().join("crates"), &mut files);
    let (mut all, mut here) = (BTreeSet::new(), BTreeSet::new());
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a source can be read");
        let is_here = file.components().any(|part| part.as_os_str() == "insider");
        for test in tests_in(&text) {
            all.insert(test.to_owned());
            if is_here && !file.ends_with("document.rs") {
                here.insert(test.to_owned());
            }
        }
    }
    let named: BTreeSet<String> = named(&page).into_iter().map(str::to_owned).collect();
    assert!(named.len() > 20 && here.len() > 20, "the page and the tests can be read: {named:?} {here:?}");
    assert_eq!(named.difference(&all).collect::<Vec<_>>(), Vec::<&String>::new(), "names without a test");
    assert_eq!(here.difference(&named).collect::<Vec<_>>(), Vec::<&String>::new(), "tests that the page leaves out");
}
