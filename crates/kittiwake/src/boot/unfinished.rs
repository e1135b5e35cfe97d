//! The note in a data directory that an import or a load into it has begun and not ended. With it nothing but the same one
//! may use the directory: half a network must not be served.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::failure::CommandError;

/// How the mark of a load of made-up members begins.
pub const LOAD: &str = "load ";

/// The note.
#[derive(Debug)]
pub struct Unfinished;

impl Unfinished {
    /// Which import or load has begun, if one has.
    pub fn find(data: &Path) -> Result<Option<String>, CommandError> {
        match fs::read_to_string(path(data)) {
            Ok(mark) => Ok(Some(mark)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(CommandError::io(format!("{} cannot be read", path(data).display()))(error)),
        }
    }

    /// Writes down that `mark` has begun, before it writes a row.
    pub fn begin(data: &Path, mark: &str) -> Result<(), CommandError> {
        let written = fs::write(path(data), mark).and_then(|()| File::open(path(data))?.sync_all());
        written.and_then(|()| sync_directory(data)).map_err(CommandError::io("it cannot be noted that this has begun"))
    }

    /// Takes the note away: everything is there.
    pub fn end(data: &Path) -> Result<(), CommandError> {
        let removed = fs::remove_file(path(data)).and_then(|()| sync_directory(data));
        removed.map_err(CommandError::io("it cannot be noted that this has ended"))
    }

    /// Refuses to use a directory with half of something in it.
    pub fn refuse(data: &Path) -> Result<(), CommandError> {
        let Some(mark) = Self::find(data)? else { return Ok(()) };
        let (what, command) = if mark.starts_with(LOAD) { ("a load", "load") } else { ("an import", "import") };
        Err(CommandError::said(format!(
            "{what} into {} was interrupted. Run the same `kittiwake {command}` again, or remove the directory",
            data.display()
        )))
    }
}

fn path(data: &Path) -> PathBuf {
    data.join("import-unfinished")
}

fn sync_directory(data: &Path) -> std::io::Result<()> {
    File::open(data)?.sync_all()
}
