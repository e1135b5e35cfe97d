//! Which crate may depend on which, and what may never be in the build.
//!
//! The direction is the architecture: rules know no engine and no protocol because they cannot reach one.

use std::path::Path;

use serde_json::Value;

use super::{Document, Finding};
use crate::failure::{Failure, Outcome, While};
use crate::place::cargo;

/// Each crate of ours, and which others it may use. Tests (`dev-dependencies`) may use more.
const DIRECTION: [(&str, &[&str]); 10] = [
    ("kw_ledger", &[]),
    ("kw_staff", &["kw_ledger"]),
    ("kw_domain", &[]),
    ("kw_store", &[]),
    ("kw_store_sqlite", &["kw_store"]),
    ("kw_app", &["kw_domain", "kw_staff", "kw_store", "kw_ledger"]),
    ("kw_html", &["kw_domain"]),
    ("kw_web", &["kw_app", "kw_html", "kw_domain", "kw_staff"]),
    (
        "kittiwake",
        &["kw_web", "kw_html", "kw_app", "kw_domain", "kw_staff", "kw_ledger", "kw_store", "kw_store_sqlite"],
    ),
    ("xtask", &[]),
];

/// What the default build must not contain, and why.
const BANNED: [(&str, &str); 5] = [
    ("openssl-sys", "a system library that a fresh machine lacks"),
    ("aws-lc-sys", "minutes of C and a cmake; ring does the same work"),
    ("cmake", "the build needs a C compiler and nothing else"),
    ("bindgen", "needs libclang, which a fresh machine lacks"),
    ("cxx", "the build needs no C++"),
];

/// An edge between two crates of ours.
#[derive(Debug)]
pub struct Edge {
    from: String,
    to: String,
}

/// The edges of the workspace, as Cargo sees them.
pub fn read(root: &Path) -> Outcome<Vec<Edge>> {
    let output = cargo()
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root)
        .output()
        .doing("running cargo metadata")?;
    if !output.status.success() {
        return Err(Failure::new(String::from_utf8_lossy(&output.stderr)));
    }
    let metadata: Value = serde_json::from_slice(&output.stdout).doing("reading cargo metadata")?;
    Ok(edges(&metadata))
}

fn edges(metadata: &Value) -> Vec<Edge> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut edges = Vec::new();
    for package in list(&metadata["packages"]) {
        let from = package["name"].as_str().unwrap_or_default().to_owned();
        // An edge from each crate to itself makes sure that a crate without dependencies is in the table, too.
        edges.push(Edge { from: from.clone(), to: from.clone() });
        for dependency in list(&package["dependencies"]) {
            if !dependency["path"].is_null() && dependency["kind"] != "dev" {
                let to = dependency["name"].as_str().unwrap_or_default().to_owned();
                edges.push(Edge { from: from.clone(), to });
            }
        }
    }
    edges
}

/// Edges that the architecture does not have.
pub fn check_direction(edges: &[Edge]) -> Vec<Finding> {
    let finding = |edge: &Edge, why: String| {
        let file = if edge.from == "xtask" {
            "xtask/Cargo.toml".to_owned()
        } else {
            format!("crates/{}/Cargo.toml", edge.from)
        };
        Finding { file, line: 0, rule: "direction", why }
    };
    let check = |edge: &Edge| match DIRECTION.iter().find(|(from, _)| *from == edge.from) {
        None => {
            Some(finding(edge, "a new crate: give it a place in DIRECTION (xtask) and in ARCHITECTURE.md".to_owned()))
        }
        Some((_, allowed)) if edge.from == edge.to || allowed.contains(&edge.to.as_str()) => None,
        Some((_, allowed)) => {
            let why = format!("{} may use {allowed:?} and not {}: see ARCHITECTURE.md", edge.from, edge.to);
            Some(finding(edge, why))
        }
    };
    edges.iter().filter_map(check).collect()
}

/// Packages in Cargo.lock that may not be there.
pub fn check_lock(documents: &[Document]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in documents.iter().filter(|document| document.path == "Cargo.lock") {
        for (index, line) in document.text.lines().enumerate() {
            let banned = BANNED.iter().find(|(name, _)| line == format!("name = \"{name}\""));
            findings
                .extend(banned.map(|(name, why)| document.finding(index + 1, "banned", format!("`{name}`: {why}"))));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::document;

    fn check(from: &str, dependencies: &Value) -> usize {
        let metadata = serde_json::json!({ "packages": [{ "name": from, "dependencies": dependencies }] });
        check_direction(&edges(&metadata)).len()
    }

    #[test]
    fn edges_against_the_direction_are_found() {
        let on = |name: &str, kind: Value| serde_json::json!([{ "name": name, "path": "x", "kind": kind }]);
        assert_eq!(check("kw_app", &on("kw_store", Value::Null)), 0);
        assert_eq!(check("kw_domain", &on("kw_store", Value::Null)), 1);
        assert_eq!(check("kw_web", &on("kw_store", Value::Null)), 1);
        assert_eq!(check("kw_app", &on("kw_store_sqlite", "dev".into())), 0);
        assert_eq!(check("kw_new", &serde_json::json!([])), 1);
        assert_eq!(check("kw_app", &serde_json::json!([{ "name": "serde", "path": null, "kind": null }])), 0);
    }

    #[test]
    fn banned_packages_are_found_in_the_lock_file() {
        let lock =
            document("Cargo.lock", "[[package]]\nname = \"openssl-sys\"\n[[package]]\nname = \"openssl-probe\"\n");
        assert_eq!(check_lock(&[lock]).into_iter().map(|finding| finding.line).collect::<Vec<_>>(), [2]);
    }
}
