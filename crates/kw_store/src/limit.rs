//! The bounds of the contract. Engines enforce them alike, so that nothing which works on one fails on another.

use crate::{Bytes, Partition, StoreError};

/// Rows in one step of an operation.
pub const STEP_ROWS_MAX: usize = 64;
/// Keys and values of one step together, in bytes.
pub const STEP_BYTES_MAX: usize = 512 * 1024;
/// Steps in one operation.
pub const STEPS_MAX: usize = 64;
/// One row key, in bytes.
pub const ROW_KEY_BYTES_MAX: usize = 256;
/// One partition key, in bytes.
pub const PARTITION_KEY_BYTES_MAX: usize = 256;
/// One value, in bytes.
pub const VALUE_BYTES_MAX: usize = 256 * 1024;
/// Keys and values of all steps of one operation together, in bytes: what one transaction of an engine can hold.
pub const OPERATION_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Keys in one `get`.
pub const GET_KEYS_MAX: usize = 1_000;
/// Rows in one page of a scan or a sweep.
pub const SCAN_ROWS_MAX: usize = 1_000;
/// Keys and values of one page of a scan, in bytes.
pub const SCAN_BYTES_MAX: usize = 256 * 1024;
/// The greatest stamp and the latest expiry: what a signed 64-bit column holds.
pub const TIME_MAX: u64 = i64::MAX as u64;
/// How long after its stamp an operation may still be started, in milliseconds.
pub const NOT_AFTER_MS: u64 = 5_000;
/// How long the stamp of a deleted or expired row is kept before it may be collected, in milliseconds.
pub const TOMBSTONE_MS: u64 = 24 * 60 * 60 * 1_000;

/// Refuses a partition whose key is too long. Every engine calls it (or [`check_get`]) before it reads.
pub fn check_partition(partition: &Partition) -> Result<(), StoreError> {
    if partition.key.len() > PARTITION_KEY_BYTES_MAX {
        return Err(StoreError::Invalid(format!("a partition key has at most {PARTITION_KEY_BYTES_MAX} bytes")));
    }
    Ok(())
}

/// Refuses a `get` of too many keys or of keys that no row can have.
pub fn check_get(partition: &Partition, keys: &[Bytes]) -> Result<(), StoreError> {
    check_partition(partition)?;
    if keys.len() > GET_KEYS_MAX {
        return Err(StoreError::Invalid(format!("a get names at most {GET_KEYS_MAX} keys, this one {}", keys.len())));
    }
    if keys.iter().any(|key| key.len() > ROW_KEY_BYTES_MAX) {
        return Err(StoreError::Invalid(format!("a row key has at most {ROW_KEY_BYTES_MAX} bytes")));
    }
    Ok(())
}
