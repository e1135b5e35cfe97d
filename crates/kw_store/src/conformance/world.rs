//! A store under test, with a clock and stamps, and short words for rows and operations.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::limit::{NOT_AFTER_MS, SCAN_ROWS_MAX};
use crate::{
    Batch, Bytes, COUNT_KEY, Change, Class, Clock, Condition, Direction, Family, ManualClock, Operation, OperationId,
    Outcome, Page, Partition, Put, Range, Row, SharedStore, Stamp, StampClock, StoreError, SweptRow, count_in,
};

/// Rows that are toggled.
pub const SERIAL: Family = Family { id: 7, name: "serial rows", class: Class::Serial, counted: false };
/// Rows that are toggled and counted. Its id takes more than one byte wherever ids are written short.
pub const COUNTED: Family = Family { id: 300, name: "counted rows", class: Class::Serial, counted: true };
/// Rows for which the greater stamp wins.
pub const STAMPED: Family = Family { id: 8, name: "stamped rows", class: Class::Stamped, counted: false };
/// The three of them.
pub const FAMILIES: [Family; 3] = [SERIAL, COUNTED, STAMPED];

/// Where the clock of every world begins: a time of day of 2017.
const BEGIN_MICROS: u64 = 1_509_642_000_000_000;
/// How often an operation is performed again before its engine is taken to be down.
const TRIES_MAX: usize = 200;

/// A store under test.
#[derive(Debug)]
pub struct World {
    /// The store.
    pub store: SharedStore,
    /// Its clock.
    pub clock: Arc<ManualClock>,
    stamps: StampClock,
    ids: AtomicU64,
}

impl World {
    /// A world with a fresh store.
    pub fn new(builder: impl Fn(Arc<ManualClock>) -> SharedStore) -> Self {
        let clock = Arc::new(ManualClock::at_micros(BEGIN_MICROS));
        Self { store: builder(Arc::clone(&clock)), clock, stamps: StampClock::default(), ids: AtomicU64::new(1) }
    }

    /// A new stamp, above all before it.
    pub fn stamp(&self) -> Stamp {
        self.stamps.mint(self.clock.now_micros())
    }

    /// Moves stamps above one that was read.
    pub fn observe(&self, stamp: Stamp) {
        self.stamps.observe(stamp);
    }

    /// A new operation with a new stamp.
    pub fn operation(&self, steps: Vec<Batch>) -> Operation {
        self.operation_at(self.stamp(), steps)
    }

    /// A new operation with a given stamp.
    pub fn operation_at(&self, stamp: Stamp, steps: Vec<Batch>) -> Operation {
        let id = OperationId(u128::from(self.ids.fetch_add(1, Ordering::SeqCst)));
        Operation { id, stamp, not_after_ms: self.clock.now_millis() + NOT_AFTER_MS, steps }
    }

    /// Performs an operation, again and again while the store is unavailable.
    pub async fn perform(&self, operation: &Operation) -> Result<Outcome, StoreError> {
        perform(&self.store, operation).await
    }

    /// Performs an operation that must succeed.
    pub async fn done(&self, operation: &Operation) {
        assert_eq!(self.perform(operation).await, Ok(Outcome::Done));
    }

    /// Performs one batch that must succeed, and tells its stamp.
    pub async fn write(&self, partition: &Partition, changes: Vec<Change>) -> Stamp {
        let operation = self.operation(vec![batch(partition, changes)]);
        self.done(&operation).await;
        operation.stamp
    }

    /// Performs one batch that must succeed, with a given stamp.
    pub async fn write_at(&self, stamp: u64, partition: &Partition, changes: Vec<Change>) {
        self.done(&self.operation_at(Stamp(stamp), vec![batch(partition, changes)])).await;
    }

    /// The row at a key.
    pub async fn row(&self, partition: &Partition, key: &str) -> Option<Row> {
        get(&self.store, partition, &[bytes(key)]).await.remove(0)
    }

    /// The value at a key, as text.
    pub async fn value(&self, partition: &Partition, key: &str) -> Option<String> {
        self.row(partition, key).await.map(|row| String::from_utf8_lossy(&row.value).into_owned())
    }

    /// All rows of a partition, from the lowest key.
    pub async fn rows(&self, partition: &Partition) -> Vec<Row> {
        scan_all(&self.store, partition, Direction::Ascending, SCAN_ROWS_MAX).await
    }

