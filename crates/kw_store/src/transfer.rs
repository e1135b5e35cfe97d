//! Export and import: all rows of some families as a stream of checked blocks, by sweep. Backup, and the way between
//! engines.
//!
//! The format is described in `docs/export-format.md`. Counts are not in the stream: whoever imports counts anew. What was
//! deleted or has expired is not in it either. The stream shows each page of rows as it was when it was read; for all of
//! them as of one moment, nobody may write meanwhile.

mod export;
mod frame;
mod import;
mod read;

pub use export::{ExportSource, ResumePoint, export, find_resume_point};
pub use frame::{FORMAT, FamilyEntry, Header, RowsBlock};
pub use import::{Import, find_family_with_rows, import};
pub use read::{Content, Reader, Sums, verify};

use crate::StoreError;

/// How far an export or an import has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Rows written or read so far, those of an earlier run included.
    pub rows: u64,
    /// Bytes of the stream so far.
    pub bytes: u64,
    /// The name of the family that is at work.
    pub family: &'static str,
}

/// Why an export or an import ended early.
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    /// The store failed. What was done stays done; resume or repeat.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file could not be read or written.
    #[error("the export file cannot be read or written: {0}")]
    Io(#[from] std::io::Error),
    /// Not an export.
    #[error("this is not an export of Kittiwake")]
    NotAnExport,
    /// An export of a later version.
    #[error(
        "this export has format {found} and this build knows formats up to {FORMAT}; use the version of Kittiwake that wrote it, or a later one"
    )]
    Newer {
        /// The format of the file.
        found: u16,
    },
    /// The stream is not what was written.
    #[error("the export is damaged at byte {at}: {why}. Nothing from there on was imported; use another copy")]
    Damaged {
        /// Where the damaged block begins.
        at: u64,
        /// What does not fit.
        why: String,
    },
    /// The stream ends before its trailer.
    #[error(
        "the export ends at byte {at} without its trailer: it was interrupted. Finish it with `kittiwake export --resume`"
    )]
    Incomplete {
        /// Where the last whole block ends.
        at: u64,
    },
    /// A family of the stream is not known here, or differs.
    #[error("the export holds rows of `{family}`, which this build {why}")]
    Family {
        /// The name of the family.
        family: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A stream that is to be resumed comes from elsewhere.
    #[error("the file to be resumed is another export: {0}. Choose another file")]
    Mismatch(String),
    /// A row of the stream could not be stored.
    #[error("the store refused rows of `{0}` that it was to take over")]
    Refused(&'static str),
}

#[cfg(test)]
mod tests;
