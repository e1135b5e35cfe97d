//! How the ledger is stored. Leaves are kept as the exact bytes that were hashed.

use serde::{Deserialize, Serialize};

use crate::family::Value;
use crate::key::Key;
use crate::rows::Hash;

/// Where in the ledger's partition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LedgerKey {
    /// The head.
    Head,
    /// The entry with this index.
    Entry(u64),
}

impl Key for LedgerKey {
    fn encode(&self, out: &mut Vec<u8>) {
        match self {
            Self::Head => out.push(1),
            Self::Entry(index) => {
                out.push(2);
                index.encode(out);
            }
        }
    }

    fn decode(input: &mut &[u8]) -> Option<Self> {
        match u8::decode(input)? {
            1 => Some(Self::Head),
            2 => u64::decode(input).map(Self::Entry),
            _ => None,
        }
    }
}

/// A row of the ledger's partition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum LedgerRow {
    /// The head: everything an append needs to know of the tree.
    Head {
        /// How many entries.
        size: u64,
        /// The roots of the complete subtrees on its right edge, as `kw_ledger` writes them.
        frontier: Vec<u8>,
        /// The signed checkpoint.
        checkpoint: Vec<u8>,
    },
    /// An entry: the exact bytes of its leaf.
    Entry {
        /// The leaf.
        leaf: Vec<u8>,
    },
}

/// A full bundle of leaves, in C2SP's form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleRow {
    /// 256 leaves, each behind its length.
    pub bytes: Vec<u8>,
}

/// A row of the newest snapshot of what follows from the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SnapshotRow {
    /// Which one is the newest.
    Head {
        /// The entries it was taken at.
        size: u64,
        /// How many parts it has.
        parts: u64,
        /// The seal over it, under a secret of the ledger.
        seal: Vec<u8>,
    },
    /// A part of one.
    Part {
        /// Its bytes.
        bytes: Vec<u8>,
    },
}

/// A hash of the tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeRow {
    /// The hash.
    pub hash: Hash,
}

/// The openings of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DetailRow {
    /// Which keys they are under, of those that were made for this index.
    pub lock: u64,
    /// Each under a key of its own.
    pub sealed: Vec<SealedOpening>,
}

/// An opening under a key of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedOpening {
    /// Which commitment it opens.
    pub field: String,
    /// For whom: the word of the audience.
    pub audience: String,
    /// Salt and bytes, encrypted.
    pub bytes: Vec<u8>,
}

/// The keys of an entry's openings, in their order. An erased one is empty.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpeningKeysRow {
    /// 32 bytes each, or none.
    pub keys: Vec<Vec<u8>>,
}

impl std::fmt::Debug for OpeningKeysRow {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "OpeningKeysRow({} keys)", self.keys.len())
    }
}

impl Value for LedgerRow {}
impl Value for BundleRow {}
impl Value for NodeRow {}
impl Value for SnapshotRow {}
impl Value for DetailRow {}
impl Value for OpeningKeysRow {}
