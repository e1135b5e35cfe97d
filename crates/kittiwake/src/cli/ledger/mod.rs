//! `kittiwake ledger`: verifies, shows and exports what staff did. It reads, and has no way to write an entry.

mod export;
mod folder;
mod show;
mod verify;

use clap::Subcommand;

use super::Outcome;
use crate::boot;
use crate::config::Config;
use crate::failure::CommandError;
use kw_app::ledger::shelf::Shelf;

/// What can be done with the ledger.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check the ledger: its signature, order and tree, every staff signature, every rule, and the standing rows.
    ///
    /// The first word of what it prints is WHOLE (and it ends with 0) or BROKEN (and it ends with 1). Works on the data
    /// directory while no server runs on it, also on one with which the server refuses to start; or on a directory that
    /// `kittiwake ledger export` wrote, anywhere.
    Verify(verify::Arguments),
    /// Print the entries, or one of them, with everything that this data directory knows about them.
    ///
    /// For auditors: it shows what the public cannot read. Works while no server runs on the data directory.
    Show(show::Arguments),
    /// Write the ledger to a new directory, in the form that other programs read, with its openings beside it.
    ///
    /// Whoever has the directory can verify all of it, anywhere; and can read all of it. Works while no server runs on the
    /// data directory.
    Export(export::Arguments),
}

/// Does what was asked.
pub fn run(config: &Config, command: &Command) -> Result<Outcome, CommandError> {
    match command {
        Command::Verify(arguments) => verify::run(config, arguments),
        Command::Show(arguments) => show::run(config, arguments),
        Command::Export(arguments) => export::run(config, arguments),
    }
}

/// The ledger of the data directory.
fn open(config: &Config) -> Result<Shelf, CommandError> {
    let stores = boot::open_engines(&config.server.data)?.stores();
    Ok(Shelf { ledger: stores.ledger, keys: stores.keys })
}
