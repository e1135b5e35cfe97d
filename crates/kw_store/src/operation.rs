//! Operations: the writes of one use case, as steps over partitions.
//!
//! Only the first step can be refused; it holds the row that decides. Everything after it is ensured: applied again, in
//! any order, it has the same effect.

use std::collections::BTreeSet;

use crate::{Bytes, Class, Partition, Stamp, StoreError, limit};

/// Which operation: 128 random bits. Performing the same id twice is performing it once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperationId(pub u128);

/// The writes of one use case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Which one.
    pub id: OperationId,
    /// The stamp of every row it writes, minted once and unchanged by retries.
    pub stamp: Stamp,
    /// The latest moment at which an engine may begin it, in milliseconds since 1970.
    pub not_after_ms: u64,
    /// What it writes: one batch a partition, the deciding one first.
    pub steps: Vec<Batch>,
}

/// Writes on one partition, which happen together or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Where.
    pub partition: Partition,
    /// What. Each row key at most once.
    pub changes: Vec<Change>,
}

/// One row's write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which row of the partition.
    pub key: Bytes,
    /// What to store, or `None` to delete.
    pub put: Option<Put>,
    /// What must hold of the row before.
    pub condition: Condition,
    /// A stamp of the row's own kind, in place of the operation's.
    pub stamp: Option<Stamp>,
}

/// What to store in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Put {
    /// The bytes.
    pub value: Bytes,
    /// From when on the row is no longer there, in milliseconds since 1970.
    pub expires_ms: Option<u64>,
}

/// What must hold of a row for its write to happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// First step of a Serial family: there is no such row (never was, deleted or expired). Also a conflict when what is
    /// left of a deleted or expired row has a stamp that is not below the write's.
    Absent,
    /// First step of a Serial family: the row is there and carries this stamp, as it was read. Also a conflict when that
    /// stamp is not below the write's: a row's stamp never falls.
    Is(Stamp),
    /// The write's stamp is greater than the row's, deleted and expired rows included; otherwise the row stays as it is,
    /// which is no conflict. Everything in later steps and in Stamped families.
    Newer,
}

impl Operation {
    /// Refuses what no engine may accept: too many rows or bytes, a row named twice (steps may be applied in any order,
    /// so the second write would be lost), the count row, a condition outside the first step or in a Stamped family, a
    /// counted row that expires. Every engine calls it first.
    pub fn check(&self) -> Result<(), StoreError> {
        let invalid = |why: String| Err(StoreError::Invalid(why));
        if self.steps.is_empty() || self.steps.len() > limit::STEPS_MAX {
            return invalid(format!("an operation has 1 to {} steps, this one {}", limit::STEPS_MAX, self.steps.len()));
        }
        if self.stamp.0 > limit::TIME_MAX {
            return invalid("the stamp is too great to be stored".to_owned());
        }
        let mut bytes = 0;
        let mut rows = BTreeSet::new();
        for (index, batch) in self.steps.iter().enumerate() {
            match batch.check(index == 0, &mut rows) {
                Ok(of_step) => bytes += of_step,
                Err(why) => {
                    return invalid(format!("step {index} on `{}`: {why}", batch.partition.family.name));
                }
            }
        }
        if bytes > limit::OPERATION_BYTES_MAX {
            return invalid(format!("an operation has at most {} bytes, this one {bytes}", limit::OPERATION_BYTES_MAX));
        }
        Ok(())
    }

    /// The stamp that `change` writes with.
    pub fn stamp_of(&self, change: &Change) -> Stamp {
        change.stamp.unwrap_or(self.stamp)
    }
}

/// A row, wherever it is: family, partition key, row key.
type RowAddress<'a> = (u16, &'a Bytes, &'a Bytes);

impl Batch {
    /// The bytes of its keys and values, or why no engine accepts this step.
    fn check<'a>(&'a self, is_first: bool, rows: &mut BTreeSet<RowAddress<'a>>) -> Result<usize, String> {
        let Partition { family, key: partition_key } = &self.partition;
        if self.changes.is_empty() || self.changes.len() > limit::STEP_ROWS_MAX {
            return Err(format!("a step has 1 to {} rows, this one {}", limit::STEP_ROWS_MAX, self.changes.len()));
        }
        if partition_key.len() > limit::PARTITION_KEY_BYTES_MAX {
            return Err(format!("a partition key has at most {} bytes", limit::PARTITION_KEY_BYTES_MAX));
        }
        if family.counted && family.class == Class::Stamped {
            return Err("only Serial families count".to_owned());
        }
        let mut bytes = 0;
        for change in &self.changes {
            bytes += change.check(is_first, family.class, family.counted)?;
            if !rows.insert((family.id, partition_key, &change.key)) {
                return Err("one row is named twice".to_owned());
            }
        }
        if bytes > limit::STEP_BYTES_MAX {
            return Err(format!("a step has at most {} bytes, this one {bytes}", limit::STEP_BYTES_MAX));
        }
        Ok(bytes)
    }
}

impl Change {
    /// The bytes of key and value, or why no engine accepts this change.
    fn check(&self, is_first_step: bool, class: Class, counted: bool) -> Result<usize, String> {
        if self.key.is_empty() || self.key.len() > limit::ROW_KEY_BYTES_MAX {
            return Err(format!("a row key has 1 to {} bytes, this one {}", limit::ROW_KEY_BYTES_MAX, self.key.len()));
        }
        let value_bytes = self.put.as_ref().map_or(0, |put| put.value.len());
        if value_bytes > limit::VALUE_BYTES_MAX {
            return Err(format!("a value has at most {} bytes, this one {value_bytes}", limit::VALUE_BYTES_MAX));
        }
        if counted && self.put.as_ref().is_some_and(|put| put.expires_ms.is_some()) {
            return Err("rows of a counted family never expire".to_owned());
        }
        if self.put.as_ref().and_then(|put| put.expires_ms).is_some_and(|expires_ms| expires_ms > limit::TIME_MAX) {
            return Err("an expiry is too far in the future to be stored; for no expiry use none".to_owned());
        }
        if self.stamp.is_some_and(|stamp| stamp.0 > limit::TIME_MAX) {
            return Err("a stamp is too great to be stored".to_owned());
        }
        match (self.condition, class) {
            (Condition::Newer, _) => {}
            (_, Class::Stamped) => return Err("a Stamped family takes no conditions".to_owned()),
            (_, Class::Serial) if !is_first_step => {
                return Err("only the first step may be conditional".to_owned());
            }
            (_, Class::Serial) => {}
        }
        Ok(self.key.len() + value_bytes)
    }
}
