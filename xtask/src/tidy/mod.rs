//! The house rules that a machine can check. What needs judgement is in STYLE.md and in review.
//!
//! A rule reads text and returns [`Finding`]s; none of them compiles, fetches or changes anything. Rules know no
//! exceptions: one that needs an exception is wrong and is changed here.

mod catalogue;
mod dependency;
mod document;
mod length;
mod name;
mod path;
mod source;
mod unfinished;

use std::fmt;
use std::path::Path;

use crate::failure::{Failure, Outcome, While};
use crate::place::Places;

/// One place that breaks one rule.
#[derive(Debug, PartialEq, Eq)]
pub struct Finding {
    /// The file, from the root of the repository.
    pub file: String,
    /// The line, from 1; 0 where the file as a whole is meant.
    pub line: usize,
    /// The rule's name.
    pub rule: &'static str,
    /// What is wrong here, and why the rule exists.
    pub why: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(out, "{}: {}: {}", self.file, self.rule, self.why),
            line => write!(out, "{}:{line}: {}: {}", self.file, self.rule, self.why),
        }
    }
}

/// A text file of the repository.
#[derive(Debug)]
pub struct Document {
    /// Its path from the root of the repository, with `/`.
    pub path: String,
    /// What is in it.
    pub text: String,
}

impl Document {
    /// Whether its name ends in `.extension`.
    pub fn is(&self, extension: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|found| found == extension)
    }

    /// A finding about a line of it.
    pub fn finding(&self, line: usize, rule: &'static str, why: impl Into<String>) -> Finding {
        Finding { file: self.path.clone(), line, rule, why: why.into() }
    }
}

/// Checks the whole repository and prints what it finds.
pub fn run(places: &Places) -> Outcome {
    let documents = read_all(&places.root)?;
    let findings = check(&documents, places)?;
    for finding in &findings {
        println!("{finding}");
    }
    match findings.len() {
        0 => {
            println!("{} files are tidy", documents.len());
            Ok(())
        }
        count => Err(Failure::new(format!("{count} places break the house rules"))),
    }
}

fn check(documents: &[Document], places: &Places) -> Outcome<Vec<Finding>> {
    let ours = path::of_this_machine(&places.root, std::env::var_os("HOME").as_deref().map(Path::new));
    let mut findings = Vec::new();
    for document in documents {
        findings.extend(name::check(document));
        findings.extend(length::check_file(document));
        findings.extend(path::check(document, &ours));
        findings.extend(document::check_lock(document));
        if document.is("rs") {
            let masked = source::mask(&document.text);
            findings.extend(document::check_opening(document));
            findings.extend(length::check_functions(document, &masked));
            findings.extend(unfinished::check(document, &masked));
        }
    }
    findings.extend(document::check_decisions(documents));
    findings.extend(catalogue::check(documents));
    findings.extend(dependency::check_lock(documents));
    findings.extend(dependency::check_direction(&dependency::read(&places.root)?));
    Ok(findings)
}

/// Every text file of the repository, in order of path. Output, data and version control are not part of it.
fn read_all(root: &Path) -> Outcome<Vec<Document>> {
    const ELSEWHERE: [&str; 5] = [".git", "target", "data", "node_modules", ".venv"];
    let mut documents = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).doing(format_args!("reading {}", folder.display()))?;
        for entry in entries {
            let path = entry.doing("reading a folder")?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if path.is_dir() {
                if !ELSEWHERE.contains(&name) {
                    folders.push(path);
                }
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                documents.push(Document { path: relative(root, &path), text });
            }
        }
    }
    documents.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(documents)
}

fn relative(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
fn document(path: &str, text: &str) -> Document {
    Document { path: path.to_owned(), text: text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_names_file_line_rule_and_reason() {
        let finding = document("a/b.rs", "").finding(7, "rule", "because");
        assert_eq!(finding.to_string(), "a/b.rs:7: rule: because");
    }
}
