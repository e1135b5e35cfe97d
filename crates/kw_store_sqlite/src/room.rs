//! What takes room in a database file: pages in use and pages to be used again, and the rows that go by themselves.

use std::collections::BTreeMap;

use kw_store::Class;
use rusqlite::Connection;

use crate::key;
use crate::table::Table;

/// The pages of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Room {
    /// Bytes of all its pages.
    pub bytes: u64,
    /// Of these, bytes of pages that hold nothing and are used before the file grows.
    pub free_bytes: u64,
}

/// Rows of a family that are collected one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Passing {
    /// Rows that were deleted, of which the key and the stamp are left.
    pub deleted_rows: u64,
    /// Rows that expire, or have expired.
    pub expiring_rows: u64,
    /// Bytes of keys and values of both.
    pub bytes: u64,
}

/// The pages.
pub fn look(connection: &Connection) -> rusqlite::Result<Room> {
    let ask = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let page_bytes = ask("page_size")? as u64;
    Ok(Room { bytes: ask("page_count")? as u64 * page_bytes, free_bytes: ask("freelist_count")? as u64 * page_bytes })
}

/// What is to be collected one day, by the ids of families.
pub fn list_passing(connection: &Connection) -> rusqlite::Result<BTreeMap<u16, Passing>> {
    let mut passing = BTreeMap::<u16, Passing>::new();
    for class in [Class::Serial, Class::Stamped] {
        let mut statement = connection.prepare(Table::of(class).passing)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let key = row.get_ref(0)?.as_blob()?;
            let value_bytes: Option<i64> = row.get(1)?;
            let of_family = passing.entry(key::family_of(key).unwrap_or_default()).or_default();
            match value_bytes {
                Some(_) => of_family.expiring_rows += 1,
                None => of_family.deleted_rows += 1,
            }
            of_family.bytes += key.len() as u64 + value_bytes.unwrap_or_default() as u64;
        }
    }
    Ok(passing)
}
