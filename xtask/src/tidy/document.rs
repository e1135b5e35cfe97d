//! What opens a module, how decisions are numbered, what a lock file may say.

use super::{Document, Finding};

/// Every Rust file says first what it is for.
pub fn check_opening(document: &Document) -> Option<Finding> {
    let opening = document.text.lines().find(|line| !line.trim().is_empty())?;
    let why = "open with `//!`: what this module is for, and what it does not do";
    (!opening.starts_with("//!")).then(|| document.finding(1, "opening", why))
}

/// Lock files name what they lock and its checksum, not the place where somebody fetched it.
pub fn check_lock(document: &Document) -> Option<Finding> {
    if !document.path.ends_with("package-lock.json") {
        return None;
    }
    let line = document.text.lines().position(|line| line.contains("\"resolved\""))?;
    let why = "names a package registry: lock with `omit-lockfile-registry-resolved`, the checksum is what counts";
    Some(document.finding(line + 1, "lock-file", why))
}

/// Decisions are `docs/decisions/NNNN-title.md`, numbered from 0001 without a gap, and open with a title.
pub fn check_decisions(documents: &[Document]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut expected = 1;
    for document in documents {
        let Some(name) = document.path.strip_prefix("docs/decisions/") else { continue };
        if !name.starts_with(&format!("{expected:04}-")) || !document.is("md") {
            let why = format!("the next decision is called {expected:04}-title.md");
            findings.push(document.finding(0, "decision-number", why));
        }
        if !document.text.starts_with("# ") {
            findings.push(document.finding(1, "decision-title", "a decision opens with its title: `# …`"));
        }
        expected += 1;
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::document;

    #[test]
    fn a_module_opens_with_its_purpose() {
        assert!(check_opening(&document("a.rs", "\n//! What for.\n")).is_none());
        assert!(check_opening(&document("a.rs", "use std::fmt;\n//! Late.\n")).is_some());
    }

    #[test]
    fn decisions_are_numbered_without_gaps() {
        let named = |name: &str| document(&format!("docs/decisions/{name}"), "# A title\n");
        assert!(check_decisions(&[named("0001-a.md"), named("0002-b.md")]).is_empty());
        assert_eq!(check_decisions(&[named("0001-a.md"), named("0003-b.md")]).len(), 1);
        assert_eq!(check_decisions(&[named("0001-a.md"), named("0001-b.md")]).len(), 1);
        assert_eq!(check_decisions(&[document("docs/decisions/0001-a.md", "no title")]).len(), 1);
    }

    #[test]
    fn a_lock_file_names_no_registry() {
        let lock = document("x/package-lock.json", "{\n\"resolved\": \"https://host.example/a.tgz\"\n}");
        assert_eq!(check_lock(&lock).map(|finding| finding.line), Some(2));
        assert!(check_lock(&document("x/package-lock.json", "{}")).is_none());
    }
}
