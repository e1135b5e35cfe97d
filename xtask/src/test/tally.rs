//! How many tests passed, read from what the test runners say.

use std::fmt;

/// What a part counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Tests that ran and passed.
    pub tests: usize,
}

impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.tests {
            0 => Ok(()),
            1 => out.write_str("1 test"),
            tests => write!(out, "{tests} tests"),
        }
    }
}

/// Sums what Rust's, Python's and Node's test runners and our own checks report.
pub fn read(said: &str) -> Tally {
    Tally { tests: said.lines().filter_map(tests_in).sum() }
}

fn tests_in(line: &str) -> Option<usize> {
    // "test result: ok. 12 passed; 0 failed" · "Ran 12 tests in 3.4s" · "# pass 12" and "ℹ pass 12" · "5 crashes survived"
    let number_after = |opening: &str| {
        let rest = line.trim().strip_prefix(opening)?;
        rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
    };
    let survived = || line.trim().strip_suffix("crashes survived").and_then(|count| count.trim().parse().ok());
    number_after("test result: ok. ")
        .or_else(|| number_after("Ran "))
        .or_else(|| number_after("# pass "))
        .or_else(|| number_after("ℹ pass "))
        .or_else(survived)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn the_words_of_each_runner_are_counted() {
        let cases = [
            ("running 3 tests\ntest result: ok. 3 passed; 0 failed; 0 ignored\ntest result: ok. 2 passed;", 5),
            ("..........\nRan 12 tests in 3.4s\n\nOK", 12),
            ("ℹ tests 8\nℹ pass 8\nℹ fail 0", 8),
            ("# tests 8\n# pass 8", 8),
            ("5 crashes survived", 5),
            ("Finished `ci` profile", 0),
        ];
        for (said, tests) in cases {
            assert_eq!(read(said).tests, tests, "{said}");
        }
    }
}
