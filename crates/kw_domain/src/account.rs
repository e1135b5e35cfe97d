//! Accounts: what their owner says of them, and the two states that decide whether they can be seen.

use crate::id::{AccountId, PostId};
use crate::time::Millis;

/// How long a deactivated account can be brought back by its owner before it is deleted, in milliseconds.
pub const CHANGE_OF_MIND_MS: u64 = 30 * Millis::DAY;

/// A member of the network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Which one.
    pub id: AccountId,
    /// The name people type, without `@`, as its owner spells it.
    pub handle: String,
    /// When it was created.
    pub created_at: Millis,
    /// What its owner chose.
    pub owner_state: OwnerState,
    /// What its owner says of it.
    pub profile: Profile,
}

/// What the owner of an account says of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Profile {
    /// The name shown; may be empty.
    pub display_name: String,
    /// The description, as written.
    pub note: String,
    /// Up to four pairs of name and value.
    pub fields: Vec<Field>,
    /// The picture beside posts: the name of the stored file.
    pub avatar: Option<String>,
    /// The picture above the profile: the name of the stored file.
    pub header: Option<String>,
    /// Whether follows must be approved.
    pub locked: bool,
    /// Whether it posts by itself.
    pub bot: bool,
    /// Whether it may be suggested and listed.
    pub discoverable: bool,
    /// Whether its posts may be searched.
    pub indexable: bool,
    /// Whether followers and following are kept from others.
    pub hide_collections: bool,
}

/// A line of a profile.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Field {
    /// What it is.
    pub name: String,
    /// Its value, as written.
    pub value: String,
    /// When the page that it links to was found to link back.
    pub verified_at: Option<Millis>,
}

/// What an owner chose to do with an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnerState {
    /// Not in use yet, because it waits for something; seen by nobody.
    Pending(Awaits),
    /// In use.
    Present,
    /// Deactivated at that moment; deleted when [`CHANGE_OF_MIND_MS`] have passed.
    Deactivated(Millis),
    /// Deleted for good at that moment.
    Deleted(Millis),
}

/// What a new account waits for. When it waits for nothing any more, it is [`OwnerState::Present`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Awaits {
    /// The operator's approval.
    pub approval: bool,
    /// The confirmation of its e-mail address.
    pub confirmation: bool,
}

impl OwnerState {
    /// The state of a new account that waits for `awaits`.
    pub const fn awaiting(awaits: Awaits) -> Self {
        if awaits.approval || awaits.confirmation { Self::Pending(awaits) } else { Self::Present }
    }
}

/// What staff decided about an account: the newest ledger entry about it, as one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// Who sees it.
    pub reach: Reach,
    /// Whether its owner can sign in.
    pub sign_in: SignIn,
    /// The moment of the decision.
    pub since: Millis,
    /// The index of the ledger entry it comes from.
    pub ledger_index: u64,
}

/// Who sees an account's things, by staff's decision. Timed decisions end by being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reach {
    /// Everybody.
    #[default]
    Clear,
    /// Its followers and those who come to it; not found by browsing or searching.
    Limited {
        /// When it ends by itself.
        until: Option<Millis>,
    },
    /// Nobody.
    Unavailable {
        /// When it ends by itself.
        until: Option<Millis>,
    },
}

/// Whether the owner of an account can sign in, by staff's decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SignIn {
    /// As always.
    #[default]
    Free,
    /// Not before that moment.
    Frozen {
        /// When it ends by itself.
        until: Millis,
    },
}

impl Standing {
    /// The reach in force at `now`.
    pub fn reach_at(&self, now: Millis) -> Reach {
        match self.reach {
            Reach::Limited { until: Some(until) } | Reach::Unavailable { until: Some(until) } if until <= now => {
                Reach::Clear
            }
            reach => reach,
        }
    }

    /// Whether the owner may sign in at `now`.
    pub fn may_sign_in_at(&self, now: Millis) -> bool {
        match self.sign_in {
            SignIn::Free => true,
            SignIn::Frozen { until } => until <= now,
        }
    }
}

/// An account's public numbers. Counts count rows; lists show what is visible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Who follow it.
    pub followers: u64,
    /// Whom it follows.
    pub following: u64,
    /// Posts and boosts, direct posts left out.
    pub posts: u64,
    /// Its newest post or boost.
    pub newest_post: Option<PostId>,
}
