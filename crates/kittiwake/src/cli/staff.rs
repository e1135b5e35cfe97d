//! `kittiwake staff`: the link to the founding, and nothing else. Who is on staff afterwards, and what they do, is decided by
//! actions that people sign; no command has a way in.

use std::sync::Arc;

use clap::Subcommand;
use kw_app::staff::found;
use kw_store::SystemClock;
use kw_store_sqlite::OpenError;
use serde::Serialize;

use super::{Form, FormArgument, Outcome, block_on, print_json};
use crate::boot::{self, OriginWanted};
use crate::config::Config;
use crate::failure::CommandError;

/// What can be asked for.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print a link with which the first people found the staff, once.
    ///
    /// A server prints one too, at its first start. Works on the data directory while no server runs on it. An earlier link,
    /// and a founding that was begun with it, are forgotten.
    Found(FormArgument),
    /// Whatever somebody tries beside it.
    #[command(external_subcommand)]
    Other(Vec<String>),
}

/// Does it, on the data directory.
pub fn run(config: &Config, command: &Command) -> Result<Outcome, CommandError> {
    match command {
        Command::Found(form) => begin(config, form.form()),
        Command::Other(words) => Err(CommandError::said(format!(
            "`kittiwake staff {}` does not exist, and nothing like it: the command line has no power over staff or accounts. \
             People sign in at /staff, propose there, and colleagues sign. The one command is `kittiwake staff found`",
            words.join(" ")
        ))),
    }
}

#[derive(Debug, Serialize)]
struct Begun {
    link: String,
}

fn begin(config: &Config, form: Form) -> Result<Outcome, CommandError> {
    block_on(async {
        let origin = OriginWanted::for_command(config);
        let house = boot::open(config, &config.server.data, origin, Arc::new(SystemClock)).await.map_err(explain)?;
        let link = boot::founding_link(house.cx.settings(), &found::begin(&house.cx).await?);
        house.cx.rest().await?;
        match form {
            Form::Json => print_json(&Begun { link }),
            Form::Text => {
                println!(
                    "Start the server, then open this link. It is good for 7 days, and for one founding:\n\n  {link}\n"
                );
                println!(
                    "There you name the first people. Each makes a passkey; then you found the staff, once and for good."
                );
            }
        }
        Ok(Outcome::Well)
    })
}

/// While a server runs it has the data directory to itself.
fn explain(error: CommandError) -> CommandError {
    match error {
        CommandError::Open(OpenError::InUse { directory, by }) => CommandError::said(format!(
            "a server is running on {} ({by}). The link to the founding was printed at its first start. Stop it to get \
             another one",
            directory.display()
        )),
        other => other,
    }
}
