//! `kittiwake bench`: measures what the server costs.

use std::path::PathBuf;
use std::time::Duration;

use super::Outcome;
use super::serve::runtime;
use crate::bench::{self, Scenario, Wanted};
use crate::boot::Shutdown;
use crate::failure::CommandError;

/// What to measure.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What to measure.
    scenario: Scenario,
    /// Followers of the account that many follow; 41700000 for the real thing.
    #[arg(long, value_name = "N", default_value_t = 1_000_000, value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    followers: u64,
    /// Members of the crowd that follows itself.
    #[arg(long, value_name = "N", default_value_t = 200_000, value_parser = clap::value_parser!(u64).range(100..=10_000_000))]
    members: u64,
    /// Seconds of each stretch of load: 10 unless said, 300 of a soak.
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    seconds: Option<u64>,
    /// Stretches of each kind, in turns: 5 unless said, 12 of a soak.
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=10_000))]
    runs: Option<u64>,
    /// Few of everything, for a second unless said: shows that it works, and measures nothing.
    #[arg(long)]
    quick: bool,
    /// Where colonies are made, and kept for the next time.
    #[arg(long, value_name = "DIR", default_value = "./bench")]
    dir: PathBuf,
    /// Also write everything to a file, as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Also draw plots into a directory.
    #[arg(long, value_name = "DIR")]
    svg: Option<PathBuf>,
}

/// Measures it.
pub fn run(arguments: Arguments) -> Result<Outcome, CommandError> {
    let Arguments { scenario, followers, members, seconds, runs, quick, dir, json, svg } = arguments;
    let wanted = Wanted {
        scenario,
        followers: if quick { followers.min(2_000) } else { followers },
        members: if quick { members.min(600) } else { members },
        seconds: seconds.unwrap_or(if quick { 1 } else { scenario.seconds() }),
        runs: runs.map_or(scenario.runs(quick), |runs| runs as usize),
        is_quick: quick,
        directory: dir,
        command: command(),
    };
    let runtime = runtime()?;
    let report = runtime.block_on(async {
        let mut shutdown = Shutdown::listen()?;
        tokio::select! {
            report = bench::run(&wanted) => report,
            () = shutdown.wait() => Err(CommandError::said("stopped. Colonies that are being loaded are gone on with the next time")),
        }
    });
    runtime.shutdown_timeout(Duration::from_secs(1));
    let report = report?;
    print!("{}", report.words());
    if let Some(directory) = svg {
        bench::draw(&report, &directory)?;
    }
    if let Some(file) = json {
        let text = serde_json::to_string_pretty(&report).expect("a report can be written as JSON");
        std::fs::write(&file, text).map_err(CommandError::io(format!("{} cannot be written", file.display())))?;
    }
    for fault in &report.faults {
        eprintln!("{fault}");
    }
    Ok(if report.faults.is_empty() { Outcome::Well } else { Outcome::Findings })
}

/// What was typed, without where things are on this machine.
fn command() -> String {
    let mut words = vec!["kittiwake".to_owned()];
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--dir" | "--json" | "--svg" => _ = arguments.next(),
            _ => words.push(argument),
        }
    }
    words.join(" ")
}
