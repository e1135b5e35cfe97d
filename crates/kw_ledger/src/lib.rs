//! Kittiwake's transparency log: leaves, commitments, the tree, tiles, checkpoints and proofs.
//!
//! Pure: bytes in, bytes out. An auditor can build this crate alone. Deliberately absent: files, clocks, chance, async, and
//! anything that knows what staff may do (that is `kw_staff`).

pub mod jcs;
