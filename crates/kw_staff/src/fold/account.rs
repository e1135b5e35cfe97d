//! Accounts as the ledger knows them: tier, labels, what is in force over them, and what rules remember of their past.

use std::collections::BTreeSet;

use super::Fold;
use super::case::Signature;
use crate::power::{Label, Power, Tier};
use crate::statement::ActionId;
use crate::time::Millis;
use crate::word::words;

words! {
    /// How far an account's things reach. In order: a later one hides more.
    Reach {
        /// Everybody whom its owner lets.
        Clear = "clear",
        /// Its followers.
        Limited = "limited",
        /// Nobody.
        Unavailable = "unavailable",
    }
}

/// What the ledger says about one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its tier.
    pub tier: Tier,
    /// Its labels.
    pub labels: BTreeSet<Label>,
    /// Index of the newest entry that moved its reach; 0 when none did.
    pub moved: u64,
    /// The actions that are in force over it.
    pub in_force: BTreeSet<ActionId>,
    /// When it was hidden or limited lately, for rules about chains of actions.
    pub hidden: Vec<Hidden>,
    /// When staff last brought it back.
    pub restored: Option<Millis>,
    /// When break-glass was last used on it.
    pub broke_glass: Option<Millis>,
    /// When it was last stepped up.
    pub stepped_up: Option<Millis>,
    /// The handle that staff last gave it, or gave back; none where staff never changed it.
    pub handle: Option<String>,
    /// The handle that it had before, while the change can be undone.
    pub handle_before: Option<String>,
}

/// One time that an account was hidden or limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hidden {
    /// By which action.
    pub action: ActionId,
    /// Since when.
    pub since: Millis,
    /// Until when, if it has an end.
    pub until: Option<Millis>,
}

/// The effect of an action that lasts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Force {
    /// The account.
    pub account: u64,
    /// The action's power.
    pub power: Power,
    /// How far it lets the account's things reach; clear for a step-up and for another handle.
    pub reach: Reach,
    /// Since when.
    pub since: Millis,
    /// When it ends by itself; none: without end.
    pub ends: Option<Millis>,
    /// Until when a break-glass stands once it is confirmed; otherwise as `ends`.
    pub until: Option<Millis>,
    /// How many people it takes to undo it.
    pub undo_needs: u8,
    /// Hash of what all steps of the action share.
    pub matter: [u8; 32],
    /// Who signed.
    pub signers: Vec<Signature>,
    /// The index of the entry that put it in force.
    pub index: u64,
}

/// What staff decided about an account, at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// How far its things reach.
    pub reach: Reach,
    /// When that reach ends by itself; none: without end, or clear anyway.
    pub until: Option<Millis>,
    /// The action whose effect it is.
    pub action: Option<ActionId>,
    /// Until when each new post needs the owner's own passkey.
    pub step_up_until: Option<Millis>,
    /// Its tier.
    pub tier: Tier,
    /// Its labels.
    pub labels: BTreeSet<Label>,
    /// Index of the newest entry that moved its reach; 0 when none did.
    pub index: u64,
}

impl Default for Account {
    fn default() -> Self {
        Self {
            tier: Tier::Ordinary,
            labels: BTreeSet::new(),
            moved: 0,
            in_force: BTreeSet::new(),
            hidden: Vec::new(),
            restored: None,
            broke_glass: None,
            stepped_up: None,
            handle: None,
            handle_before: None,
        }
    }
}

impl Force {
    /// Whether it still holds at `now`.
    pub fn holds_at(&self, now: Millis) -> bool {
        self.ends.is_none_or(|ends| now < ends)
    }
}

impl Account {
    /// For how long the account was or will be hidden or limited, in milliseconds, by actions not over for 30 days; none when
    /// one of them has no end.
    pub fn hidden_ms(&self, now: Millis) -> Option<u64> {
        let recent = self.hidden.iter().filter(|hidden| hidden.is_recent(now));
        recent.map(|hidden| hidden.until.map(|until| until.since(hidden.since))).sum()
    }

    pub(super) fn forget(&mut self, now: Millis) {
        self.hidden.retain(|hidden| hidden.is_recent(now));
    }
}

impl Hidden {
    /// How long it is remembered after its end.
    const REMEMBERED_MS: u64 = 30 * Millis::DAY;

    fn is_recent(&self, now: Millis) -> bool {
        self.until.is_none_or(|until| now.since(until) < Self::REMEMBERED_MS)
    }
}

impl Fold {
    /// The effects over an account that hold at `now`.
    pub fn forces(&self, account: u64, now: Millis) -> impl Iterator<Item = (ActionId, &Force)> {
        let actions = self.accounts.get(&account).into_iter().flat_map(|account| &account.in_force);
        actions
            .filter_map(|action| self.in_force.get(action).map(|force| (*action, force)))
            .filter(move |(_, force)| force.holds_at(now))
    }

    /// What staff decided about an account, as it holds at `now`: of several effects, the one that hides most for longest.
    pub fn standing(&self, account: u64, now: Millis) -> Standing {
        let known = self.account(account);
        let strongest = self
            .forces(account, now)
            .filter(|(_, force)| force.reach > Reach::Clear)
            .max_by_key(|(_, force)| (force.reach, force.ends.unwrap_or(Millis(u64::MAX))));
        let step_up = self.forces(account, now).filter(|(_, force)| force.power == Power::StepUp);
        Standing {
            reach: strongest.map_or(Reach::Clear, |(_, force)| force.reach),
            until: strongest.and_then(|(_, force)| force.ends),
            action: strongest.map(|(action, _)| action),
            step_up_until: step_up.filter_map(|(_, force)| force.ends).max(),
            tier: known.tier,
            labels: known.labels.clone(),
            index: known.moved,
        }
    }

    /// How many people it takes to restore an account: as many as the most demanding effect over it says.
    pub fn undo_needs(&self, account: u64, now: Millis) -> u8 {
        self.forces(account, now).map(|(_, force)| force.undo_needs).max().unwrap_or(1)
    }
}
