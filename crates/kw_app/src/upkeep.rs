//! What follows a write and may fail without taking it back.

use crate::failure::Failure;

/// Notes in the log that looking after a list failed: the next write of that list looks again.
pub(crate) fn tended(outcome: Result<(), Failure>) {
    if let Err(failure) = outcome {
        tracing::warn!(%failure, "a list could not be tended");
    }
}
