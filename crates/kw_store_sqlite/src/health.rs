//! What the engine says when SQLite fails, and the poison that stops it when it no longer knows what is on disk.

use std::sync::OnceLock;

use kw_store::StoreError;
use rusqlite::ErrorCode;

/// Whether the engine may still be used.
#[derive(Debug, Default)]
pub struct Health(OnceLock<String>);

impl Health {
    /// Refuses once the engine is poisoned.
    pub fn check(&self) -> Result<(), StoreError> {
        self.0.get().map_or(Ok(()), |why| Err(StoreError::Unavailable(why.clone())))
    }

    /// Stops the engine for good: a commit failed, and whether it reached the disk is only known after a new start, which
    /// reads the log from the disk instead of from memory.
    pub fn poison(&self, error: &rusqlite::Error) -> StoreError {
        let why = format!(
            "a write to the data directory failed ({error}) and it is not known whether it reached the disk. Nothing that \
             was acknowledged is lost. Check the disk, then start Kittiwake again"
        );
        tracing::error!(%error, "the store stopped: a commit failed with an unknown result");
        StoreError::Unavailable(self.0.get_or_init(|| why).clone())
    }
}

/// The public form of an error after which nothing was changed.
pub fn explain(error: &rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            StoreError::Corrupt(format!("{error}. Run `kittiwake doctor`, or restore a backup"))
        }
        Some(ErrorCode::DiskFull) => StoreError::Unavailable(
            "the disk that holds the data directory is full; make room and try again".to_owned(),
        ),
        _ => StoreError::Unavailable(error.to_string()),
    }
}

/// Whether a commit that failed with `error` surely did not happen. A full disk is noticed before the record that would
/// make the transaction valid is whole; of any other failure nothing is known.
pub fn surely_undone(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DiskFull | ErrorCode::DatabaseBusy))
}
