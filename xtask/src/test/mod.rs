//! `cargo xtask test`: every check in one order, each of which can be repeated alone.

mod instructions;
mod ledger;
mod part;
mod tally;

use std::time::Instant;

use clap::{Args, ValueEnum};

use crate::failure::{Failure, Outcome};
use crate::place::Places;
use crate::prepare;
use crate::run::{Voice, spoken};
pub use instructions::write as write_instructions;
use part::Part;
pub use part::{browser_script, gallery};
use tally::Tally;

/// Which checks to run, and how loudly.
#[derive(Debug, Args)]
pub struct Choice {
    /// Parts to run; all of them when none is named
    parts: Vec<Part>,
    /// Show everything that the programs say
    #[arg(long, short)]
    verbose: bool,
}

impl Choice {
    /// Every part, calmly.
    pub fn everything() -> Self {
        Self { parts: Vec::new(), verbose: false }
    }
}

/// Runs the chosen parts, all of them even when one fails, and ends with one line of totals.
pub fn run(places: &Places, choice: &Choice) -> Outcome {
    let started = Instant::now();
    let voice = if choice.verbose { Voice::Loud } else { Voice::Calm };
    let parts = if choice.parts.is_empty() { Part::value_variants() } else { &choice.parts };
    let mut needs: Vec<_> = parts.iter().filter_map(|part| part.need()).collect();
    needs.dedup();
    prepare::ensure(places, &needs)?;

    let mut passed = Vec::new();
    let mut failed = Vec::new();
    for part in parts {
        let begun = Instant::now();
        let result = part.run(places, voice);
        let took = spoken(begun.elapsed());
        match result {
            Ok(tally) => {
                println!("✓ {:<12}{took:>12}  {tally}", part.name());
                passed.push((*part, tally));
            }
            Err(failure) => {
                println!(
                    "✗ {:<12}{took:>12}\n{failure}\n  Again, alone: cargo xtask test {}\n",
                    part.name(),
                    part.name()
                );
                failed.push(part.name());
            }
        }
    }
    let time = spoken(started.elapsed());
    let counts = totals(&passed);
    if failed.is_empty() {
        println!("{} parts passed{counts} in {time}", passed.len());
        return Ok(());
    }
    let words = format!(
        "{} of {} parts failed ({}); {} passed{counts} in {time}",
        failed.len(),
        parts.len(),
        failed.join(", "),
        passed.len()
    );
    Err(Failure::new(words))
}

fn totals(passed: &[(Part, Tally)]) -> String {
    let counted: Vec<_> = passed.iter().filter(|(_, tally)| tally.tests > 0).collect();
    if counted.is_empty() {
        return String::new();
    }
    let sum: usize = counted.iter().map(|(_, tally)| tally.tests).sum();
    let each: Vec<_> = counted.iter().map(|(part, tally)| format!("{} {}", part.name(), tally.tests)).collect();
    format!(", {sum} tests ({})", each.join(", "))
}
