//! The statements on the table of each class, and how its columns are read.

use kw_store::judge::Held;
use kw_store::{Class, Direction, Stamp};
use rusqlite::types::ValueRef;

/// The statements on one table. They are prepared once a connection.
#[derive(Debug)]
pub struct Table {
    /// `(key)` to stamp, value and the moment from which it is gone: present or not.
    pub find: &'static str,
    /// `(key, stamp, value, gone_ms)`.
    pub write: &'static str,
    /// `(key)`.
    pub remove: &'static str,
    /// `(gone before, how many at most)`.
    pub collect: &'static str,
    /// Every row that is collected one day: key and length of its value.
    pub passing: &'static str,
    /// `(from, to, now, how many at most)`: rows that are there, from the lowest key.
    ascending: &'static str,
    /// The same from the highest key.
    descending: &'static str,
}

impl Table {
    /// The table of a class.
    pub fn of(class: Class) -> &'static Self {
        match class {
            Class::Serial => &SERIAL,
            Class::Stamped => &STAMPED,
        }
    }

    /// The statement that scans in a direction.
    pub fn scan(&self, direction: Direction) -> &'static str {
        match direction {
            Direction::Ascending => self.ascending,
            Direction::Descending => self.descending,
        }
    }
}

macro_rules! table {
    ($name:literal) => {
        Table {
            find: concat!("SELECT stamp, value, gone_ms FROM ", $name, " WHERE key = ?1"),
            write: concat!(
                "INSERT INTO ",
                $name,
                " (key, stamp, value, gone_ms) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (key) DO UPDATE",
                " SET stamp = excluded.stamp, value = excluded.value, gone_ms = excluded.gone_ms"
            ),
            remove: concat!("DELETE FROM ", $name, " WHERE key = ?1"),
            collect: concat!(
                "DELETE FROM ",
                $name,
                " WHERE key IN (SELECT key FROM ",
                $name,
                " WHERE gone_ms <= ?1 ORDER BY gone_ms LIMIT ?2)"
            ),
            passing: concat!(
                "SELECT key, length(value) FROM ",
                $name,
                " INDEXED BY ",
                $name,
                "_gone WHERE gone_ms IS NOT NULL"
            ),
            ascending: table!(@scan $name, "ASC"),
            descending: table!(@scan $name, "DESC"),
        }
    };
    (@scan $name:literal, $order:literal) => {
        concat!(
            "SELECT stamp, value, gone_ms, key FROM ",
            $name,
            " WHERE key >= ?1 AND key < ?2 AND value IS NOT NULL AND (gone_ms IS NULL OR gone_ms > ?3)",
            " ORDER BY key ",
            $order,
            " LIMIT ?4"
        )
    };
}

static SERIAL: Table = table!("serial");
static STAMPED: Table = table!("stamped");

/// The first three columns of [`Table::find`] and the scans.
pub fn held_of<'r>(row: &'r rusqlite::Row<'_>) -> rusqlite::Result<Held<'r>> {
    let value = match row.get_ref(1)? {
        ValueRef::Null => None,
        value => Some(value.as_blob()?),
    };
    let gone_ms: Option<i64> = row.get(2)?;
    Ok(Held { stamp: Stamp(row.get::<_, i64>(0)? as u64), value, gone_ms: gone_ms.map(|gone_ms| gone_ms as u64) })
}
