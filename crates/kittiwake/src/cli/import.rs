//! `kittiwake import`: an export into an empty data directory. Standing is never written, whatever the file holds.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use kw_app::families::{self, STANDING, catalogue};
use kw_store::Family;
use kw_store::transfer::{self, Import, Reader};
use serde::Serialize;

use super::{Form, FormArgument, Outcome, block_on, print_json, progress};
use crate::boot::{self, Unfinished};
use crate::config::Config;
use crate::failure::CommandError;

/// What an import needs to know.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The file that `export` wrote.
    file: PathBuf,
    #[command(flatten)]
    form: FormArgument,
}

/// What was read, for scripts.
#[derive(Debug, Serialize)]
struct Report<'a> {
    file: &'a Path,
    origin: &'a str,
    rows: u64,
}

/// Reads the file.
pub fn run(config: &Config, arguments: &Arguments) -> Result<Outcome, CommandError> {
    let unreadable = || CommandError::io(format!("{} cannot be read", arguments.file.display()));
    let file = File::open(&arguments.file).map_err(unreadable())?;
    let file_bytes = file.metadata().map_err(unreadable())?.len();
    let reader = Reader::open(BufReader::new(file))?;
    let origin = reader.header().origin.clone();
    check_origin(config, &origin)?;
    let mark = format!("{origin} {}", reader.header().made_ms);

    let data = &config.server.data;
    let known: Vec<Family> = catalogue().into_iter().map(|(family, _)| family).collect();
    let store = boot::open_engine_for_import(data)?;
    block_on(async {
        let unfinished = Unfinished::find(data)?;
        if unfinished.as_deref() != Some(mark.as_str()) {
            check_empty(&store, &known, unfinished.as_deref()).await?;
            Unfinished::begin(data, &mark)?;
        }
        let bar = progress::of_bytes(file_bytes);
        // What staff decided, and who they are, comes from a ledger and from nowhere else.
        let of_staff = families::staff::of_the_network().into_iter().map(|(family, _)| family);
        let except: Vec<Family> = of_staff.chain([STANDING.family]).collect();
        let plan = Import { families: &known, except: &except };
        let mut tell = |done: transfer::Progress| {
            bar.set_position(done.bytes);
            bar.set_message(format!("{} rows · {}", done.rows, done.family));
        };
        let done = transfer::import(&store, reader, &plan, &mut tell).await?;
        bar.finish_and_clear();
        Unfinished::end(data)?;
        match arguments.form.form() {
            Form::Json => print_json(&Report { file: &arguments.file, origin: &origin, rows: done.rows }),
            Form::Text => println!("{} rows of {origin} are in {}.", done.rows, data.display()),
        }
        Ok(Outcome::Well)
    })
}

fn check_origin(config: &Config, of_file: &str) -> Result<(), CommandError> {
    match &config.server.origin {
        Some(configured) if configured.origin().ascii_serialization() != of_file => Err(CommandError::said(format!(
            "this is an export of {of_file}, and the configuration says {}. Links, sign-ins and passkeys depend on the \
             origin: set `origin` (KITTIWAKE_ORIGIN) to {of_file}",
            configured.origin().ascii_serialization()
        ))),
        _ => Ok(()),
    }
}

async fn check_empty(
    store: &kw_store_sqlite::SqliteStore,
    families: &[Family],
    unfinished: Option<&str>,
) -> Result<(), CommandError> {
    let Some(family) = transfer::find_family_with_rows(store, families).await? else { return Ok(()) };
    let why = match unfinished {
        Some(_) => "another import into it was interrupted".to_owned(),
        None => format!("it holds rows of `{}`", family.name),
    };
    Err(CommandError::said(format!(
        "the data directory is not empty: {why}. Import into a new one: KITTIWAKE_DATA=./other kittiwake import …"
    )))
}
