//! What was measured: tables of words, and points to be drawn.

use std::fmt::Write;
use std::time::Duration;

use clap::ValueEnum;
use hdrhistogram::Histogram;
use serde::Serialize;

use super::{Wanted, process};

/// All of a scenario.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Which.
    pub scenario: String,
    /// The one command behind it.
    pub command: String,
    /// The machine.
    pub machine: String,
    /// The figures.
    pub tables: Vec<Table>,
    /// The same as points.
    pub plots: Vec<Plot>,
    /// What was found that must not be, in sentences: a bench that loses something has measured nothing.
    pub faults: Vec<String>,
}

/// Rows of figures.
#[derive(Debug, Clone, Serialize)]
pub struct Table {
    /// What they are of.
    pub title: String,
    /// What stands in each column.
    pub columns: Vec<String>,
    /// A line each.
    pub rows: Vec<Vec<String>>,
}

/// Points over an axis that grows by powers of ten.
#[derive(Debug, Clone, Serialize)]
pub struct Plot {
    /// The name of its file.
    pub name: String,
    /// What it is of.
    pub title: String,
    /// From left to right.
    pub across: String,
    /// From below.
    pub up: String,
    /// Each with its name.
    pub lines: Vec<(String, Vec<(f64, f64)>)>,
}

impl Report {
    /// An empty one.
    pub fn of(wanted: &Wanted) -> Self {
        let scenario = wanted.scenario.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
        Self {
            scenario,
            command: wanted.command.clone(),
            machine: process::machine(),
            tables: Vec::new(),
            plots: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// Begins a table.
    pub fn table(&mut self, title: &str, columns: &[&str]) {
        let columns = columns.iter().map(|column| (*column).to_owned()).collect();
        self.tables.push(Table { title: title.to_owned(), columns, rows: Vec::new() });
    }

    /// Adds a line to the last table.
    pub fn row<const N: usize>(&mut self, cells: [String; N]) {
        if let Some(table) = self.tables.last_mut() {
            table.rows.push(cells.into());
        }
    }

    /// In words, as Markdown.
    pub fn words(&self) -> String {
        let mut out = String::new();
        for table in &self.tables {
            let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
            let _infallible = write!(out, "**{}**\n\n{}", table.title, line(&table.columns));
            out += &line(&vec!["---".to_owned(); table.columns.len()]);
            out.extend(table.rows.iter().map(|row| line(row)));
            out.push('\n');
        }
        let _infallible = writeln!(out, "{} · `{}`", self.machine, self.command);
        out
    }
}

/// Milliseconds with as many digits as say something.
pub fn ms(time: Duration) -> String {
    let ms = time.as_secs_f64() * 1_000.0;
    match ms {
        ..1.0 => format!("{ms:.3} ms"),
        ..10.0 => format!("{ms:.2} ms"),
        ..100.0 => format!("{ms:.1} ms"),
        _ => format!("{ms:.0} ms"),
    }
}

/// The same for microseconds.
pub fn us(time: Duration) -> String {
    format!("{:.0} µs", time.as_secs_f64() * 1e6)
}

/// A share of a histogram of microseconds.
pub fn quantile(histogram: &Histogram<u64>, share: f64) -> Duration {
    Duration::from_micros(histogram.value_at_quantile(share))
}

/// The middle one.
pub fn median<T: Copy + PartialOrd + Default>(values: &[T]) -> T {
    let mut sorted = values.to_vec();
    sorted.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

/// The one that a share of them is below.
pub fn share(values: &[Duration], share: f64) -> Duration {
    let mut sorted = values.to_vec();
    sorted.sort();
    let at = (sorted.len() as f64 * share).ceil() as usize;
    sorted.get(at.clamp(1, sorted.len().max(1)) - 1).copied().unwrap_or_default()
}

/// A number with its thousands apart.
pub fn grouped(number: u64) -> String {
    indicatif::HumanCount(number).to_string()
}

/// Bytes in mebibytes.
pub fn mebibytes(bytes: u64) -> String {
    format!("{:.1} MiB", bytes as f64 / 1_048_576.0)
}
