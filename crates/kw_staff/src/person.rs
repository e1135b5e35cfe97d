//! Members of staff: who they are to the ledger. Never an account, never deleted, only ended.

use std::collections::BTreeSet;
use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::hex;
use crate::time::Millis;
use crate::word::words;

words! {
    /// What a person is there for. One person may have several roles.
    Role {
        /// Answers members; may propose.
        Support = "support",
        /// Decides about accounts and posts.
        Moderator = "moderator",
        /// Answers for decisions about notable and protected accounts.
        TrustLead = "trust_lead",
        /// Answers for keys, sign-in and incidents.
        Security = "security",
        /// Speaks for the house.
        Communications = "communications",
        /// Reads everything, decides nothing.
        Auditor = "auditor",
    }
}

/// A member of staff, numbered in order of arrival from 1. Never used again for somebody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId(pub u32);

impl PersonId {
    /// Reads the form that is displayed: decimal digits without a leading zero, from 1.
    pub fn parse(text: &str) -> Option<Self> {
        let number = u32::try_from(Millis::parse(text)?.0).ok()?;
        (number > 0).then_some(Self(number))
    }
}

impl fmt::Display for PersonId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

/// A team: 1 to 32 characters of `a-z`, `0-9` and `-`. Two people of one team may have one boss.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Team(String);

impl Team {
    /// The team called so, if that can be a team's name.
    pub fn new(name: &str) -> Option<Self> {
        let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        ((1..=32).contains(&name.len()) && name.bytes().all(is_plain)).then(|| Self(name.to_owned()))
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.0
    }
}

/// A passkey: SHA-256 of its credential id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub [u8; 32]);

impl KeyId {
    /// The key with this credential id.
    pub fn of_credential(credential: &[u8]) -> Self {
        Self(Sha256::digest(credential).into())
    }

    /// Reads the form that is displayed: 64 lower-case hex digits.
    pub fn parse(text: &str) -> Option<Self> {
        hex::decode(text).map(Self)
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&hex::encode(&self.0))
    }
}

/// A person as the roster has them. Their name is no part of it: it is in an opening that can be erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Which one.
    pub id: PersonId,
    /// HMAC of the directory's id of this person under the deployment's secret: two entries of one human have one tag.
    pub tag: [u8; 32],
    /// What they are called on pages and in the ledger: a stable name that is not theirs.
    pub pseudonym: String,
    /// What they are there for.
    pub roles: BTreeSet<Role>,
    /// With whom they work.
    pub team: Team,
    /// Their first day begins.
    pub starts: Millis,
    /// Their employment ends; none while no end is known.
    pub ends: Option<Millis>,
}

impl Person {
    /// Whether all powers are theirs at `now`: begun, not ended.
    pub fn is_employed_at(&self, now: Millis) -> bool {
        self.starts <= now && self.ends.is_none_or(|ends| now < ends)
    }

    /// Whether hiding and changing powers have ended: they do 14 days before the last day.
    pub fn has_leaving_limits_at(&self, now: Millis) -> bool {
        self.ends.is_some_and(|ends| now >= ends.minus(LEAVING_MS))
    }

    /// Whether this is their first day.
    pub fn is_on_first_day_at(&self, now: Millis) -> bool {
        self.is_employed_at(now) && now.since(self.starts) < Millis::DAY
    }
}

/// How long before employment ends hiding and changing powers do.
pub const LEAVING_MS: u64 = 14 * Millis::DAY;
