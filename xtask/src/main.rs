//! `cargo xtask`: everything about Kittiwake that is not the program itself: tests, house rules, crashes, measurements.
//!
//! Each part is a command that stands alone, so that whatever failed can be repeated by itself. What talks to the server
//! does so as a stranger would: over HTTP, to the real binary, on a directory of its own.

// This crate measures and orchestrates the real world; the clock is its subject, not an accident.
#![expect(clippy::disallowed_methods, reason = "xtask measures how long things really take")]

mod bench;
mod client;
mod crash;
mod failure;
mod fsck;
mod place;
mod prepare;
mod run;
mod screenshots;
mod server;
mod test;
mod tidy;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::failure::Outcome;
use crate::place::Places;

/// Automation of Kittiwake's repository.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Install what the tests need and is missing, run every check, and end with one line of totals
    Test(test::Choice),
    /// What `.ci/run` does: the whole of `test`
    Ci,
    /// Check the house rules that a machine can check
    Tidy,
    /// Kill the real server under load, again and again, and check that nothing acknowledged was lost
    Crash(crash::Plan),
    /// Measure the figures of BENCHMARKS.md, beside a bare server that sends the same bytes
    Bench(bench::Plan),
    /// Count the instructions of six fixed requests and keep them, for `test instructions` to compare with
    Instructions {
        /// Yes, keep them
        #[arg(long, required = true)]
        write: bool,
    },
    /// Check a ledger with transparency-dev's fsck, fetched through the Go module proxy
    Fsck(fsck::Target),
    /// Take pictures of every page in all sizes, themes and languages, into target/screenshots
    Screenshots,
}

fn main() -> ExitCode {
    match perform(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> Outcome {
    let places = Places::find()?;
    match task {
        Task::Test(choice) => test::run(&places, &choice),
        Task::Ci => test::run(&places, &test::Choice::everything()),
        Task::Tidy => tidy::run(&places),
        Task::Crash(plan) => crash::run(&places, &plan),
        Task::Bench(plan) => bench::run(&places, &plan),
        Task::Instructions { write: _ } => test::write_instructions(&places),
        Task::Fsck(target) => fsck::run(&places, &target),
        Task::Screenshots => screenshots::run(&places),
    }
}
