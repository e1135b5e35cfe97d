//! Expected noes. A refusal is not an error: nothing broke, nothing changed, and its sentence may be shown to anyone.

use std::fmt;

/// Why something was not done. [`Refusal::kind`] is for machines, `Display` for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What sort of no it is; the edge makes a status code of it.
    pub kind: Kind,
    /// The public sentence. English; pages look up their own words by `code` first.
    pub sentence: String,
    /// A stable name for this very refusal (`too_long`), for logs, translations and tests.
    pub code: &'static str,
    /// The input that is at fault, by its name in the client API, when one is.
    pub field: Option<&'static str>,
    /// Everything that is wrong with a form, field by field; empty where only one thing can be.
    pub faults: Vec<Fault>,
}

/// What is wrong with one field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The field, by its name in the client API.
    pub field: &'static str,
    /// What sort of thing is wrong.
    pub kind: FaultKind,
    /// The public sentence, without a full stop: it may stand in a list.
    pub sentence: String,
}

/// What sort of thing is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// Somebody else has it.
    Taken,
    /// It has the wrong shape.
    Invalid,
    /// It is kept for the people who run the server, or for its pages.
    Reserved,
    /// There is not enough of it.
    TooShort,
    /// There is too much of it.
    TooLong,
    /// It is missing.
    Blank,
    /// It has to be agreed to.
    Accepted,
}

impl FaultKind {
    /// The client API's word.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Taken => "ERR_TAKEN",
            Self::Invalid => "ERR_INVALID",
            Self::Reserved => "ERR_RESERVED",
            Self::TooShort => "ERR_TOO_SHORT",
            Self::TooLong => "ERR_TOO_LONG",
            Self::Blank => "ERR_BLANK",
            Self::Accepted => "ERR_ACCEPTED",
        }
    }
}

/// What sort of no a refusal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// There is no such thing, or it is not for this viewer. The two cannot be told apart.
    Missing,
    /// The thing is there, and this person may not do that with it.
    Forbidden,
    /// What was sent cannot be accepted as it is.
    Invalid,
    /// It was true a moment ago and is not any more: a name that was taken, a code that was used.
    Conflict,
    /// Too often. Holds the milliseconds after which to try again.
    TooOften(u64),
    /// Nobody is signed in, or the credentials are wrong.
    Unauthenticated,
    /// Temporarily hidden by staff. Only pages and sign-in tell it apart from `Missing`.
    Unavailable,
    /// Deactivated by its owner. Only pages tell it apart from `Missing`.
    Deactivated,
}

impl Refusal {
    /// There is no such thing, or it is not yours to see.
    pub fn missing() -> Self {
        Self::new(Kind::Missing, "missing", "Record not found")
    }

    /// This person may not do that.
    pub fn forbidden() -> Self {
        Self::new(Kind::Forbidden, "forbidden", "This action is not allowed")
    }

    /// What was sent for `field` cannot be accepted, because of `sentence`.
    pub fn invalid(field: &'static str, code: &'static str, sentence: impl Into<String>) -> Self {
        Self { field: Some(field), ..Self::new(Kind::Invalid, code, sentence) }
    }

    /// A form with these faults cannot be accepted.
    pub fn faults(faults: Vec<Fault>) -> Self {
        let sentences: Vec<&str> = faults.iter().map(|fault| fault.sentence.as_str()).collect();
        let sentence = format!("Validation failed: {}", sentences.join(", "));
        let field = faults.first().map(|fault| fault.field);
        Self { field, faults, ..Self::new(Kind::Invalid, "faults", sentence) }
    }

    /// A refusal of any kind.
    pub fn new(kind: Kind, code: &'static str, sentence: impl Into<String>) -> Self {
        Self { kind, sentence: sentence.into(), code, field: None, faults: Vec::new() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}

impl std::error::Error for Refusal {}
