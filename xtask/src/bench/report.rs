//! The table of BENCHMARKS.md.

use std::path::Path;
use std::time::Duration;

use crate::failure::{Failure, Outcome, While};

const OPENING: &str = "<!-- measured by `cargo xtask bench --write` -->";
const CLOSING: &str = "<!-- end of what was measured -->";

/// Rows of figures, in the order in which they were measured.
#[derive(Debug, Default)]
pub struct Table(Vec<String>);

impl Table {
    /// Adds a figure.
    pub fn row(&mut self, what: &str, figure: &str) {
        println!("{what}: {figure}");
        self.0.push(format!("| {what} | {figure} | `cargo xtask bench` |"));
    }

    /// Puts the rows into the document at `path`, in the place of the earlier ones.
    pub fn write_into(&self, path: &Path) -> Outcome {
        let text = std::fs::read_to_string(path).doing("reading BENCHMARKS.md")?;
        let replaced = self.replace_in(&text).ok_or_else(|| Failure::new("BENCHMARKS.md has lost its marks"))?;
        std::fs::write(path, replaced).doing("writing BENCHMARKS.md")
    }

    fn replace_in(&self, text: &str) -> Option<String> {
        let (before, rest) = text.split_once(OPENING)?;
        let (_, after) = rest.split_once(CLOSING)?;
        Some(format!(
            "{before}{OPENING}\n\n| what | figure | command |\n|---|---|---|\n{}\n\n{CLOSING}{after}",
            self.0.join("\n")
        ))
    }
}

/// The middle one, and how far the others are from it.
pub fn median(mut values: Vec<f64>) -> (f64, f64) {
    values.sort_by(f64::total_cmp);
    let middle = values.get(values.len() / 2).copied().unwrap_or_default();
    let spread = values.last().copied().unwrap_or_default() - values.first().copied().unwrap_or_default();
    (middle, if middle > 0.0 { spread / middle } else { 0.0 })
}

/// Milliseconds with as many digits as say something.
pub fn spoken_ms(time: Duration) -> String {
    let ms = time.as_secs_f64() * 1_000.0;
    if ms < 10.0 { format!("{ms:.1} ms") } else { format!("{ms:.0} ms") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_one() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), (2.0, 1.0));
        assert_eq!(median(Vec::new()), (0.0, 0.0));
    }

    #[test]
    fn only_what_stands_between_the_marks_is_replaced() {
        let mut table = Table::default();
        table.row("a", "1");
        let text = format!("before\n{OPENING}\nold\n{CLOSING}\nafter");
        let new = table.replace_in(&text).expect("the marks are there");
        assert!(
            new.starts_with("before\n")
                && new.ends_with("\nafter")
                && new.contains("| a | 1 |")
                && !new.contains("old")
        );
        assert!(table.replace_in("no marks").is_none());
    }
}
