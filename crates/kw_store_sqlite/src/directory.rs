//! The data directory: the lock that keeps others out, and what is looked at before anything is opened or changed.
//!
//! A directory that is newer than this build, or damaged, or somebody else's, is refused by reading the first hundred bytes
//! of the file as a file: SQLite would replay its log and so change it.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::connection::{self, Role};
use crate::schema;

/// The file of the network's rows, unless another one is asked for.
pub const DATABASE: &str = "network.db";

/// Why a data directory cannot be opened. Nothing in it was changed.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process has it.
    #[error("{} is in use by another process ({by}). Stop that one first, or choose another data directory", directory.display())]
    InUse {
        /// The data directory.
        directory: PathBuf,
        /// What the other process wrote about itself.
        by: String,
    },
    /// Something else's file.
    #[error("{} was not written by Kittiwake. Move it away, or choose another data directory", path.display())]
    NotOurs {
        /// The file.
        path: PathBuf,
    },
    /// Written by a later version of Kittiwake.
    #[error("{} has format {found} and this build knows formats up to {known}. Start the version of Kittiwake that wrote it, or a later one", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its format version.
        found: i32,
        /// The newest format version that this build can open.
        known: i32,
    },
    /// Not readable as what was written.
    #[error("{} is damaged: {why}. Restore a backup; keep the damaged files until that has worked", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was noticed.
        why: String,
    },
    /// The system or the disk refused.
    #[error("{}: {why}. Check that the directory exists, is yours and has room", path.display())]
    Io {
        /// The file or directory.
        path: PathBuf,
        /// What the system said.
        why: String,
    },
}

/// An exclusive hold on a database, for as long as it lives.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// The file by which others are kept out of a database. The network's has the whole directory's name.
fn lock_of(file: &str) -> String {
    if file == DATABASE { "lock".to_owned() } else { format!("{file}.lock") }
}

/// Creates `directory` if need be, locks its database `file`, and makes sure that it is one which this build can open.
pub fn prepare(directory: &Path, file: &str) -> Result<Lock, OpenError> {
    create_private(directory).map_err(|error| io_error(directory, &error))?;
    let path = directory.join(lock_of(file));
    let is_new = !path.exists();
    let lock = take_lock(directory, &path)?;
    let prepared = inspect(directory, file).and_then(|found| match found {
        Found::Nothing => create(directory, file),
        Found::Version(_) => Ok(()),
    });
    if prepared.is_err() && is_new {
        // Nothing is left behind in a directory that could not be opened.
        let _ = fs::remove_file(&path);
    }
    prepared.map(|()| lock)
}

/// Only the owner may look into a new data directory: it holds password hashes and sessions.
fn create_private(directory: &Path) -> std::io::Result<()> {
    if directory.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory)?;
    // So that the directory's own name is on the disk before anything in it is promised.
    directory.canonicalize()?.parent().map_or(Ok(()), |parent| File::open(parent)?.sync_all())
}

fn take_lock(directory: &Path, path: &Path) -> Result<Lock, OpenError> {
    let mut options = OpenOptions::new();
    let mut file = options
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
        .map_err(|error| io_error(path, &error))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut by = String::new();
            let _ = file.read_to_string(&mut by);
            return Err(OpenError::InUse { directory: directory.to_owned(), by: by.trim().to_owned() });
        }
        Err(TryLockError::Error(error)) => return Err(io_error(path, &error)),
    }
    let written = file.set_len(0).and_then(|()| writeln!(file, "process {}", std::process::id()));
    written.map_err(|error| io_error(path, &error))?;
    Ok(Lock { _file: file })
}

/// What a data directory holds.
#[derive(Debug, PartialEq, Eq)]
enum Found {
    /// No database.
    Nothing,
    /// One of this format version.
    Version(i32),
}

fn inspect(directory: &Path, name: &str) -> Result<Found, OpenError> {
    let path = directory.join(name);
    let bytes_of = |log: &str| fs::metadata(directory.join(format!("{name}-{log}"))).map_or(0, |meta| meta.len());
    // The second one is only there while a database is loaded.
    let wal_bytes = bytes_of("wal") + bytes_of("journal");
    let damaged = |why: &str| Err(OpenError::Damaged { path: path.clone(), why: why.to_owned() });
    let mut file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound && wal_bytes == 0 => return Ok(Found::Nothing),
        Err(error) if error.kind() == ErrorKind::NotFound => return damaged("it is missing, and its log is there"),
        Err(error) => return Err(io_error(&path, &error)),
    };
    let file_bytes = file.metadata().map_err(|error| io_error(&path, &error))?.len();
    let mut header = [0; 100];
    if file.read_exact(&mut header).is_err() {
        return damaged("it is shorter than its own header");
    }
    // https://www.sqlite.org/fileformat2.html#the_database_header
    if !header.starts_with(b"SQLite format 3\0") {
        return damaged("it does not begin like a database");
    }
    let number = |at: usize| i32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
    let (pages, version, application) = (number(28), number(60), number(68));
    if application != schema::APPLICATION_ID {
        return Err(OpenError::NotOurs { path });
    }
    if version > schema::VERSION {
        return Err(OpenError::Newer { path, found: version, known: schema::VERSION });
    }
    let page_bytes = match u16::from_be_bytes([header[16], header[17]]) {
        1 => 65_536,
        bytes => u64::from(bytes),
    };
    // With a log beside it, the rest may be there.
    if wal_bytes == 0 && file_bytes < pages as u64 * page_bytes {
        return damaged("it is shorter than it says: something cut it off");
    }
    Ok(Found::Version(version))
}

/// Makes an empty database beside its place and moves it there whole, so that no half-made one is ever found.
fn create(directory: &Path, file: &str) -> Result<(), OpenError> {
    let (path, made) = (directory.join(file), directory.join(format!("{file}.new")));
    match fs::remove_file(&made) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(io_error(&made, &error)),
        _ => {}
    }
    let fill = || {
        let mut connection = Connection::open(&made)?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        schema::migrate(&mut connection, 0)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.close().map_err(|(_, error)| error)
    };
    fill().map_err(|error: rusqlite::Error| OpenError::Io { path: made.clone(), why: error.to_string() })?;
    fs::rename(&made, &path).map_err(|error| io_error(&path, &error))?;
    let synced = File::open(directory).and_then(|directory| directory.sync_all());
    synced.map_err(|error| io_error(directory, &error))
}

/// Opens the connection that writes, brings an older format up to date and looks whether the tables can be read.
pub fn open_writer(directory: &Path, file: &str) -> Result<Connection, OpenError> {
    let path = directory.join(file);
    let open = || {
        let mut connection = connection::open(&path, Role::Writer)?;
        let version: i32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        schema::migrate(&mut connection, version)?;
        for table in ["serial", "stamped"] {
            let look = format!("SELECT count(*) FROM (SELECT key, stamp, value, gone_ms FROM {table} LIMIT 1)");
            connection.query_row(&look, [], |row| row.get::<_, i64>(0))?;
        }
        Ok(connection)
    };
    open().map_err(|error: rusqlite::Error| match error.sqlite_error_code() {
        Some(
            rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase | rusqlite::ErrorCode::Unknown,
        ) => OpenError::Damaged { path: path.clone(), why: error.to_string() },
        _ => OpenError::Io { path: path.clone(), why: error.to_string() },
    })
}

fn io_error(path: &Path, error: &std::io::Error) -> OpenError {
    OpenError::Io { path: path.to_owned(), why: error.to_string() }
}
