//! Loading a database that nobody uses yet, as fast as the disk takes it: rows come sorted, nothing is asked of what is there,
//! and nothing is synced before the end.
//!
//! A process that is killed loses the run under way and nothing else. After the machine itself went down the file may be torn:
//! whoever loads keeps a note of that and begins anew. Not for anything that people wrote.

use std::fs::File;
use std::path::{Path, PathBuf};

use kw_store::bulk::{Loaded, Run};
use kw_store::{Class, StoreError};
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Statement, params};

use crate::connection::{self, Role};
use crate::directory::{self, OpenError};
use crate::key;
use crate::table::Table;

/// Rows of one statement. More are no faster.
const STATEMENT_ROWS: usize = 64;
/// One row in so many is written after the others of its run. Where rows are only appended SQLite leaves its pages seven
/// eighths full, because it evens out the last three; these rows fill the gaps: 52.8 bytes a follow edge instead of 59.4.
const FILLS_EVERY: usize = 9;

/// A database that is being loaded.
#[derive(Debug)]
pub struct Bulk {
    connection: Connection,
    path: PathBuf,
    _lock: directory::Lock,
}

impl Bulk {
    /// Opens the database `file` of a directory, or makes it.
    pub fn open(directory: &Path, file: &str) -> Result<Self, OpenError> {
        let lock = directory::prepare(directory, file)?;
        let path = directory.join(file);
        // Rolls back what a process that was killed left half done.
        drop(directory::open_writer(directory, file)?);
        let connect = || {
            let connection = connection::open(&path, Role::Writer)?;
            connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
            // A log would have everything written twice; of rows that are new there is nothing to keep for going back.
            connection.pragma_update(None, "journal_mode", "TRUNCATE")?;
            connection.pragma_update(None, "synchronous", "OFF")?;
            connection.pragma_update(None, "cache_size", -65_536)?;
            Ok(connection)
        };
        let failed = |error: rusqlite::Error| OpenError::Io { path: path.clone(), why: error.to_string() };
        let connection = connect().map_err(failed)?;
        Ok(Self { connection, path, _lock: lock })
    }

    /// Loads a run, or leaves it where it is there already: runs are whole, so the last row tells for all.
    pub fn load(&mut self, run: &Run) -> Result<(), StoreError> {
        self.try_load(run).map_err(|error| self.failed(&error))
    }

    fn try_load(&mut self, run: &Run) -> rusqlite::Result<()> {
        let Some(last) = run.len().checked_sub(1) else { return Ok(()) };
        let table = Table::of(run.family().class);
        let key = key::of_row(run.family().id, run.row(last).partition, run.row(last).key);
        let there = self.connection.prepare_cached(table.find)?.query_row(params![key], |_| Ok(())).optional()?;
        if there.is_some() {
            return Ok(());
        }
        let transaction = self.connection.transaction()?;
        {
            let is_filler = |at: &usize| at % FILLS_EVERY == FILLS_EVERY - 1;
            let (fillers, first): (Vec<usize>, Vec<usize>) = (0..run.len()).partition(is_filler);
            let mut many = transaction.prepare_cached(&statement(run.family().class, STATEMENT_ROWS))?;
            let mut one = transaction.prepare_cached(&statement(run.family().class, 1))?;
            for rows in [first, fillers] {
                let mut chunks = rows.chunks_exact(STATEMENT_ROWS);
                for chunk in &mut chunks {
                    insert(&mut many, run, chunk)?;
                }
                for row in chunks.remainder() {
                    insert(&mut one, run, &[*row])?;
                }
            }
        }
        transaction.commit()
    }

    /// Makes the file what an engine expects, and has all of it on the disk.
    pub fn finish(self) -> Result<(), StoreError> {
        let Self { connection, path, _lock } = self;
        let failed = |why: String| StoreError::Unavailable(format!("{}: {why}", path.display()));
        connection.pragma_update(None, "journal_mode", "WAL").map_err(|error| failed(error.to_string()))?;
        connection.close().map_err(|(_, error)| failed(error.to_string()))?;
        File::open(&path).and_then(|file| file.sync_all()).map_err(|error| failed(error.to_string()))
    }

    fn failed(&self, error: &rusqlite::Error) -> StoreError {
        StoreError::Unavailable(format!("{}: {error}", self.path.display()))
    }
}

fn statement(class: Class, rows: usize) -> String {
    let table = match class {
        Class::Serial => "serial",
        Class::Stamped => "stamped",
    };
    format!("INSERT INTO {table} (key, stamp, value) VALUES {}", vec!["(?, ?, ?)"; rows].join(", "))
}

/// Bytes that are copied once, by SQLite.
struct Blob<'b>(&'b [u8]);

impl ToSql for Blob<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Blob(self.0)))
    }
}

fn insert(statement: &mut Statement<'_>, run: &Run, rows: &[usize]) -> rusqlite::Result<()> {
    let mut key = Vec::with_capacity(64);
    for (index, row) in rows.iter().enumerate() {
        let Loaded { partition, key: row_key, value, stamp } = run.row(*row);
        key.clear();
        key::write_partition(&mut key, run.family().id, partition);
        key.extend_from_slice(row_key);
        statement.raw_bind_parameter(3 * index + 1, Blob(&key))?;
        statement.raw_bind_parameter(3 * index + 2, stamp.0 as i64)?;
        statement.raw_bind_parameter(3 * index + 3, Blob(value))?;
    }
    statement.raw_execute().map(drop)
}
