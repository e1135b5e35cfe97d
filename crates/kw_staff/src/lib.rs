//! Kittiwake's staff: what they sign, what the policy says to it, what follows, and how anybody replays it.
//!
//! Pure, and on `kw_ledger` only: the server, an auditor's `ledger verify` and a guard decide with the same code. A step is a
//! [`statement`] signed by a person's own passkey ([`assertion`]); [`policy`] says who must agree; [`step`] says what an event
//! appends to the ledger, judged against the [`fold`] of everything before it. Deliberately absent: the network and its
//! accounts (a target is a kind and an id), stores, clocks, chance, async.

pub mod assertion;
pub mod authenticator;
mod authenticator_data;
mod client_data;
pub mod cose;
pub mod enrolment;
pub mod entry;
mod fields;
pub mod fingerprint;
pub mod fold;
pub mod hex;
pub mod key;
pub mod person;
pub mod policy;
pub mod power;
pub mod refusal;
pub mod replay;
#[cfg(test)]
mod sample;
pub mod statement;
pub mod statement_codec;
pub mod step;
pub mod time;
mod word;
