//! Paths of the machine that somebody worked on, which mean nothing on another one.

use std::path::Path;

use super::{Document, Finding};

/// The beginnings of paths that only exist here: the repository, the folder it lies in, the home folder.
pub fn of_this_machine(root: &Path, home: Option<&Path>) -> Vec<String> {
    let deep_enough = |path: &&Path| path.components().count() > 2;
    let mut beginnings: Vec<String> = [Some(root), root.parent()]
        .into_iter()
        .flatten()
        .filter(deep_enough)
        .chain(home.filter(|home| home.components().count() > 1))
        .map(|path| format!("{}/", path.display()))
        .collect();
    beginnings.push(["/Us", "ers/"].concat());
    beginnings
}

/// Lines that name such a path.
pub fn check(document: &Document, beginnings: &[String]) -> Vec<Finding> {
    let names_one = |line: &str| beginnings.iter().any(|beginning| holds(line, beginning));
    let lines = document.text.lines().enumerate().filter(|(_, line)| names_one(line));
    lines.map(|(index, _)| document.finding(index + 1, "path", "a path of one machine: nobody else has it")).collect()
}

/// Whether `line` holds a path that begins with `beginning`, rather than one that goes through it (`x/home/a/`).
fn holds(line: &str, beginning: &str) -> bool {
    line.match_indices(beginning).any(|(at, _)| {
        !line[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || ['.', '_', '-', '}'].contains(&c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::document;

    #[test]
    fn paths_of_the_repository_and_of_home_are_found() {
        let ours = of_this_machine(Path::new("/place/of/repository"), Some(Path::new("/someone")));
        let text = "ok\nlet a = \"/place/of/repository/x\";\n/someone/x and https://host.example/someone/\n";
        let lines: Vec<_> = check(&document("a.rs", text), &ours).into_iter().map(|finding| finding.line).collect();
        assert_eq!(lines, [2, 3]);
        assert!(check(&document("a.rs", "https://host.example/someone/"), &ours).is_empty());
    }

    #[test]
    fn a_repository_at_the_top_forbids_nothing_but_itself() {
        let ours = of_this_machine(Path::new("/app"), Some(Path::new("/")));
        assert!(check(&document("a.rs", "get(\"/app/x\")"), &ours).is_empty());
    }
}
