//! The fold: everything that follows from the entries of a ledger, in order.
//!
//! Whoever has the same entries has the same fold, whatever they ran on. [`Fold::apply`] records and never judges: whether an
//! entry was allowed is `step`'s to say before it is appended, and `replay`'s afterwards.

mod account;
mod apply;
mod case;
mod house;
mod pack;
mod roster;
mod snapshot;
mod speed;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use account::{Account, Force, Reach, Standing};
pub use apply::Broken;
pub use case::{Case, Signature, State};
pub use house::House;
pub use roster::{HeldKey, Member};
pub use speed::Speed;

use crate::entry::Subject;
use crate::person::{KeyId, PersonId};
use crate::power::Power;
use crate::statement::ActionId;
use crate::time::Millis;

/// Everything that follows from the entries so far. An empty ledger's is [`Fold::default`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fold {
    size: u64,
    time: Millis,
    house: Option<Arc<House>>,
    people: BTreeMap<PersonId, Member>,
    keys: BTreeMap<KeyId, HeldKey>,
    open: BTreeMap<ActionId, Case>,
    in_force: BTreeMap<ActionId, Force>,
    ends: BTreeSet<(Millis, ActionId)>,
    closed: BTreeSet<ActionId>,
    accounts: BTreeMap<u64, Account>,
    denials: BTreeMap<Subject, BTreeMap<PersonId, Millis>>,
    attempts: BTreeMap<Subject, BTreeMap<(PersonId, Power), Millis>>,
    speed: Speed,
    erased: u64,
}

impl Fold {
    /// How many entries it is of; the next one's index.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The newest entry's time.
    pub const fn time(&self) -> Millis {
        self.time
    }

    /// What the founding and the policy entries say; none in an empty ledger.
    pub fn house(&self) -> Option<&House> {
        self.house.as_deref()
    }

    /// A person of the roster, ended or not.
    pub fn member(&self, person: PersonId) -> Option<&Member> {
        self.people.get(&person)
    }

    /// Everybody who ever was in the roster.
    pub fn people(&self) -> impl Iterator<Item = &Member> {
        self.people.values()
    }

    /// A key, ended or not.
    pub fn key(&self, key: &KeyId) -> Option<&HeldKey> {
        self.keys.get(key)
    }

    /// All keys, ended or not.
    pub fn keys(&self) -> impl Iterator<Item = &HeldKey> {
        self.keys.values()
    }

    /// An action that is proposed or scheduled.
    pub fn case(&self, action: ActionId) -> Option<&Case> {
        self.open.get(&action)
    }

    /// The actions that are proposed or scheduled.
    pub fn cases(&self) -> impl Iterator<Item = (ActionId, &Case)> {
        self.open.iter().map(|(action, case)| (*action, case))
    }

    /// An action whose effect lasts.
    pub fn force(&self, action: ActionId) -> Option<&Force> {
        self.in_force.get(&action)
    }

    /// Whether an action of this id was ever closed.
    pub fn is_closed(&self, action: ActionId) -> bool {
        self.closed.contains(&action)
    }

    /// What the ledger says about an account; the default for one that it never named.
    pub fn account(&self, account: u64) -> std::borrow::Cow<'_, Account> {
        self.accounts.get(&account).map_or_else(Default::default, std::borrow::Cow::Borrowed)
    }

    /// Every account that the ledger says something about.
    pub fn accounts(&self) -> impl Iterator<Item = (u64, &Account)> {
        self.accounts.iter().map(|(id, account)| (*id, account))
    }

    /// How fast people acted lately.
    pub const fn speed(&self) -> &Speed {
        &self.speed
    }

    /// The effects that ended by `now` and that no entry has closed yet, in the order in which they ended.
    pub fn ended(&self, now: Millis) -> impl Iterator<Item = (ActionId, &Force)> {
        let ended = self.ends.range(..=(now, ActionId(u128::MAX)));
        ended.filter_map(|(_, action)| self.in_force.get(action).map(|force| (*action, force)))
    }

    /// Entries whose openings were erased.
    pub const fn erased(&self) -> u64 {
        self.erased
    }
}
