//! `kittiwake bench`: what the server costs, measured as a stranger can repeat it.
//!
//! The server under load is this same program as a process of its own, and its processor time comes from that process's own
//! accounting, because whoever loads it shares the machine. Latencies are counted from the moment at which a request was due,
//! not from when somebody got round to sending it. Ceilings are measured in the same run. Deliberately absent: any figure that
//! is not measured here and now, and any word on whether a figure is good.

// Here the clock is the subject, not an accident.
#![expect(clippy::disallowed_methods, reason = "a bench measures how long things really take")]

mod cast;
mod ceiling;
mod client;
mod colony;
mod curve;
mod load;
mod process;
mod report;
mod scenario;
mod server;
mod svg;

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::failure::CommandError;

pub use report::Report;

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Scenario {
    /// Hiding an account and bringing it back, at 1 follower and at many.
    Standing,
    /// Posting: what it costs with few followers and with many, and how long it takes to be durable.
    Post,
    /// Home pages: warm, cold, with hidden authors, with many followed, far back.
    Home,
    /// Posts and home pages together, at a steady pace.
    Day,
    /// Memory and disk.
    Memory,
    /// The first answer after a clean stop and after kill -9.
    Start,
    /// Loading a colony in bulk.
    Load,
    /// The pages of followers of an account that many follow.
    Followers,
    /// Everything at a steady pace for an hour, with restarts: whether all stays as it was. Twelve stretches of 300 seconds,
    /// unless told otherwise.
    Soak,
}

impl Scenario {
    /// Seconds of a stretch, unless told otherwise.
    pub fn seconds(self) -> u64 {
        if self == Self::Soak { 300 } else { 10 }
    }

    /// How many stretches, unless told otherwise; `is_quick` for just enough to see that it works.
    pub fn runs(self, is_quick: bool) -> usize {
        match (self, is_quick) {
            (Self::Soak, false) => 12,
            (Self::Soak, true) => 3,
            (_, false) => 5,
            (_, true) => 1,
        }
    }
}

/// How it is measured.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// What.
    pub scenario: Scenario,
    /// Followers of the celebrity.
    pub followers: u64,
    /// Members of the crowd.
    pub members: u64,
    /// Seconds of each stretch of load.
    pub seconds: u64,
    /// Stretches of each kind.
    pub runs: usize,
    /// Few of everything: to see that it works, not to measure.
    pub is_quick: bool,
    /// Where colonies are kept; they are made once.
    pub directory: PathBuf,
    /// The command that was typed.
    pub command: String,
}

impl Wanted {
    /// The directory of a colony.
    fn place(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }
}

/// Measures it.
pub async fn run(wanted: &Wanted) -> Result<Report, CommandError> {
    std::fs::create_dir_all(&wanted.directory)
        .map_err(CommandError::io(format!("{} cannot be made", wanted.directory.display())))?;
    let mut report = Report::of(wanted);
    match wanted.scenario {
        Scenario::Standing => scenario::standing::run(wanted, &mut report).await?,
        Scenario::Post => scenario::post::run(wanted, &mut report).await?,
        Scenario::Home => scenario::home::run(wanted, &mut report).await?,
        Scenario::Day => scenario::day::run(wanted, &mut report).await?,
        Scenario::Memory => scenario::memory::run(wanted, &mut report).await?,
        Scenario::Start => scenario::start::run(wanted, &mut report).await?,
        Scenario::Load => scenario::load::run(wanted, &mut report)?,
        Scenario::Followers => scenario::followers::run(wanted, &mut report).await?,
        Scenario::Soak => scenario::soak::run(wanted, &mut report).await?,
    }
    Ok(report)
}

/// Draws the report's plots into a directory, and says where.
pub fn draw(report: &Report, directory: &Path) -> Result<(), CommandError> {
    std::fs::create_dir_all(directory).map_err(CommandError::io(format!("{} cannot be made", directory.display())))?;
    for plot in &report.plots {
        let path = directory.join(format!("{}.svg", plot.name));
        std::fs::write(&path, svg::draw(plot))
            .map_err(CommandError::io(format!("{} cannot be written", path.display())))?;
    }
    Ok(())
}
