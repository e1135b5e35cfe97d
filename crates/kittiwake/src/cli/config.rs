//! `kittiwake config`: prints the example and the reference, checks a configuration without starting anything.

use clap::Subcommand;

use super::Outcome;
use crate::config::document;
use crate::config::{Config, ConfigError};
use crate::failure::CommandError;

/// What can be asked about the configuration.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print a file with every key at its default.
    Example,
    /// Print the reference page, in Markdown.
    Reference,
    /// Say whether the configuration can be used. Starts nothing.
    Check,
}

/// Does what was asked; only `check` looks at the configuration there is.
pub fn run(command: &Command, load: impl FnOnce() -> Result<Config, ConfigError>) -> Result<Outcome, CommandError> {
    match command {
        Command::Example => print!("{}", document::example()),
        Command::Reference => print!("{}", document::reference()),
        Command::Check => {
            load()?;
            println!("The configuration can be used.");
        }
    }
    Ok(Outcome::Well)
}
