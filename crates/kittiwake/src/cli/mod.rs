//! The command line: what can be asked for, and the help that says so. Each command is a file of the same name.

mod account;
mod bench;
mod config;
mod demo;
mod doctor;
mod export;
mod import;
mod ledger;
mod load;
pub mod progress;
mod replay;
mod serve;
mod staff;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::config::{Config, FILE_VARIABLE};
use crate::failure::CommandError;

const EXAMPLES: &str = "\
Examples:
  kittiwake                                 start the server on http://localhost:8080, data in ./data
  kittiwake replay --followers 1000000      replay the evening that this server is for
  kittiwake demo                            look at a small, lively colony; nothing is kept
  kittiwake --config /etc/kittiwake.toml    start with a configuration
  kittiwake account create ada              make an account; prints a password once
  kittiwake staff found                     print the link with which the first people found the staff
  kittiwake export backup.kw                write everything to one file
  kittiwake ledger verify                   check everything that staff ever did
  kittiwake config example                  print a configuration file with every key

Every key of the configuration can also be set by an environment variable: KITTIWAKE_LISTEN, KITTIWAKE_ORIGIN, \
KITTIWAKE_DATA, …";

/// A social network that nobody can silence alone.
///
/// One binary, one data directory, nothing else to install. Without a command it starts the server.
#[derive(Debug, Parser)]
#[command(name = "kittiwake", version, after_long_help = EXAMPLES, after_help = EXAMPLES, max_term_width = 100)]
pub struct Cli {
    /// The configuration file (TOML); without one, everything is at its default.
    #[arg(long, value_name = "FILE", env = FILE_VARIABLE, global = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start the server. What happens without a command.
    ///
    /// Creates the data directory if it is missing. Ctrl-C stops: requests under way get ten seconds to finish.
    Serve,
    /// Start a server with a small, lively colony in it, and print ready sign-ins.
    ///
    /// Everything is in a throw-away directory, which is removed when the server stops. Your data directory is not touched.
    Demo,
    /// Make, invite, approve and list accounts.
    ///
    /// Works on the data directory while no server runs on it.
    #[command(subcommand)]
    Account(account::Command),
    /// Begin the founding of the staff: the first people, each with a passkey. Everything after that is decided by them.
    #[command(subcommand)]
    Staff(staff::Command),
    /// Verify, read and export the ledger of everything that staff did.
    #[command(subcommand)]
    Ledger(ledger::Command),
    /// Write everything in the data directory to one file: a backup, or the way to another engine.
    ///
    /// The file holds password hashes and private posts; keep it as you keep the data directory. Works while no server runs on
    /// the data directory.
    Export(export::Arguments),
    /// Read a file that `export` wrote into an empty data directory.
    ///
    /// Checks every part of the file before it is used. Run it again after an interruption and it goes on where it stopped.
    Import(import::Arguments),
    /// Look whether everything in the data directory is as it should be. Changes nothing that people wrote.
    ///
    /// Prints one line a finding; ends with 0 if there is none and with 1 if there are some. Works while no server runs on
    /// the data directory.
    Doctor(doctor::Arguments),
    /// Replay an evening of 2017 with an invented cast: one employee, the last day, an account that millions follow.
    ///
    /// Plays it under rules as permissive as then, under Kittiwake's, with everything that one person could still try, and the
    /// way of colleagues; over HTTP, in a directory of its own. Ends with 0 only if everything came out as claimed.
    Replay(replay::Arguments),
    /// Load a made-up colony into an empty directory of its own: for measuring, and to see what millions look like.
    ///
    /// Members, who follows whom, and posts, one after another; each goes on where it was interrupted. Nothing here touches what
    /// people use: a member's follow never comes from a command line.
    #[command(subcommand)]
    Load(load::Command),
    /// Measure what the server costs, on colonies made for it.
    ///
    /// Loads colonies into a directory of its own, starts this program on them as a process of its own, and prints tables with
    /// ceilings measured in the same run. Nothing here touches your data directory.
    Bench(bench::Arguments),
    /// Print a configuration file, or check yours.
    #[command(subcommand)]
    Config(config::Command),
}

/// Does what was asked.
pub fn run(cli: Cli) -> Result<Outcome, CommandError> {
    let file = cli.config.as_deref();
    let load = || Config::load(file, environment());
    match cli.command {
        None | Some(Command::Serve) => serve::run(&load()?),
        Some(Command::Demo) => demo::run(load()?),
        Some(Command::Account(command)) => account::run(&load()?, command),
        Some(Command::Staff(command)) => staff::run(&load()?, &command),
        Some(Command::Ledger(command)) => ledger::run(&load()?, &command),
        Some(Command::Export(arguments)) => export::run(&load()?, &arguments),
        Some(Command::Import(arguments)) => import::run(&load()?, &arguments),
        Some(Command::Doctor(arguments)) => doctor::run(&load()?, &arguments),
        Some(Command::Replay(arguments)) => replay::run(&arguments),
        Some(Command::Load(command)) => load::run(command),
        Some(Command::Bench(arguments)) => bench::run(arguments),
        Some(Command::Config(command)) => config::run(&command, load),
    }
}

/// How a command that did its work ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All is well.
    Well,
    /// It found something wrong, and said so.
    Findings,
}

/// The environment, as far as it is text: no key of ours has a value that is not.
fn environment() -> impl Iterator<Item = (String, String)> {
    let texts = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
        Some((name.into_string().ok()?, value.to_string_lossy().into_owned()))
    };
    std::env::vars_os().filter_map(texts)
}

/// Runs `work` on a runtime of one thread: for commands that do one thing and end.
fn block_on<T>(work: impl Future<Output = Result<T, CommandError>>) -> Result<T, CommandError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(CommandError::io("no runtime can be started"))?;
    runtime.block_on(work)
}

/// What `--json` decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// For people.
    Text,
    /// For scripts: JSON.
    Json,
}

/// The option that chooses the form.
#[derive(Debug, Clone, Copy, clap::Args)]
struct FormArgument {
    /// Print JSON, for scripts.
    #[arg(long)]
    json: bool,
}

impl FormArgument {
    const fn form(self) -> Form {
        if self.json { Form::Json } else { Form::Text }
    }
}

/// Prints a value as one line of JSON.
fn print_json(value: &impl serde::Serialize) {
    println!("{}", serde_json::to_string(value).expect("what commands print can be written as JSON"));
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn walk(command: &clap::Command, path: &str, out: &mut Vec<String>) {
        for below in command.get_subcommands() {
            let path = format!("{path} {}", below.get_name()).trim().to_owned();
            if below.has_subcommands() {
                walk(below, &path, out);
            } else {
                out.push(path);
            }
        }
    }

    /// Whoever adds a command reads here that it must give no power over an account that its owner does not have.
    #[test]
    fn no_command_hides_an_account_or_decides_for_staff() {
        let mut commands = Vec::new();
        walk(&Cli::command(), "", &mut commands);
        let known = [
            "serve",
            "demo",
            "account create",
            "account invite",
            "account approve",
            "account reject",
            "account list",
            "staff found",
            "ledger verify",
            "ledger show",
            "ledger export",
            "export",
            "import",
            "doctor",
            "replay",
            "load accounts",
            "load follows",
            "load posts",
            "bench",
            "config example",
            "config reference",
            "config check",
        ];
        assert_eq!(commands, known);
    }
}
