//! What a command can fail with: one sentence for the person at the terminal that says what to do next.

use std::fmt::Display;

use kw_app::failure::Failure;
use kw_store::StoreError;
use kw_store::transfer::TransferError;
use kw_store_sqlite::OpenError;

use crate::config::ConfigError;

/// Why a command did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The configuration cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The data directory cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A use case refused or failed.
    #[error(transparent)]
    UseCase(#[from] Failure),
    /// The engine failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An export or an import ended early.
    #[error(transparent)]
    Transfer(#[from] TransferError),
    /// The system said no.
    #[error("{what}: {error}")]
    Io {
        /// What was tried.
        what: String,
        /// What the system said.
        error: std::io::Error,
    },
    /// Anything else, in a sentence.
    #[error("{0}")]
    Said(String),
}

impl CommandError {
    /// An error that is its sentence.
    pub fn said(sentence: impl Into<String>) -> Self {
        Self::Said(sentence.into())
    }

    /// Says what was tried when the system said no.
    pub fn io(what: impl Display) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.to_string();
        move |error| Self::Io { what, error }
    }

    /// The status that the process ends with: 2 for what was asked wrongly, 1 for what went wrong.
    pub const fn status(&self) -> u8 {
        if matches!(self, Self::Config(_)) { 2 } else { 1 }
    }
}
