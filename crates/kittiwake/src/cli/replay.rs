//! `kittiwake replay`: plays the evening of 2 November 2017 with an invented cast, and says what came out.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::serve::runtime;
use super::{Form, FormArgument, Outcome, print_json, progress};
use crate::boot::Shutdown;
use crate::failure::CommandError;
use crate::replay::{Wanted, kept, page, play, text};

/// What to play.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// How many follow the account.
    #[arg(long, value_name = "N", default_value_t = 41_700_000, value_parser = clap::value_parser!(u64).range(10..=100_000_000))]
    followers: u64,
    /// A directory to play in, which is kept: loading goes on where it was interrupted, and later plays need none. Without it, a
    /// throw-away one.
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// The port of the server; 0 for any that is free.
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    port: u16,
    /// Also write a page with the timeline drawn to scale.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    #[command(flatten)]
    form: FormArgument,
}

/// Plays it.
pub fn run(arguments: &Arguments) -> Result<Outcome, CommandError> {
    let throw_away = match arguments.dir {
        Some(_) => None,
        None => {
            let made = tempfile::Builder::new().prefix("kittiwake-replay-").tempdir();
            Some(made.map_err(CommandError::io("no temporary directory can be made"))?)
        }
    };
    let directory = throw_away.as_ref().map_or_else(|| arguments.dir.as_deref(), |made| Some(made.path()));
    let directory = directory.unwrap_or_else(|| Path::new("."));
    let bar = progress::of_rows();
    let wanted = Wanted { followers: arguments.followers, directory, port: arguments.port, bar: &bar };
    let runtime = runtime()?;
    let report = runtime.block_on(async {
        let mut shutdown = Shutdown::listen()?;
        tokio::select! {
            played = play(&wanted) => played,
            () = shutdown.wait() => Err(CommandError::said("stopped. With `--dir` it goes on where it was")),
        }
    });
    runtime.shutdown_timeout(Duration::from_secs(1));
    let report = report?;
    if let Some(file) = &arguments.html {
        let written = std::fs::write(file, page::write(&report));
        written.map_err(CommandError::io(format!("{} cannot be written", file.display())))?;
    }
    match arguments.form.form() {
        Form::Json => print_json(&report),
        Form::Text => {
            println!("{}", text::write(&report).trim_end());
            if arguments.dir.is_some() {
                let [first, second] = kept(directory).map(|place| place.display().to_string());
                println!("\nCheck both ledgers yourself:");
                println!("  KITTIWAKE_DATA={first} kittiwake ledger verify");
                println!("  KITTIWAKE_DATA={second} kittiwake ledger verify");
            }
        }
    }
    Ok(if report.holds { Outcome::Well } else { Outcome::Findings })
}
