//! Kittiwake's transparency log: leaves, commitments, the tree, tiles, checkpoints and proofs.
//!
//! Pure: bytes in, bytes out. An auditor can build this crate alone. Deliberately absent: files, clocks, chance, async, and
//! anything that knows what staff may do (that is `kw_staff`).
//!
//! | to | use |
//! |---|---|
//! | write or read an entry | [`Leaf`], [`Opening`] |
//! | grow the tree | [`Frontier`] (root only), [`Edge`] (with the tiles that are published) |
//! | publish | [`tile`] (paths, tiles, bundles), [`SignedCheckpoint`] |
//! | prove and verify | [`proof`], [`EntryProof`] (one entry, offline), [`audit`] (a whole log) |

pub mod audit;
mod checkpoint;
mod commitment;
mod cosignature;
mod edge;
mod entry_proof;
mod error;
mod hash;
pub mod jcs;
mod leaf;
mod note;
pub mod proof;
pub mod tile;
mod tree;

pub use checkpoint::{Checkpoint, SignedCheckpoint};
pub use commitment::{Opening, SALT_BYTES};
pub use cosignature::Cosigner;
pub use edge::Edge;
pub use entry_proof::EntryProof;
pub use error::Error;
pub use hash::{Hash, leaf_hash, node_hash};
pub use leaf::{LEAF_BYTES_MAX, Leaf};
pub use note::{Algorithm, NOTE_BYTES_MAX, Note, SIGNATURES_MAX, Signature, Signer, Verifier};
pub use tree::{Frontier, Node, SIZE_MAX, TreeHead, nodes_between};
