//! Connections and their settings, which are the same wherever one is opened.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

/// How long a statement waits for a lock. Nothing in the engine holds one for longer than a checkpoint takes.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The one that writes.
    Writer,
    /// One of those that read.
    Reader,
    /// The one that moves the write-ahead log into the database.
    Checkpointer,
}

/// Opens the database at `path`, which must exist.
pub fn open(path: &Path, role: Role) -> rusqlite::Result<Connection> {
    let connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(64);
    // The log is folded in by the housekeeper when the store closes, not by whichever connection happens to close last.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    // A plan does not look at the values that are bound: else every scan is prepared anew, which costs as much as 20 rows.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "wal_autocheckpoint", 0)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    // Negative: KiB. The writer's pages are mostly its own; readers share the system's page cache. No memory map: it made
    // point reads and scans 5 to 10% faster, and would turn a read error of the disk into the end of the process.
    let cache_kib = if role == Role::Writer { -32_768 } else { -4_096 };
    connection.pragma_update(None, "cache_size", cache_kib)?;
    if role == Role::Reader {
        connection.pragma_update(None, "query_only", true)?;
    }
    Ok(connection)
}
