//! The statement: the exact words of one step, as bytes that are signed, stored and hashed.
//!
//! It says everything a step depends on, so that a signature cannot be used for another target, tier, policy or time. How it
//! is written and read is in [`crate::statement_codec`].

use std::fmt;

use crate::hex;
use crate::person::KeyId;
use crate::power::{Power, Tier, Verb};
use crate::time::Millis;

/// An action: 128 random bits, minted by whoever proposes; 32 hex digits in text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActionId(pub u128);

impl ActionId {
    /// Reads the form that is displayed: 32 lower-case hex digits.
    pub fn parse(text: &str) -> Option<Self> {
        hex::decode(text).map(u128::from_be_bytes).map(Self)
    }
}

impl fmt::Display for ActionId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:032x}", self.0)
    }
}

/// What a step is about, as it stood when the step was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// `account`, `person`, `key`, `policy` or `house`.
    pub kind: TargetKind,
    /// Its id: an account's number, a person's number, a key's hex, a policy's hash, or `house`.
    pub id: String,
    /// The index of the newest ledger entry that moved its standing; 0 when none did.
    pub standing: u64,
    /// Its tier at that moment.
    pub tier: Tier,
    /// SHA-256 of what the screen showed of it.
    pub card: [u8; 32],
}

crate::word::words! {
    /// What kind of thing a target is.
    TargetKind {
        /// An account of the network.
        Account = "account",
        /// A member of staff.
        Person = "person",
        /// A passkey of a member of staff.
        Key = "key",
        /// The policy.
        Policy = "policy",
        /// What is not about one of these: alerts, witnesses, origin, founding.
        House = "house",
    }
}

/// What an action does once it is in force.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Effect {
    /// When it ends by itself; none: without end.
    pub until: Option<Millis>,
    /// How long after the last approval it takes effect, in milliseconds; 0: at once.
    pub delay_ms: u64,
    /// What else it says: `label`, `tier`, `roles`, `team`, `starts`, `ends`, `key`, … ASCII names, in order.
    pub parameters: std::collections::BTreeMap<String, String>,
}

/// The ledger as the signer saw it: a signature pins all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// How many entries.
    pub size: u64,
    /// Its root.
    pub root: [u8; 32],
}

/// One step, complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Which step.
    pub step: Verb,
    /// The ledger's origin line.
    pub log: String,
    /// The ledger's public key, as in its vkey.
    pub log_key: String,
    /// SHA-256 of entry 0.
    pub founding: [u8; 32],
    /// Which action.
    pub action: ActionId,
    /// The power used.
    pub power: Power,
    /// Over what. One, until bulk actions are there.
    pub targets: Vec<Target>,
    /// What follows.
    pub effect: Effect,
    /// How many people it takes to undo it: 1, or 2 where the action says so beforehand.
    pub undo_needs: u8,
    /// Commitment to the reason (ground, reference, explanation).
    pub reason: [u8; 32],
    /// Commitment to the facts.
    pub facts: [u8; 32],
    /// Hash of the policy in force.
    pub policy: [u8; 32],
    /// The key that signs.
    pub signer: KeyId,
    /// The ledger that the signer saw.
    pub seen: Seen,
    /// Until when this step may be appended.
    pub valid_until: Millis,
    /// Until when the action may take effect.
    pub execute_by: Millis,
}
