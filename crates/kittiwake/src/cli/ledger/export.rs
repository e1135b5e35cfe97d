//! `kittiwake ledger export`: the ledger in files, for auditors.

use std::path::PathBuf;

use kw_app::ledger::archive;
use serde::Serialize;

use super::folder::Folder;
use crate::cli::{Form, FormArgument, Outcome, block_on, print_json, progress};
use crate::config::Config;
use crate::failure::CommandError;

/// Where to.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// A directory that is new or empty.
    #[arg(value_name = "DIR")]
    directory: PathBuf,
    #[command(flatten)]
    form: FormArgument,
}

#[derive(Debug, Serialize)]
struct Report {
    entries: u64,
}

/// Writes the ledger.
pub fn run(config: &Config, arguments: &Arguments) -> Result<Outcome, CommandError> {
    let place = &arguments.directory;
    if std::fs::read_dir(place).is_ok_and(|mut files| files.next().is_some()) {
        return Err(CommandError::said(format!("{} is not empty. Choose a new directory", place.display())));
    }
    let shelf = super::open(config)?;
    let mut folder = Folder::at(place);
    let bar = progress::of_entries();
    let entries = block_on(async {
        let told = archive::export(&shelf, &mut folder, |read, all| {
            bar.set_length(all);
            bar.set_position(read);
        });
        Ok(told.await?)
    })?;
    bar.finish_and_clear();
    match (arguments.form.form(), entries) {
        (Form::Json, _) => print_json(&Report { entries }),
        (Form::Text, 0) => println!("Nothing has been founded here yet, so there is no ledger to write."),
        (Form::Text, _) => println!(
            "{entries} entries are in {}. Check them anywhere: kittiwake ledger verify {}",
            place.display(),
            place.display()
        ),
    }
    Ok(Outcome::Well)
}
