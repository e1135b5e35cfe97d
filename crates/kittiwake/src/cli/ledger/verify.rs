//! `kittiwake ledger verify`: whether the ledger is whole, in one line, and what is wrong with it where it is not.

use std::path::PathBuf;

use kw_app::ledger::archive::Archive;
use kw_app::ledger::shelf::Shelf;
use kw_app::ledger::verify::{Beside, Expected, Report, verify};
use kw_domain::time::Millis;
use kw_ledger::Verifier;
use kw_store::{Clock, SystemClock};
use serde_json::json;

use super::folder::Folder;
use crate::boot;
use crate::cli::{Form, FormArgument, Outcome, block_on, print_json, progress};
use crate::config::Config;
use crate::failure::CommandError;

/// What to verify, and against what.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// A directory that `kittiwake ledger export` wrote; without it, the data directory.
    #[arg(value_name = "DIR")]
    directory: Option<PathBuf>,
    /// The log's public key, as /ledger shows it. Without it, the key that the ledger itself names is believed.
    #[arg(value_name = "KEY")]
    key: Option<Verifier>,
    /// The policy that you expect to be in force.
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Checkpoints that you kept from earlier: a ledger that was rewritten or rolled back since is found.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    seen: Vec<PathBuf>,
    #[command(flatten)]
    form: FormArgument,
}

/// Verifies, and says the verdict.
pub fn run(config: &Config, arguments: &Arguments) -> Result<Outcome, CommandError> {
    let expected = expected(arguments)?;
    let bar = progress::of_entries();
    let tell = |read, all| {
        bar.set_length(all);
        bar.set_position(read);
    };
    let report = match &arguments.directory {
        Some(directory) => {
            let folder = Folder::at(directory);
            block_on(async {
                // An export whose openings cannot even be read is broken, and no trouble of ours.
                match Archive::open(|path: &str| folder.read(path)) {
                    Ok(archive) => Ok(verify(&archive, &expected, None, tell).await?),
                    Err(error) => Ok(Report { findings: vec![error.to_string()], ..Report::default() }),
                }
            })?
        }
        None => {
            let stores = boot::open_engines(&config.server.data)?.stores();
            let shelf = Shelf { ledger: stores.ledger, keys: stores.keys };
            let beside = Beside { network: stores.network, now: Millis(SystemClock.now_millis()) };
            block_on(async { Ok(verify(&shelf, &expected, Some(beside), tell).await?) })?
        }
    };
    bar.finish_and_clear();
    match arguments.form.form() {
        Form::Json => print_json(&as_json(&report)),
        Form::Text => print(&report),
    }
    Ok(if report.is_whole() { Outcome::Well } else { Outcome::Findings })
}

fn expected(arguments: &Arguments) -> Result<Expected, CommandError> {
    let read =
        |path: &PathBuf| std::fs::read(path).map_err(CommandError::io(format!("{} cannot be read", path.display())));
    let mut seen = Vec::with_capacity(arguments.seen.len());
    for path in &arguments.seen {
        seen.push((path.display().to_string(), read(path)?));
    }
    let policy = arguments.policy.as_ref().map(read).transpose()?;
    Ok(Expected { key: arguments.key.clone(), policy, seen })
}

fn print(report: &Report) {
    println!("{}", report.verdict());
    for finding in report.findings.iter().skip(1) {
        println!("  also: {finding}");
    }
    if let Some(founding) = report.founding {
        println!("  founding: {} (compare it with what was printed when the staff was founded)", hex(&founding));
    }
    if let Some(policy) = report.policy {
        println!("  policy in force: {}", hex(&policy));
    }
}

fn as_json(report: &Report) -> serde_json::Value {
    json!({
        "whole": report.is_whole(),
        "verdict": report.verdict(),
        "findings": report.findings,
        "origin": report.origin,
        "key": report.key,
        "entries": report.entries,
        "root": report.root,
        "replayed": report.is_replayed,
        "signatures": report.signatures,
        "openings": report.openings,
        "openings_erased": report.openings_erased,
        "founding": report.founding.map(|hash| hex(&hash)),
        "policy": report.policy.map(|hash| hex(&hash)),
        "made_up_floor": report.has_made_up_floor,
        "witnesses": report.witnesses,
        "cosigned": report.cosigned,
    })
}

fn hex(bytes: &[u8; 32]) -> String {
    kw_staff::hex::encode(bytes)
}