    /// A page.
    pub async fn page(&self, partition: &Partition, range: &Range, direction: Direction, rows_max: usize) -> Page {
        scan(&self.store, partition, range, direction, rows_max).await
    }

    /// The count of a partition.
    pub async fn count(&self, partition: &Partition) -> u64 {
        let found = get(&self.store, partition, &[COUNT_KEY]).await.remove(0);
        count_in(found.as_ref()).expect("a count row holds a count")
    }
}

/// Performs an operation, again and again while the store is unavailable.
pub async fn perform(store: &SharedStore, operation: &Operation) -> Result<Outcome, StoreError> {
    for _ in 1..TRIES_MAX {
        match store.perform(operation).await {
            Err(StoreError::Unavailable(_)) => {}
            settled => return settled,
        }
    }
    store.perform(operation).await
}

/// Asks `read` until the store is available; any other error is a failure of the case.
macro_rules! until_available {
    ($read:expr) => {{
        let mut tries = 0;
        loop {
            match $read.await {
                Err(StoreError::Unavailable(_)) if tries < TRIES_MAX => tries += 1,
                read => break read.expect("a call within the limits is answered"),
            }
        }
    }};
}

/// The rows at some keys.
pub async fn get(store: &SharedStore, partition: &Partition, keys: &[Bytes]) -> Vec<Option<Row>> {
    let found = until_available!(store.get(partition, keys));
    assert_eq!(found.len(), keys.len(), "a get answers for each key");
    found
}

/// A page of a scan.
pub async fn scan(
    store: &SharedStore,
    partition: &Partition,
    range: &Range,
    direction: Direction,
    rows_max: usize,
) -> Page {
    until_available!(store.scan(partition, range, direction, rows_max))
}

/// All rows of a partition, page by page, each page beginning where the last one ended.
pub async fn scan_all(store: &SharedStore, partition: &Partition, direction: Direction, rows_max: usize) -> Vec<Row> {
    let (mut rows, mut range) = (Vec::new(), Range::default());
    loop {
        let page = scan(store, partition, &range, direction, rows_max).await;
        assert!(page.rows.len() <= rows_max, "a page has no more rows than were asked for");
        assert!(!(page.more && page.rows.is_empty()), "a page that others follow is not empty");
        rows.extend(page.rows);
        let Some(last) = rows.last().filter(|_| page.more) else { return rows };
        match direction {
            Direction::Ascending => range.from = Some(just_above(&last.key)),
            Direction::Descending => range.to = Some(last.key.clone()),
        }
    }
}

/// All rows of a family.
pub async fn sweep_all(store: &SharedStore, family: Family, rows_max: usize) -> Vec<SweptRow> {
    let (mut rows, mut token) = (Vec::new(), None::<Bytes>);
    loop {
        let page = until_available!(store.sweep(family, token.as_deref(), rows_max));
        assert!(page.rows.len() <= rows_max, "a page has no more rows than were asked for");
        rows.extend(page.rows);
        token = page.next;
        if token.is_none() {
            return rows;
        }
    }
}

/// The lowest key above `key`.
pub fn just_above(key: &[u8]) -> Bytes {
    Bytes::from([key, &[0]].concat())
}

/// Text as bytes.
pub fn bytes(text: &str) -> Bytes {
    Bytes::copy_from_slice(text.as_bytes())
}

/// A partition with a readable key.
pub fn partition(family: Family, key: &str) -> Partition {
    Partition { family, key: bytes(key) }
}

/// A step.
pub fn batch(partition: &Partition, changes: Vec<Change>) -> Batch {
    Batch { partition: partition.clone(), changes }
}

/// Stores text in a row if it is newer than what is there.
pub fn put(key: &str, value: &str) -> Change {
    let put = Some(Put { value: bytes(value), expires_ms: None });
    Change { key: bytes(key), put, condition: Condition::Newer, stamp: None }
}

/// Deletes a row if that is newer than what is there.
pub fn delete(key: &str) -> Change {
    Change { key: bytes(key), put: None, condition: Condition::Newer, stamp: None }
}

impl Change {
    /// The same under a condition.
    pub(super) fn when(mut self, condition: Condition) -> Self {
        self.condition = condition;
        self
    }

    /// The same with an expiry.
    pub(super) fn until(mut self, expires_ms: u64) -> Self {
        if let Some(put) = &mut self.put {
            put.expires_ms = Some(expires_ms);
        }
        self
    }
}
