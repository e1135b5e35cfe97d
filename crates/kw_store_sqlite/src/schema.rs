//! The tables, their versions, and how an older one becomes the present one.

use rusqlite::{Connection, Transaction};

/// Says "Kittiwake's network" in the header of the file: the letters `KwNt`.
pub const APPLICATION_ID: i32 = 0x4B77_4E74;

/// The version that this build writes: the number of migrations.
pub const VERSION: i32 = MIGRATIONS.len() as i32;

/// What turns version `n` into version `n + 1`, from an empty file on. Never edited once released: add to the end.
const MIGRATIONS: &[&str] = &[FORMAT_1];

/// One table a class. `value` is NULL once a row was deleted. `gone_ms` is the row's expiry or the moment of its deletion,
/// and NULL for rows that stay; the indexes hold what is to be collected one day. Kept by their key alone (`WITHOUT
/// ROWID`), a row costs its bytes and about 15 more.
const FORMAT_1: &str = "
CREATE TABLE serial (key BLOB PRIMARY KEY, stamp INTEGER NOT NULL, value BLOB, gone_ms INTEGER) WITHOUT ROWID;
CREATE TABLE stamped (key BLOB PRIMARY KEY, stamp INTEGER NOT NULL, value BLOB, gone_ms INTEGER) WITHOUT ROWID;
CREATE INDEX serial_gone ON serial (gone_ms) WHERE gone_ms IS NOT NULL;
CREATE INDEX stamped_gone ON stamped (gone_ms) WHERE gone_ms IS NOT NULL;
";

/// Brings the tables from `version` to [`VERSION`], one transaction a step.
pub fn migrate(connection: &mut Connection, version: i32) -> rusqlite::Result<()> {
    for (index, migration) in MIGRATIONS.iter().enumerate().skip(version.max(0) as usize) {
        let transaction: Transaction<'_> = connection.transaction()?;
        transaction.execute_batch(migration)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", index as i32 + 1)?;
        transaction.commit()?;
    }
    Ok(())
}
