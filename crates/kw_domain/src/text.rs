//! Text that people write: cleaning it, reading it, counting it, rendering it.
//!
//! Text is kept as written (but for [`clean`]) and read again each time it is shown, so that a better reader improves
//! old posts too. The way of a post:
//!
//! 1. [`clean::body`] when it comes in: line ends, control characters, composed characters;
//! 2. [`limit`] and [`length`]: whether it is short enough, in the characters that people see;
//! 3. [`parse`]: its links, mentions and hashtags;
//! 4. [`render`]: the HTML that clients expect, and [`sanitise`] as the last defence and for HTML from elsewhere.
//!
//! Nothing here looks anything up: who is mentioned, and where a tag's page is, comes in as functions.

pub mod clean;
mod escape;
pub mod fold;
pub mod length;
pub mod limit;
mod link;
mod mention;
mod parse;
pub mod plain;
pub mod render;
pub mod sanitise;
mod tag;

pub use mention::MentionName;
pub use parse::{Parsed, Segment, parse};

use crate::refusal::Refusal;

#[cfg(test)]
mod tests;

/// Why a text was refused. Each variant's text is a public sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextRefusal {
    /// Nothing that could be seen was left.
    #[error("{subject} is empty.")]
    Empty {
        /// What was refused.
        subject: Subject,
    },
    /// More characters than allowed.
    #[error("{subject} is longer than {max} characters (it has {count}).")]
    TooLong {
        /// What was refused.
        subject: Subject,
        /// Characters (grapheme clusters), links and mentions counted as [`length`] says.
        count: usize,
        /// How many are allowed.
        max: usize,
    },
    /// Few characters, but made of far more bytes than any writing needs.
    #[error("{subject} takes more room than it may (at most {bytes_max} bytes).")]
    TooLarge {
        /// What was refused.
        subject: Subject,
        /// How many bytes are allowed.
        bytes_max: usize,
    },
}

impl From<TextRefusal> for Refusal {
    fn from(refusal: TextRefusal) -> Self {
        let (code, subject) = match refusal {
            TextRefusal::Empty { subject } => ("empty", subject),
            TextRefusal::TooLong { subject, .. } => ("too_long", subject),
            TextRefusal::TooLarge { subject, .. } => ("too_large", subject),
        };
        Self::invalid(subject.field(), code, refusal.to_string())
    }
}

/// Which text a refusal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A post with its content warning.
    Post,
    /// The name shown above an account's posts.
    DisplayName,
    /// What an account says about itself.
    Note,
    /// The name of a profile field.
    FieldName,
    /// The value of a profile field.
    FieldValue,
}

impl Subject {
    /// The name of the input in the client API.
    fn field(self) -> &'static str {
        match self {
            Self::Post => "status",
            Self::DisplayName => "display_name",
            Self::Note => "note",
            Self::FieldName | Self::FieldValue => "fields_attributes",
        }
    }
}

impl std::fmt::Display for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Post => "This post",
            Self::DisplayName => "This display name",
            Self::Note => "This bio",
            Self::FieldName => "The name of this field",
            Self::FieldValue => "The value of this field",
        })
    }
}
