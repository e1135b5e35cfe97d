//! What the employee tries while the server is stopped: at the command line, with configurations and exports, and on the files
//! themselves. Each is done by the program that people have, or past it by the engine alone.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use kw_app::families::STANDING;
use kw_app::family::Rows;
use kw_app::key::{Key, Only};
use kw_app::rows::StandingRow;
use kw_domain::id::AccountId;
use kw_store::{Batch, Change, Clock, Condition, Operation, OperationId, Put, Stamp, Store, SystemClock};
use kw_store_sqlite::{OpenOptions, SqliteStore};

use super::{Door, Outcome, Reply, Trial};
use crate::failure::CommandError;
use crate::replay::cast::OWNER;
use crate::replay::evening::Paused;

/// A trial with what came back and what was seen of it, to be concluded once the server runs again.
pub type Done = (Trial, Reply, Outcome);

const fn command(what: &'static str) -> Trial {
    Trial { what, door: Door::CommandLine, claimed: Outcome::Prevented }
}

const TAKE_DOWN: Trial = command("Ask the command line to take the account down");
const REJECT: Trial = command("Reject the account as if it were a sign-up that waits");
const FOUND: Trial = command("Found the staff again, from the command line");
const CONFIGURE: Trial = command("Start with a configuration that names a policy");
const ORIGIN: Trial = command("Start under another address");
const IMPORT: Trial = command("Import an export over the data directory");
const OLD_LEDGER: Trial = Trial {
    what: "Put an old copy of the ledger in the place of the newest",
    door: Door::Files,
    claimed: Outcome::Reported,
};
const ROW: Trial =
    Trial { what: "Write into the database that the account is hidden", door: Door::Files, claimed: Outcome::Reported };

/// Tries all of it.
pub async fn on_the_files(paused: &Paused, old_ledger: &Path) -> Result<Vec<Done>, CommandError> {
    let directory = &paused.directory;
    let scratch = tempfile::tempdir().map_err(CommandError::io("no temporary directory can be made"))?;
    let mut done = Vec::new();
    for (trial, arguments) in [
        (TAKE_DOWN, vec!["staff", "take-down", OWNER.handle]),
        (REJECT, vec!["account", "reject", OWNER.handle]),
        (FOUND, vec!["staff", "found"]),
    ] {
        done.push(refused(trial, ask(directory, &[], &arguments)?));
    }
    let configuration = scratch.path().join("lax.toml");
    let text = "[staff]\npolicy = \"permit (principal, action, resource);\"\n";
    std::fs::write(&configuration, text).map_err(CommandError::io("no configuration can be written"))?;
    let named = configuration.to_string_lossy().into_owned();
    done.push(refused(CONFIGURE, ask(directory, &[], &["--config", &named, "account", "list"])?));
    let other = [("KITTIWAKE_ORIGIN", "http://localhost:1")];
    done.push(refused(ORIGIN, ask(directory, &other, &["account", "list"])?));
    done.push(refused(IMPORT, import(directory, scratch.path())?));
    done.push(roll_back(paused, old_ledger, scratch.path())?);
    done.push(edit(paused).await?);
    Ok(done)
}

/// What a run said, and whether it did what it was asked.
struct Ran {
    said: String,
    is_well: bool,
}

fn refused(trial: Trial, ran: Ran) -> Done {
    let outcome = if ran.is_well { Outcome::Succeeded } else { Outcome::Prevented };
    (trial, Reply::of(ran.said, ran.is_well), outcome)
}

/// Runs this very program on the directory.
fn ask(directory: &Path, environment: &[(&str, &str)], arguments: &[&str]) -> Result<Ran, CommandError> {
    let program = std::env::current_exe().map_err(CommandError::io("this program cannot be found"))?;
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with(crate::config::PREFIX)) {
        command.env_remove(name);
    }
    command.args(arguments).env("KITTIWAKE_DATA", directory).envs(environment.iter().copied());
    let output = command.output().map_err(CommandError::io("this program cannot be run"))?;
    let text = if output.stdout.is_empty() { output.stderr } else { output.stdout };
    let said = String::from_utf8_lossy(&text).split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(Ran { said: said.trim_start_matches("kittiwake: ").to_owned(), is_well: output.status.success() })
}

