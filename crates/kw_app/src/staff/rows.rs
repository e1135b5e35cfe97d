//! What staff's desk keeps in the network's database: sessions, a founding under way, passkeys that wait. None of it has
//! any power: powers come from the ledger.

use serde::{Deserialize, Serialize};

use crate::family::Value;
use crate::rows::Hash;

/// A staff member's browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffSessionRow {
    /// The person's number.
    pub person: u32,
    /// The passkey they signed in with; with it they sign.
    pub key: Hash,
    /// When they signed in, in milliseconds since 1970.
    pub began: u64,
    /// When it is over.
    pub until: u64,
    /// What the browser says it is.
    pub agent: String,
}

/// That a session is a person's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffBrowserRow {}

/// What a person of the staff, or a passkey of theirs, is called. No part of the ledger, so that it can be forgotten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffNameRow {
    /// The name.
    pub name: String,
}

/// A founding that has begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundingRow {
    /// Hash of the code in the founding's link.
    pub code: Hash,
    /// Until when it may be finished.
    pub until: u64,
    /// Who is to be there from the beginning, in order.
    pub people: Vec<FounderRow>,
}

/// Somebody who is to be there from the beginning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FounderRow {
    /// Their name, for the people who found with them.
    pub name: String,
    /// Words of their roles.
    pub roles: Vec<String>,
    /// Their team.
    pub team: String,
    /// When their employment ends, if that is known.
    pub ends: Option<u64>,
    /// Hash of the code in their enrolment's link.
    pub code: Hash,
    /// What that code is made of, together with the founding's.
    pub code_salt: [u8; 16],
    /// Their passkey, once it was made.
    pub passkey: Option<StaffPasskeyRow>,
}

/// A passkey that was made and is not on the ledger yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffPasskeyRow {
    /// The credential's id.
    pub credential: Vec<u8>,
    /// The public key, in COSE's form.
    pub cose: Vec<u8>,
    /// Whether it may be copied to other devices.
    pub backup_eligible: bool,
    /// Which model of authenticator.
    pub aaguid: [u8; 16],
    /// When it was made, in milliseconds since 1970.
    pub made: u64,
}

impl Value for StaffSessionRow {}
impl Value for StaffBrowserRow {}
impl Value for StaffNameRow {}
impl Value for FoundingRow {}
impl Value for StaffPasskeyRow {}
