//! The ledger as other programs read it: C2SP's checkpoint, tiles and entries, and the proof of one entry. The page about it
//! for people is [`crate::pages::ledger`].

pub mod proof;
pub mod resource;
