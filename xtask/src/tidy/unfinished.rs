//! Code that is not finished, or that hides that it is not.

use super::{Document, Finding};

const UNFINISHED: [(&str, &str); 6] = [
    ("todo!(", "finish it, or leave it out"),
    ("unimplemented!(", "finish it, or leave it out"),
    ("#[ignore", "a test that does not run proves nothing: mend it or remove it"),
    ("dbg!(", "left from looking: use tracing where it is worth keeping"),
    (".unwrap()", "say with expect(\"…\") why this cannot fail, or handle it"),
    ("unsafe {", "unsafe code is forbidden in our crates"),
];

/// Lines of a Rust file, whose masked text is `masked`.
pub fn check(document: &Document, masked: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, line) in masked.lines().enumerate() {
        for (words, why) in UNFINISHED.iter().filter(|(words, _)| line.contains(words)) {
            findings.push(document.finding(index + 1, "unfinished", format!("`{words}`: {why}")));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::{document, source};

    #[test]
    fn unfinished_code_is_found_and_words_about_it_are_not() {
        let file = document("a.rs", "fn f() { todo!() }\n// todo!() is banned\nlet s = \"#[ignore]\";\nx.unwrap();\n");
        let lines: Vec<_> = check(&file, &source::mask(&file.text)).into_iter().map(|finding| finding.line).collect();
        assert_eq!(lines, [1, 4]);
    }
}
