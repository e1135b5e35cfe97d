//! One operation, inside the writer's open transaction: its conditions first, then all of its writes.

use kw_store::judge::{Held, Verdict, judge};
use kw_store::limit::TOMBSTONE_MS;
use kw_store::{Batch, Change, Class, Operation, Outcome, Partition, Stamp, row};
use rusqlite::{Connection, OptionalExtension, params};

use crate::key;
use crate::table::{Table, held_of};

/// How many rows one round of collection removes from a table: few enough that no post waits for it.
pub const COLLECTED_MAX: usize = 256;

/// Performs operations on the connection of an open transaction, at one moment.
#[derive(Debug)]
pub struct Applier<'c> {
    connection: &'c Connection,
    now_ms: u64,
}

impl<'c> Applier<'c> {
    /// An applier on `connection`, on which a transaction is open.
    pub fn new(connection: &'c Connection, now_ms: u64) -> Self {
        Self { connection, now_ms }
    }

    /// Writes all of `operation`, or nothing when its first step is refused.
    pub fn perform(&self, operation: &Operation) -> rusqlite::Result<Outcome> {
        let refusals = self.refusals(operation, &operation.steps[0])?;
        if !refusals.is_empty() {
            return Ok(Outcome::Conflict(refusals));
        }
        for step in &operation.steps {
            self.apply(operation, step)?;
        }
        Ok(Outcome::Done)
    }

    /// Removes rows that have been gone for long enough; how many there were.
    ///
    /// Counts are not touched: rows that count never expire, and a deleted row stopped counting when it was deleted.
    pub fn collect(&self) -> rusqlite::Result<usize> {
        let before_ms = self.now_ms.saturating_sub(TOMBSTONE_MS) as i64;
        let mut removed = 0;
        for class in [Class::Serial, Class::Stamped] {
            let mut statement = self.connection.prepare_cached(Table::of(class).collect)?;
            removed += statement.execute(params![before_ms, COLLECTED_MAX as i64])?;
        }
        Ok(removed)
    }

    fn refusals(&self, operation: &Operation, step: &Batch) -> rusqlite::Result<Vec<(kw_store::Bytes, Option<Stamp>)>> {
        let prefix = key::of_partition(step.partition.family.id, &step.partition.key);
        let mut refusals = Vec::new();
        // Rows that only ask to be newer are never refused, and are read once, when they are written.
        for change in step.changes.iter().filter(|change| change.condition != kw_store::Condition::Newer) {
            let stamp = operation.stamp_of(change);
            if let Verdict::Refused(by) = self.judge(step.partition.family.class, &prefix, change, stamp)? {
                refusals.push((change.key.clone(), by));
            }
        }
        Ok(refusals)
    }

    fn apply(&self, operation: &Operation, step: &Batch) -> rusqlite::Result<()> {
        let family = step.partition.family;
        let prefix = key::of_partition(family.id, &step.partition.key);
        let mut added = 0_i64;
        for change in &step.changes {
            let stamp = operation.stamp_of(change);
            if let Verdict::Write { was_present } = self.judge(family.class, &prefix, change, stamp)? {
                self.write(family.class, &prefix, change, stamp)?;
                added += i64::from(change.put.is_some()) - i64::from(was_present);
            }
        }
        if family.counted && added != 0 {
            self.add_to_count(&step.partition, &prefix, added)?;
        }
        Ok(())
    }

    fn judge(&self, class: Class, prefix: &[u8], change: &Change, stamp: Stamp) -> rusqlite::Result<Verdict> {
        let mut statement = self.connection.prepare_cached(Table::of(class).find)?;
        let mut rows = statement.query(params![key::join(prefix, &change.key)])?;
        let held: Option<Held<'_>> = rows.next()?.map(held_of).transpose()?;
        Ok(judge(change, stamp, class, held, self.now_ms))
    }

    fn write(&self, class: Class, prefix: &[u8], change: &Change, stamp: Stamp) -> rusqlite::Result<()> {
        let (value, gone_ms) = match &change.put {
            Some(put) => (Some(&put.value[..]), put.expires_ms),
            None => (None, Some(self.now_ms)),
        };
        let mut statement = self.connection.prepare_cached(Table::of(class).write)?;
        let gone_ms = gone_ms.map(|gone_ms| gone_ms as i64);
        statement.execute(params![key::join(prefix, &change.key), stamp.0 as i64, value, gone_ms])?;
        Ok(())
    }

    fn add_to_count(&self, partition: &Partition, prefix: &[u8], added: i64) -> rusqlite::Result<()> {
        let table = Table::of(partition.family.class);
        let mut find = self.connection.prepare_cached(table.find)?;
        let held: Option<[u8; 8]> = find.query_row(params![prefix], |row| row.get(1)).optional()?;
        let count = held.map_or(0, u64::from_be_bytes).saturating_add_signed(added);
        if count == 0 {
            self.connection.prepare_cached(table.remove)?.execute(params![prefix])?;
            return Ok(());
        }
        let count = row::count_row(count);
        let mut write = self.connection.prepare_cached(table.write)?;
        write.execute(params![prefix, count.stamp.0 as i64, &count.value[..], None::<i64>])?;
        Ok(())
    }
}
