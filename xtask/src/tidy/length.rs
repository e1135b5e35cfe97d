//! How long a file and a function may be: what is longer hides its rooms.

use super::{Document, Finding};

/// A file of code is split before it grows beyond this many lines.
const FILE_LINES_MAX: usize = 600;
/// A function is split before it grows beyond this many lines, signature and closing brace included.
const FUNCTION_LINES_MAX: usize = 70;
/// A shell script beyond this many lines is a program, and programs are written in Rust.
const SCRIPT_LINES_MAX: usize = 10;

/// Files of code, and shell scripts.
pub fn check_file(document: &Document) -> Option<Finding> {
    let lines = document.text.lines().count();
    if ["rs", "py", "mjs", "js"].iter().any(|extension| document.is(extension)) && lines > FILE_LINES_MAX {
        let why = format!("{lines} lines; at most {FILE_LINES_MAX}: split it where its subjects part");
        return Some(document.finding(0, "file-length", why));
    }
    let is_script = document.is("sh")
        || ["#!/bin/sh", "#!/usr/bin/env bash", "#!/bin/bash"].iter().any(|opening| document.text.starts_with(opening));
    if is_script && lines > SCRIPT_LINES_MAX {
        let why = format!(
            "{lines} lines of shell; at most {SCRIPT_LINES_MAX}: automation lives in xtask, where it is tested"
        );
        return Some(document.finding(0, "script-length", why));
    }
    None
}

/// Functions of a Rust file, whose masked text is `masked`.
pub fn check_functions(document: &Document, masked: &str) -> Vec<Finding> {
    functions(masked)
        .into_iter()
        .filter(|function| function.lines > FUNCTION_LINES_MAX)
        .map(|function| {
            let why = format!("`{}` has {} lines; at most {FUNCTION_LINES_MAX}", function.name, function.lines);
            document.finding(function.line, "function-length", why)
        })
        .collect()
}

#[derive(Debug, PartialEq, Eq)]
struct Function<'a> {
    name: &'a str,
    line: usize,
    lines: usize,
}

/// Every function with a body.
fn functions(masked: &str) -> Vec<Function<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(offset) = masked[from..].find("fn ") {
        let start = from + offset;
        from = start + 3;
        let before = masked[..start].chars().next_back();
        let name_length = masked[from..].find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(0);
        if name_length == 0 || before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            continue;
        }
        if let Some(end) = end_of_body(masked, from) {
            let line = masked[..start].matches('\n').count() + 1;
            let lines = masked[start..end].matches('\n').count() + 1;
            found.push(Function { name: &masked[from..from + name_length], line, lines });
        }
    }
    found
}

/// Just behind the closing brace of the function whose signature continues at `from`; none for a declaration.
fn end_of_body(masked: &str, from: usize) -> Option<usize> {
    let mut nesting = 0_i32;
    let mut braces = 0_i32;
    for (offset, c) in masked[from..].char_indices() {
        match c {
            '(' | '[' => nesting += 1,
            ')' | ']' => nesting -= 1,
            ';' if nesting == 0 && braces == 0 => return None,
            '{' => braces += 1,
            '}' => {
                braces -= 1;
                if braces == 0 && nesting == 0 {
                    return Some(from + offset + 1);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::document;

    #[test]
    fn functions_are_measured_from_signature_to_closing_brace() {
        let text = "trait A { fn declared(x: [u8; 3]) -> u8; }\nfn one() {}\npub const fn two(\n  f: fn(u8) -> u8,\n) {\n  if a { b }\n}\n";
        let found: Vec<_> = functions(text).into_iter().map(|f| (f.name, f.line, f.lines)).collect();
        assert_eq!(found, [("one", 2, 1), ("two", 3, 5)]);
    }

    #[test]
    fn a_function_of_71_lines_is_found_and_one_of_70_is_not() {
        let of = |lines: usize| document("a.rs", &format!("fn long() {{{}}}", "\n".repeat(lines - 1)));
        assert!(check_functions(&of(70), &of(70).text).is_empty());
        assert_eq!(check_functions(&of(71), &of(71).text).len(), 1);
    }

    #[test]
    fn long_files_and_scripts_are_found() {
        assert!(check_file(&document("a.rs", &"x\n".repeat(600))).is_none());
        assert!(check_file(&document("a.rs", &"x\n".repeat(601))).is_some());
        assert!(check_file(&document("prose.md", &"x\n".repeat(900))).is_none());
        assert!(check_file(&document("run", &format!("#!/bin/sh\n{}", "x\n".repeat(10)))).is_some());
    }
}
