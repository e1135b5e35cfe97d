//! Names that say nothing about what is inside.

use super::{Document, Finding};

const EMPTY_NAMES: [&str; 9] =
    ["utils", "util", "helpers", "common", "misc", "manager", "service", "services", "types"];

/// Folders and files of code with an empty name.
pub fn check(document: &Document) -> Option<Finding> {
    if !["rs", "py", "mjs", "js"].iter().any(|extension| document.is(extension)) {
        return None;
    }
    let name = document
        .path
        .split('/')
        .map(|part| part.split('.').next().unwrap_or(part))
        .find(|part| EMPTY_NAMES.contains(part))?;
    Some(document.finding(
        0,
        "name",
        format!("`{name}` says nothing: name the subject (folders are nouns, files verbs)"),
    ))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::document;

    #[test]
    fn names_that_say_nothing_are_found() {
        assert!(check(&document("crates/a/src/utils.rs", "")).is_some());
        assert!(check(&document("crates/a/src/helpers/time.rs", "")).is_some());
        assert!(check(&document("crates/a/src/post/favourite.rs", "")).is_none());
        assert!(check(&document("docs/common.md", "")).is_none());
    }
}
