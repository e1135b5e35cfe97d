//! `kittiwake export`: every row to one checked file, without a server running.

use std::fs::{File, OpenOptions};
use std::io::{BufReader, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kw_app::families::{SLOT, catalogue};
use kw_app::house;
use kw_store::transfer::{self, Content, ExportSource, Progress, Reader, ResumePoint};
use kw_store::{Clock, Family, SharedStore, Store, SystemClock, limit};
use serde::Serialize;

use super::{Form, FormArgument, Outcome, block_on, print_json, progress};
use crate::boot;
use crate::config::Config;
use crate::failure::CommandError;

/// What an export needs to know.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The file to write.
    file: PathBuf,
    /// Go on with an export that was interrupted.
    #[arg(long)]
    resume: bool,
    #[command(flatten)]
    form: FormArgument,
}

/// What was written, for scripts.
#[derive(Debug, Serialize)]
struct Report<'a> {
    file: &'a Path,
    origin: &'a str,
    rows: u64,
    bytes: u64,
}

/// Writes the file.
pub fn run(config: &Config, arguments: &Arguments) -> Result<Outcome, CommandError> {
    let store: SharedStore = Arc::new(boot::open_engine(&config.server.data)?);
    block_on(async {
        let origin = house::find_origin(&store).await?;
        let origin =
            origin.ok_or_else(|| CommandError::said("there is nothing to export: no server was ever started here"))?;
        let origin = origin.origin().ascii_serialization();
        let (file, resume) = open_file(store.as_ref(), arguments).await?;
        let done = write(store.as_ref(), &origin, file, resume).await?;
        match arguments.form.form() {
            Form::Json => {
                print_json(&Report { file: &arguments.file, origin: &origin, rows: done.rows, bytes: done.bytes });
            }
            Form::Text => println!("{} rows of {origin} are in {}.", done.rows, arguments.file.display()),
        }
        Ok(Outcome::Well)
    })
}

/// Opens the file, and finds where an interrupted export goes on.
async fn open_file(store: &dyn Store, arguments: &Arguments) -> Result<(File, Option<ResumePoint>), CommandError> {
    let path = &arguments.file;
    let failed = || CommandError::io(format!("{} cannot be written", path.display()));
    if !arguments.resume {
        return create_private(path).map(|file| (file, None)).map_err(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => CommandError::said(format!(
                "{} is there already. Choose another file, or go on with an interrupted export: --resume",
                path.display()
            )),
            _ => failed()(error),
        });
    }
    let mut file = OpenOptions::new().read(true).write(true).open(path).map_err(failed())?;
    let point = transfer::find_resume_point(BufReader::new(&file))?;
    if !point.is_complete() {
        file.rewind().map_err(failed())?;
        check_untouched_since(store, &file).await?;
        file.set_len(point.bytes()).map_err(failed())?;
        file.seek(SeekFrom::End(0)).map_err(failed())?;
    }
    Ok((file, Some(point)))
}

/// Only whoever may read the data directory may read what comes out of it.
fn create_private(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// An export shows one moment only if nobody wrote since it began. Whoever writes reserves ids first, so that the rows of
/// `slot` in the file are those in the store as long as nobody did.
async fn check_untouched_since(store: &dyn Store, file: &File) -> Result<(), CommandError> {
    let mut reader = Reader::open(BufReader::new(file))?;
    while let Ok(Content::Rows(block)) = reader.next_content() {
        if block.family != SLOT.family.id {
            continue;
        }
        let slots = store.sweep(SLOT.family, None, limit::SCAN_ROWS_MAX).await?;
        if slots.rows != block.rows {
            let why = "the server has run since this export began, so it cannot be finished. Export anew";
            return Err(CommandError::said(why));
        }
    }
    Ok(())
}

async fn write(
    store: &dyn Store,
    origin: &str,
    file: File,
    resume: Option<ResumePoint>,
) -> Result<Progress, CommandError> {
    let families: Vec<Family> = catalogue().into_iter().map(|(family, _)| family).collect();
    let source = ExportSource { origin, made_ms: SystemClock.now_millis(), families: &families };
    let bar = progress::of_things(families.len());
    let mut write = BufWriter::new(file);
    let mut tell = |progress: Progress| {
        let reached = families.iter().position(|family| family.name == progress.family);
        bar.set_position(reached.map_or(0, |index| index as u64 + 1));
        bar.set_message(progress::words(&progress));
    };
    let done = transfer::export(store, &source, resume, &mut write, &mut tell).await?;
    write
        .flush()
        .and_then(|()| write.get_ref().sync_all())
        .map_err(CommandError::io("the export cannot be made durable"))?;
    bar.finish_and_clear();
    Ok(done)
}
