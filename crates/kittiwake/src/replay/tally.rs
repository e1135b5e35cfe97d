//! A store that counts the rows that pass through it, by family: what hiding an account wrote is then known and not claimed.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use kw_app::context::Stores;
use kw_store::{
    Bytes, Change, Direction, Family, Operation, Outcome, Page, Partition, Range, Row, SharedStore, Store, StoreFuture,
    SweepPage,
};

/// Rows by the name of their family.
pub type Rows = BTreeMap<&'static str, u64>;

/// What was written since somebody last asked.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    rows: Arc<Mutex<Rows>>,
    bytes: Arc<AtomicU64>,
}

impl Tally {
    /// Puts a counter round each database.
    pub fn around(&self, stores: Stores) -> Stores {
        let counting = |inner| -> SharedStore { Arc::new(Counting { inner, tally: self.clone() }) };
        Stores { network: counting(stores.network), ledger: counting(stores.ledger), keys: counting(stores.keys) }
    }

    /// What was written since this was last asked.
    pub fn take(&self) -> Rows {
        std::mem::take(&mut self.rows.lock().expect("no holder of this lock panics"))
    }

    /// How many bytes of keys and values that was, since this was last asked.
    pub fn take_bytes(&self) -> u64 {
        self.bytes.swap(0, Ordering::Relaxed)
    }

    fn count(&self, operation: &Operation) {
        let mut rows = self.rows.lock().expect("no holder of this lock panics");
        for step in &operation.steps {
            *rows.entry(step.partition.family.name).or_default() += step.changes.len() as u64;
            let of = |change: &Change| change.key.len() + change.put.as_ref().map_or(0, |put| put.value.len());
            let bytes: usize = step.changes.iter().map(of).sum();
            self.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
        }
    }
}

#[derive(Debug)]
struct Counting {
    inner: SharedStore,
    tally: Tally,
}

impl Store for Counting {
    fn get<'a>(&'a self, partition: &'a Partition, keys: &'a [Bytes]) -> StoreFuture<'a, Vec<Option<Row>>> {
        self.inner.get(partition, keys)
    }

    fn scan<'a>(
        &'a self,
        partition: &'a Partition,
        range: &'a Range,
        direction: Direction,
        rows_max: usize,
    ) -> StoreFuture<'a, Page> {
        self.inner.scan(partition, range, direction, rows_max)
    }

    fn perform<'a>(&'a self, operation: &'a Operation) -> StoreFuture<'a, Outcome> {
        self.tally.count(operation);
        self.inner.perform(operation)
    }

    fn sweep<'a>(&'a self, family: Family, token: Option<&'a [u8]>, rows_max: usize) -> StoreFuture<'a, SweepPage> {
        self.inner.sweep(family, token, rows_max)
    }
}
