//! The seam between Kittiwake and its database: ordered rows in partitions, and four calls.
//!
//! A row lives at `(family, partition, row key)` and rows are ordered by row key inside their partition. A [`Store`] can
//! [`get`](Store::get) rows of one partition, [`scan`](Store::scan) a range of one partition, [`perform`](Store::perform)
//! one operation over several partitions, and [`sweep`](Store::sweep) a whole family in no particular order.
//!
//! Deliberately absent: indexes, joins, counter columns, reads across partitions, callbacks, and anything that knows what
//! a row means. Engines implement [`Store`]; [`conformance`] holds the suite that every one of them passes; [`mem`] is the
//! reference model and [`fault`] wraps any engine in seeded faults.

pub mod bulk;
pub mod clock;
pub mod conformance;
pub mod fault;
pub mod judge;
pub mod limit;
pub mod mem;
pub mod operation;
pub mod page;
pub mod row;
pub mod transfer;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

pub use bytes::Bytes;
pub use clock::{Clock, ManualClock, StampClock, SystemClock};
pub use operation::{Batch, Change, Condition, Operation, OperationId, Put};
pub use row::{COUNT_KEY, Class, Direction, Family, Page, Partition, Range, Row, Stamp, SweepPage, SweptRow, count_in};

/// What every call of a [`Store`] returns.
pub type StoreFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// A store behind a pointer, as the rest of Kittiwake holds it.
pub type SharedStore = Arc<dyn Store>;

/// Ordered rows in partitions.
///
/// Rows whose expiry has passed, by the clock the engine was built with, and rows that were deleted are never returned.
pub trait Store: Send + Sync + std::fmt::Debug + 'static {
    /// The rows at `keys` of one partition, in the order of `keys`; `None` where there is none.
    /// At most [`limit::GET_KEYS_MAX`] keys.
    fn get<'a>(&'a self, partition: &'a Partition, keys: &'a [Bytes]) -> StoreFuture<'a, Vec<Option<Row>>>;

    /// Up to `rows_max` rows of `range`, from its low or its high end. The page is also cut at
    /// [`limit::SCAN_ROWS_MAX`] rows and [`limit::SCAN_BYTES_MAX`] bytes (though never below one row), and says whether
    /// more rows follow. The partition's count row is never among them.
    fn scan<'a>(
        &'a self,
        partition: &'a Partition,
        range: &'a Range,
        direction: Direction,
        rows_max: usize,
    ) -> StoreFuture<'a, Page>;

    /// Performs `operation`: all of it, or, when a condition of its first step does not hold, nothing of it.
    ///
    /// `Done` is only said when the operation is durable. Repeating an operation with the same id returns the outcome it
    /// had and changes nothing.
    fn perform<'a>(&'a self, operation: &'a Operation) -> StoreFuture<'a, Outcome>;

    /// Some rows of a whole family, partition by partition, in no particular order of partitions, count rows included
    /// (their key is empty). `token` is where an earlier page ended; the last page carries none. Never used to answer a
    /// request.
    fn sweep<'a>(&'a self, family: Family, token: Option<&'a [u8]>, rows_max: usize) -> StoreFuture<'a, SweepPage>;
}

/// What became of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub enum Outcome {
    /// All of it happened, durably.
    Done,
    /// A condition of the first step did not hold and nothing happened. Holds the stamp of each row that stood in the
    /// way (`None`: a row was expected and there is none), so that the caller's clock can move above it.
    Conflict(Vec<(Bytes, Option<Stamp>)>),
}

/// Why a call could not be answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The engine could not be reached or could not say in time. An operation may or may not have happened; performing
    /// it again with the same id settles that.
    #[error("the store is unavailable: {0}")]
    Unavailable(String),
    /// The operation was not started before its `not_after` and will never happen.
    #[error("the operation waited longer than it may and was not performed")]
    TooLate,
    /// The call breaks the contract: a limit, a class, a key named twice. A defect of the caller; nothing happened.
    #[error("the store refuses this call: {0}")]
    Invalid(String),
    /// What is on disk cannot be read as what was written.
    #[error("the store is damaged: {0}")]
    Corrupt(String),
}
