//! What one account wants of another.

pub mod follow;

use crate::id::RelationId;
use crate::time::Millis;

/// How many accounts one may follow.
pub const FOLLOWS_MAX: u64 = 7_500;
/// How many blocks, mutes, requests and notes one may have together.
pub const RELATIONS_MAX: u64 = 10_000;

/// Everything one account wants of another, seen from the first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Relation {
    /// Follows it.
    pub follow: Option<Follow>,
    /// Asked to follow it.
    pub requested: Option<RelationId>,
    /// Blocks it.
    pub block: Option<RelationId>,
    /// Mutes it.
    pub mute: Option<Mute>,
    /// A private note about it.
    pub note: String,
}

/// A follow and its choices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Follow {
    /// Its place in lists of followers.
    pub id: RelationId,
    /// Whether boosts are wanted in home.
    pub boosts: bool,
    /// Whether each post notifies.
    pub notify: bool,
    /// The languages wanted in home; empty for all.
    pub languages: Vec<String>,
}

/// A mute and its choices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mute {
    /// Its place in the list of mutes.
    pub id: RelationId,
    /// Whether notifications are silenced too.
    pub notifications: bool,
    /// When it ends by itself.
    pub until: Option<Millis>,
}

impl Mute {
    /// Whether it is in force at `now`.
    pub fn holds_at(&self, now: Millis) -> bool {
        self.until.is_none_or(|until| until > now)
    }
}

impl Relation {
    /// The mute in force at `now`.
    pub fn mute_at(&self, now: Millis) -> Option<Mute> {
        self.mute.filter(|mute| mute.holds_at(now))
    }
}
