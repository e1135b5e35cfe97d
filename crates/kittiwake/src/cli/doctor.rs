//! `kittiwake doctor`: looks at everything in the data directory and says what is not as it should be.

use std::path::Path;
use std::sync::Arc;

use kw_app::house;
use kw_store::SystemClock;
use serde::Serialize;

use super::{Form, FormArgument, Outcome, block_on, print_json, progress};
use crate::boot::{self, House, OriginWanted};
use crate::config::Config;
use crate::failure::CommandError;

/// With less room than this on the disk, writes may soon fail.
const FREE_BYTES_MIN: u64 = 512 * 1024 * 1024;

/// What an examination needs to know.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    form: FormArgument,
}

/// Something that is not as it should be.
#[derive(Debug, Serialize)]
struct Line {
    /// `engine`, `disk`, or the family of the row.
    place: String,
    /// What, in a sentence.
    what: String,
}

/// Everything that was found, for scripts.
#[derive(Debug, Serialize)]
struct Report {
    findings: Vec<Line>,
    /// Findings beyond those listed.
    more: u64,
    /// Rows looked at.
    rows: u64,
    /// Free bytes on the disk of the data directory, where the system says.
    free_bytes: Option<u64>,
}

/// Examines the data directory.
pub fn run(config: &Config, arguments: &Arguments) -> Result<Outcome, CommandError> {
    boot::check_founded(&config.server.data)?;
    let report = block_on(examine(config))?;
    match arguments.form.form() {
        Form::Json => print_json(&report),
        Form::Text => print(&report),
    }
    Ok(if report.findings.is_empty() { Outcome::Well } else { Outcome::Findings })
}

async fn examine(config: &Config) -> Result<Report, CommandError> {
    let data = &config.server.data;
    let House { engines, cx } =
        boot::open(config, data, OriginWanted::for_command(config), Arc::new(SystemClock)).await?;
    let line = |place: &str, what: String| Line { place: place.to_owned(), what };
    let mut findings = Vec::new();
    for (place, engine) in
        [("network.db", &engines.network), ("ledger.db", &engines.ledger), ("keys.db", &engines.keys)]
    {
        findings.extend(engine.quick_check()?.into_iter().map(|what| line(place, what)));
    }
    let free_bytes = free_bytes(data);
    if let Some(bytes) = free_bytes.filter(|bytes| *bytes < FREE_BYTES_MIN) {
        findings.push(line("disk", format!("only {} are free where the data is", indicatif::HumanBytes(bytes))));
    }
    let bar = progress::of_things(kw_app::families::catalogue().len());
    let examination = house::examine(&cx, |family| {
        bar.inc(1);
        bar.set_message(family);
    })
    .await?;
    bar.finish_and_clear();
    let unexplained = kw_app::ledger::project::list_unexplained(&cx).await?;
    findings.extend(unexplained.into_iter().map(|what| line("standing", what)));
    findings.extend(examination.findings.into_iter().map(|finding| line(finding.family, finding.what)));
    Ok(Report { findings, more: examination.more, rows: examination.rows, free_bytes })
}

fn print(report: &Report) {
    for Line { place, what } in &report.findings {
        println!("{place}: {what}");
    }
    if report.more > 0 {
        println!("… and {} more of the same kinds", report.more);
    }
    if report.findings.is_empty() {
        println!("{} rows, and everything is as it should be.", report.rows);
    }
}

#[cfg(unix)]
fn free_bytes(data: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(data).ok()?;
    Some(disk.f_bavail * disk.f_frsize)
}

#[cfg(not(unix))]
fn free_bytes(_data: &Path) -> Option<u64> {
    None
}
