//! The files of an exported ledger, in a directory.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use kw_app::ledger::archive::Sink;

/// A directory that holds an export.
#[derive(Debug, Clone)]
pub struct Folder {
    place: PathBuf,
}

impl Folder {
    /// The one at `place`.
    pub fn at(place: &Path) -> Self {
        Self { place: place.to_owned() }
    }

    /// A file's bytes; none where there is no such file.
    pub fn read(&self, path: &str) -> std::io::Result<Option<Vec<u8>>> {
        match std::fs::read(self.place.join(path)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Only whoever may read the data directory may read what comes out of it.
    fn open(&self, path: &str, options: &mut OpenOptions) -> std::io::Result<File> {
        let file = self.place.join(path);
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
        options.open(file)
    }
}

impl Sink for Folder {
    fn put(&mut self, path: &str, bytes: &[u8]) -> std::io::Result<()> {
        self.open(path, OpenOptions::new().write(true).create_new(true))?.write_all(bytes)
    }

    fn append(&mut self, path: &str, bytes: &[u8]) -> std::io::Result<()> {
        self.open(path, OpenOptions::new().append(true).create(true))?.write_all(bytes)
    }
}
