//! Rows and where they live: families with their class, partitions, ranges, pages.

use crate::{Bytes, StoreError};

/// When a row was written: microseconds since 1970, minted by a [`StampClock`](crate::StampClock). A row with a stamp of
/// its own kind (only `standing`: the ledger's index) uses the same field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Stamp(pub u64);

/// How concurrent writes of one row are settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// Unique, used once, counted or toggled by people. In an operation's first step every write is conditional; in its
    /// later steps a row changes iff the operation's stamp is greater than the row's.
    Serial,
    /// Written once, or by one writer, or by the ledger. The greater stamp wins whatever the order of arrival; on a tie
    /// the delete wins, then the greater bytes. Never conditional.
    Stamped,
}

/// A kind of rows. Declared once, in the catalogue of `kw_app`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Family {
    /// What engines store: unique, and never used again for something else.
    pub id: u16,
    /// What people read in messages, exports and the catalogue.
    pub name: &'static str,
    /// How concurrent writes are settled.
    pub class: Class,
    /// Whether each partition counts its rows. Only Serial families count, and their rows never expire.
    pub counted: bool,
}

/// Rows that are stored together, are ordered among themselves, and change atomically in one step.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Partition {
    /// The kind of rows in it.
    pub family: Family,
    /// Which one of that kind; at most [`PARTITION_KEY_BYTES_MAX`](crate::limit::PARTITION_KEY_BYTES_MAX) bytes.
    pub key: Bytes,
}

/// The row key of a partition's count, `#n` in the documents: the empty key, which no other row may have. Its value is
/// eight bytes, big-endian; its stamp is 0 and means nothing; there is none while the partition is empty. It is read with
/// `get`, kept by the engine, and never named by an operation.
pub const COUNT_KEY: Bytes = Bytes::new();

/// The count row of a partition with `count` rows. For engines.
pub fn count_row(count: u64) -> Row {
    let value = Bytes::copy_from_slice(&count.to_be_bytes());
    Row { key: COUNT_KEY, value, stamp: Stamp(0), expires_ms: None }
}

/// The count that a `get` of [`COUNT_KEY`] brought: 0 where there is no row.
pub fn count_in(row: Option<&Row>) -> Result<u64, StoreError> {
    let Some(row) = row else { return Ok(0) };
    let bytes = <[u8; 8]>::try_from(&row.value[..]);
    bytes.map(u64::from_be_bytes).map_err(|_| StoreError::Corrupt("a count row does not hold eight bytes".to_owned()))
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Where in its partition.
    pub key: Bytes,
    /// What was stored.
    pub value: Bytes,
    /// When it was stored.
    pub stamp: Stamp,
    /// From when on it is no longer there, in milliseconds since 1970.
    pub expires_ms: Option<u64>,
}

/// A range of row keys: from `from` (inclusive) to `to` (exclusive). `None` is no bound on that side.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Range {
    /// The lowest key in the range.
    pub from: Option<Bytes>,
    /// The lowest key above the range.
    pub to: Option<Bytes>,
}

impl Range {
    /// Every key that begins with `prefix`.
    pub fn prefix(prefix: &[u8]) -> Self {
        let mut end = prefix.to_vec();
        while let Some(last) = end.pop() {
            if last < u8::MAX {
                end.push(last + 1);
                break;
            }
        }
        let to = if end.is_empty() { None } else { Some(Bytes::from(end)) };
        Self { from: Some(Bytes::copy_from_slice(prefix)), to }
    }

    /// Whether `key` lies in the range.
    pub fn contains(&self, key: &[u8]) -> bool {
        self.from.as_ref().is_none_or(|from| key >= &from[..]) && self.to.as_ref().is_none_or(|to| key < &to[..])
    }
}

/// From which end of a range a scan begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From the lowest key upwards.
    Ascending,
    /// From the highest key downwards.
    Descending,
}

/// What a scan returns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// The rows, in the direction of the scan.
    pub rows: Vec<Row>,
    /// Whether the range holds more rows beyond the last of these.
    pub more: bool,
}

/// A row and the key of its partition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SweptRow {
    /// The key of the row's partition.
    pub partition: Bytes,
    /// The row.
    pub row: Row,
}

/// What a sweep returns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SweepPage {
    /// The rows.
    pub rows: Vec<SweptRow>,
    /// Where the next page begins; `None` after the last.
    pub next: Option<Bytes>,
}
