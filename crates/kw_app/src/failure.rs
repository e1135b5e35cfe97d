//! What a use case can end in besides success: a refusal, which is an expected no, or a failure, which is trouble.

use kw_domain::refusal::{Kind, Refusal};
use kw_domain::visibility::Hidden;
use kw_store::StoreError;

/// Why a use case did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// An expected no, with a public sentence. Nothing changed.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The row that decides changed while we decided. [`retry`] begins again; only it should see this.
    #[error("somebody else changed the same thing at the same time")]
    Conflict,
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A stored row cannot be read as what was written.
    #[error("a row of `{family}` cannot be read: {why}")]
    Damaged {
        /// The row's family.
        family: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// Work outside the store failed: a mail server, a remote page, a picture.
    #[error("{0}")]
    Outside(String),
}

impl From<Hidden> for Failure {
    fn from(hidden: Hidden) -> Self {
        Self::Refused(refusal_of(hidden))
    }
}

/// What a hidden thing is refused as. Only an account's own page and sign-in tell the kinds apart.
pub fn refusal_of(hidden: Hidden) -> Refusal {
    match hidden {
        Hidden::Missing => Refusal::missing(),
        Hidden::Deactivated => Refusal::new(Kind::Deactivated, "deactivated", "Record not found"),
        Hidden::Unavailable => Refusal::new(Kind::Unavailable, "unavailable", "Record not found"),
    }
}

/// How often a use case begins again after a conflict.
const ATTEMPTS_MAX: usize = 4;

/// Runs `attempt` (load, decide, perform) again while its deciding row changes under it, or while it waits too long to
/// be begun; three more times, then that stands and the edge answers 503.
pub async fn retry<T, F, Fut>(mut attempt: F) -> Result<T, Failure>
where
    F: FnMut() -> Fut,
    Fut: Future<Output = Result<T, Failure>>,
{
    let mut outcome = attempt().await;
    for _ in 1..ATTEMPTS_MAX {
        if !matches!(outcome, Err(Failure::Conflict | Failure::Store(StoreError::TooLate))) {
            break;
        }
        outcome = attempt().await;
    }
    outcome
}
