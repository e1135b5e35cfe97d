//! An expected no: a code for scripts and tests, and a sentence for whoever asked.

/// Why something was not done. Nothing was appended.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{sentence}")]
pub struct Refusal {
    /// A stable word, such as `same_person`.
    pub code: &'static str,
    /// What to tell whoever asked: what happened, and what to do.
    pub sentence: String,
}

impl Refusal {
    /// A refusal with its sentence.
    pub fn new(code: &'static str, sentence: impl Into<String>) -> Self {
        Self { code, sentence: sentence.into() }
    }
}
