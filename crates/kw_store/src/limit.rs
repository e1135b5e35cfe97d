//! The bounds of the contract. Engines enforce them alike, so that nothing which works on one fails on another.

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
/// Keys in one `get`.
pub const GET_KEYS_MAX: usize = 1_000;
/// Rows in one page of a scan or a sweep.
pub const SCAN_ROWS_MAX: usize = 1_000;
/// Keys and values of one page of a scan, in bytes.
pub const SCAN_BYTES_MAX: usize = 256 * 1024;
/// How long after its stamp an operation may still be started, in milliseconds.
pub const NOT_AFTER_MS: u64 = 5_000;
/// How long a deleted row's stamp is kept before it may be collected, in milliseconds.
pub const TOMBSTONE_MS: u64 = 24 * 60 * 60 * 1_000;
