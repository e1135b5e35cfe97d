//! What can be wrong with bytes that claim to belong to a log. Nothing here is a refusal: no person caused it.

use crate::jcs;
use crate::tree::Node;

/// Why bytes were not believed, or a request made no sense.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Bytes that are not of the format they should have.
    #[error("{what} is malformed: {why}")]
    Malformed {
        /// What was read.
        what: &'static str,
        /// The first thing wrong with it.
        why: &'static str,
    },
    /// JSON that is not in its canonical form.
    #[error(transparent)]
    Json(#[from] jcs::Malformed),
    /// More than a format, or we, allow.
    #[error("{what} is too large: {found}, and at most {max} are allowed")]
    TooLarge {
        /// What was measured, with its unit.
        what: &'static str,
        /// What it measured.
        found: usize,
        /// What is allowed.
        max: usize,
    },
    /// An index that is not in a tree, or a tree that is older than it should be.
    #[error("{index} is outside a tree of size {size}")]
    OutOfRange {
        /// The index, or the smaller size.
        index: u64,
        /// The size of the tree.
        size: u64,
    },
    /// A proof cannot be made without this node.
    #[error("the tree's node {0} is missing")]
    MissingNode(Node),
    /// A proof that does not lead to the root.
    #[error("the proof does not lead to the signed root")]
    Unproven,
    /// A note without a signature by the key that was asked for.
    #[error("no signature by {name}")]
    Unsigned {
        /// The key's name.
        name: String,
    },
    /// A signature that claims to be by a known key and is not.
    #[error("the signature by {name} is wrong")]
    BadSignature {
        /// The key's name.
        name: String,
    },
    /// A checkpoint of another log than the one that was asked for.
    #[error("this checkpoint is of the log {found}, not of {expected}")]
    OtherLog {
        /// The log that was asked for.
        expected: String,
        /// The checkpoint's origin.
        found: String,
    },
    /// An opening that is not what a commitment was made to.
    #[error("the opening of {field} is not what was committed to")]
    OtherOpening {
        /// The field.
        field: String,
    },
}

/// A malformed `what`, because of `why`.
pub(crate) const fn malformed(what: &'static str, why: &'static str) -> Error {
    Error::Malformed { what, why }
}
