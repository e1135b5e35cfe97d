//! The rules of the home timeline: which entries of the merged outboxes a reader wants.
//!
//! Merging and loading live in `kw_app::timeline`; here is only what one entry, its reader and its neighbours decide.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::{AccountId, RelationId};
use crate::post::{Entry, EntryKind, Visibility};
use crate::relationship::{Follow, Mute};
use crate::time::Millis;

/// How many merged entries below a boost are looked at for its subject or another boost of it.
pub const BOOST_WINDOW: usize = 40;
/// How many merged entries one page may scan.
pub const SCAN_ENTRIES_MAX: usize = 2_000;

/// Everything of a reader that decides about home.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reader<'a> {
    /// Who reads.
    pub id: AccountId,
    /// When.
    pub now: Millis,
    /// Whom they follow, and how.
    pub follows: &'a BTreeMap<AccountId, Follow>,
    /// Whom they block.
    pub blocks: &'a BTreeMap<AccountId, RelationId>,
    /// Whom they mute, some only for a time.
    pub mutes: &'a BTreeMap<AccountId, Mute>,
    /// Who are members of one of their exclusive lists, where that counts.
    pub elsewhere: Option<&'a BTreeSet<AccountId>>,
}

impl Reader<'_> {
    /// Whether the reader wants `entry` in home, going by what they chose. Whether they may see it is asked separately,
    /// of the visibility check.
    pub fn wants(&self, entry: &Entry) -> bool {
        let is_own = entry.author == self.id;
        if entry.visibility == Visibility::Direct || self.is_silenced(entry.author) {
            return false;
        }
        let follow = self.follows.get(&entry.author);
        if !is_own && (follow.is_none() || self.is_elsewhere(entry.author)) {
            return false;
        }
        let kind_is_wanted = match entry.kind {
            EntryKind::Post { reply_to_account: None } => true,
            EntryKind::Post { reply_to_account: Some(account) } => self.wants_reply(entry.author, account),
            EntryKind::Boost { subject_author, .. } => {
                follow.is_none_or(|follow| follow.boosts) && !self.is_silenced(subject_author)
            }
        };
        kind_is_wanted && follow.is_none_or(|follow| speaks(&follow.languages, entry.language.as_deref()))
    }

    fn wants_reply(&self, author: AccountId, replied_to: AccountId) -> bool {
        replied_to == self.id || replied_to == author || self.follows.contains_key(&replied_to)
    }

    fn is_elsewhere(&self, account: AccountId) -> bool {
        self.elsewhere.is_some_and(|elsewhere| elsewhere.contains(&account))
    }

    fn is_silenced(&self, account: AccountId) -> bool {
        self.blocks.contains_key(&account) || self.mutes.get(&account).is_some_and(|mute| mute.holds_at(self.now))
    }
}

/// A post without a language is in everybody's.
fn speaks(wanted: &[String], language: Option<&str>) -> bool {
    wanted.is_empty() || language.is_none_or(|language| wanted.iter().any(|it| it == language))
}

/// Whether `boost` repeats something in `below`: the [`BOOST_WINDOW`] merged entries directly below it, before any check.
///
/// A function of position alone, so that pages never shift with what a reader may see.
pub fn repeats(boost: &Entry, below: &[Entry]) -> bool {
    let EntryKind::Boost { subject, .. } = boost.kind else { return false };
    below.iter().take(BOOST_WINDOW).any(|entry| match entry.kind {
        EntryKind::Post { .. } => entry.id == subject,
        EntryKind::Boost { subject: other, .. } => other == subject,
    })
}
