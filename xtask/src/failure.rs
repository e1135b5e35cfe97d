//! Why a task could not go on: one sentence for the person at the terminal.
//!
//! There is nothing to recover from here, so there are no kinds of failure, only words.

use std::fmt;

/// What a task ends with.
pub type Outcome<T = ()> = Result<T, Failure>;

/// A sentence that says what went wrong and, where one is known, what to do.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    /// A failure with these words.
    pub fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Says what was being done when something else failed.
pub trait While<T> {
    /// The same result; a failure opens with `doing`.
    fn doing(self, what: impl fmt::Display) -> Outcome<T>;
}

impl<T, E: fmt::Display> While<T> for Result<T, E> {
    fn doing(self, what: impl fmt::Display) -> Outcome<T> {
        self.map_err(|error| Failure(format!("{what}: {error}")))
    }
}
