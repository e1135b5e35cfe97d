//! The catalogue of row families: an id or a name that two families share would mix their rows for ever.

use std::collections::BTreeMap;

use super::{Document, Finding};

/// Declarations in the catalogue: `serial(7, "likes", …)`, `stamped(8, "post", …)`.
pub fn check(documents: &[Document]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut ids = BTreeMap::new();
    let mut names = BTreeMap::new();
    for document in documents.iter().filter(|document| document.path.starts_with("crates/kw_app/src/famil")) {
        for (line, id, name) in declarations(&document.text) {
            if let Some(first) = ids.insert(id, line) {
                findings.push(document.finding(line, "family-id", format!("id {id} is taken by line {first}")));
            }
            if let Some(first) = names.insert(name.clone(), line) {
                findings.push(document.finding(line, "family-name", format!("`{name}` is taken by line {first}")));
            }
        }
    }
    findings
}

/// Line, id and name of each declaration.
fn declarations(text: &str) -> Vec<(usize, u16, String)> {
    let mut found = Vec::new();
    for word in ["serial(", "stamped("] {
        for (at, _) in text.match_indices(word) {
            let mut arguments = text[at + word.len()..].splitn(3, ',').map(str::trim);
            let id = arguments.next().and_then(|id| id.replace('_', "").parse().ok());
            let name = arguments.next().and_then(|name| name.strip_prefix('"')?.strip_suffix('"'));
            if let (Some(id), Some(name)) = (id, name) {
                found.push((text[..at].matches('\n').count() + 1, id, name.to_owned()));
            }
        }
    }
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::document;

    #[test]
    fn an_id_or_a_name_used_twice_is_found() {
        let text = "const A: X = X::serial(1, \"a\", D);\nconst B: X = X::stamped(1, \"b\", D);\nconst C: X = X::serial(\n  3,\n  \"a\",\n D);\nfn serial(id: u16, name: &str) {}\n";
        let rules: Vec<_> =
            check(&[document("crates/kw_app/src/families.rs", text)]).into_iter().map(|f| (f.line, f.rule)).collect();
        assert_eq!(rules, [(2, "family-id"), (3, "family-name")]);
    }
}