/// An export of another, empty server, over the directory.
fn import(directory: &Path, scratch: &Path) -> Result<Ran, CommandError> {
    let other: PathBuf = scratch.join("other");
    let file = scratch.join("other.kw").to_string_lossy().into_owned();
    let made = ask(&other, &[], &["account", "create", OWNER.handle])?;
    let exported = ask(&other, &[], &["export", &file])?;
    if !made.is_well || !exported.is_well {
        return Err(CommandError::said(format!("no export could be made: {} {}", made.said, exported.said)));
    }
    ask(directory, &[], &["import", &file])
}

/// An old copy of the ledger; whoever kept a checkpoint from later finds it. Everything is put back afterwards.
fn roll_back(paused: &Paused, old_ledger: &Path, scratch: &Path) -> Result<Done, CommandError> {
    let kept = scratch.join("newest");
    copy_ledger(&paused.directory, &kept)?;
    copy_ledger(old_ledger, &paused.directory)?;
    let seen = scratch.join("checkpoint");
    std::fs::write(&seen, &paused.checkpoint).map_err(CommandError::io("no checkpoint can be kept"))?;
    let ran = ask(&paused.directory, &[], &["ledger", "verify", "--seen", &seen.to_string_lossy()])?;
    copy_ledger(&kept, &paused.directory)?;
    let is_reported = !ran.is_well && ran.said.contains("ROLLED BACK");
    let outcome = if is_reported { Outcome::Reported } else { Outcome::Succeeded };
    Ok((OLD_LEDGER, Reply::of(ran.said, true), outcome))
}

/// Copies the databases of a ledger that nobody has open over those in another directory.
pub fn copy_ledger(from: &Path, to: &Path) -> Result<(), CommandError> {
    let trouble = || CommandError::io(format!("the ledger cannot be copied to {}", to.display()));
    std::fs::create_dir_all(to).map_err(trouble())?;
    for database in ["ledger.db", "keys.db"] {
        for beside in ["-wal", "-shm"] {
            match std::fs::remove_file(to.join(format!("{database}{beside}"))) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(trouble()(error)),
                Err(_) | Ok(()) => {}
            }
        }
        std::fs::copy(from.join(database), to.join(database)).map_err(trouble())?;
    }
    Ok(())
}

/// A standing row written past the program, as whoever can change the database would. Pages read the ledger; whoever
/// verifies is told of the row.
async fn edit(paused: &Paused) -> Result<Done, CommandError> {
    let next_entry = paused.verify().await?.entries;
    write_row(&paused.directory, paused.account, next_entry).await?;
    let report = paused.verify().await?;
    let said = report.verdict();
    let is_reported = report.findings.iter().any(|finding| finding.contains(&paused.account.to_string()));
    let outcome = if is_reported { Outcome::Reported } else { Outcome::Succeeded };
    Ok((ROW, Reply::of(said, true), outcome))
}

async fn write_row(directory: &Path, account: AccountId, stamp: u64) -> Result<(), CommandError> {
    let network = SqliteStore::open(OpenOptions::new(directory, Arc::new(SystemClock)))?;
    let now = SystemClock.now_millis();
    let row = StandingRow { reach: 2, reach_until: None, frozen_until: None, since: now };
    let put = Put { value: Rows::<AccountId, Only, StandingRow>::encode(&row), expires_ms: None };
    let change =
        Change { key: Only.to_bytes(), put: Some(put), condition: Condition::Newer, stamp: Some(Stamp(stamp)) };
    let operation = Operation {
        id: OperationId(u128::from(now) << 64 | u128::from(account.0)),
        stamp: Stamp(now * 1_000),
        not_after_ms: now + kw_store::limit::NOT_AFTER_MS,
        steps: vec![Batch { partition: STANDING.partition(&account), changes: vec![change] }],
    };
    let _written = network.perform(&operation).await?;
    Ok(())
}
