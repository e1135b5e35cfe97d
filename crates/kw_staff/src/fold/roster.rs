//! The roster: people and their keys, and the mode that follows from them.

use std::collections::BTreeSet;

use super::Fold;
use crate::key::StaffKey;
use crate::person::{KeyId, Person, PersonId, Role};
use crate::policy::question::Mode;
use crate::policy::table;
use crate::time::Millis;

/// A person of the roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who, as the newest entry about them says.
    pub person: Person,
    /// When the roster first named them; none for founders, who have no first day that others would have to make up for.
    pub joined: Option<Millis>,
    /// Index of the newest entry that changed them.
    pub changed: u64,
}

/// A key of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldKey {
    /// The key.
    pub key: StaffKey,
    /// Index of the entry that enrolled it.
    pub enrolled: u64,
    /// Index of the entry that ended it.
    pub ended: Option<u64>,
    /// The largest signature counter seen.
    pub counter: u32,
}

impl HeldKey {
    /// Whether signatures with it count from now on.
    pub const fn is_live(&self) -> bool {
        self.ended.is_none()
    }
}

impl Fold {
    /// The keys of a person that have not ended.
    pub fn live_keys(&self, person: PersonId) -> impl Iterator<Item = &HeldKey> {
        self.keys.values().filter(move |held| held.key.person == person && held.is_live())
    }

    /// The person's id for the next one who joins.
    pub fn next_person(&self) -> PersonId {
        PersonId(self.people.last_key_value().map_or(1, |(last, _)| last.0 + 1))
    }

    /// Live people at `now`: employed, with a live key, and not auditors only.
    pub fn live(&self, now: Millis) -> impl Iterator<Item = &Member> {
        let with_keys: BTreeSet<PersonId> =
            self.keys.values().filter(|held| held.is_live()).map(|held| held.key.person).collect();
        self.people.values().filter(move |member| {
            with_keys.contains(&member.person.id) && member.person.is_employed_at(now) && member.decides()
        })
    }

    /// How the deployment is run at `now`. Nothing leads back to solo.
    pub fn mode(&self, now: Millis) -> Mode {
        if self.people.len() < 2 {
            return Mode::Solo;
        }
        match self.live(now).count() {
            0 | 1 => Mode::Stalled,
            2 => Mode::Pair,
            _ => Mode::Team,
        }
    }

    /// The live people, as far as the policy counts them.
    pub fn people_here(&self, now: Millis) -> table::House {
        let teams: BTreeSet<_> = self.live(now).map(|member| &member.person.team).collect();
        table::House { mode: self.mode(now), live: self.live(now).count() as u32, live_teams: teams.len() as u32 }
    }

    /// Whose key it is, if it may sign at `now`.
    pub fn holder(&self, key: &KeyId) -> Option<(&HeldKey, &Member)> {
        let held = self.keys.get(key)?;
        Some((held, self.people.get(&held.key.person)?))
    }
}

impl Member {
    /// Whether this is their first day: of their employment, or in the roster where that is later.
    pub fn is_on_first_day_at(&self, now: Millis) -> bool {
        self.joined.is_some_and(|joined| now.since(joined.max(self.person.starts)) < Millis::DAY)
    }

    /// Whether they have any role that decides something.
    pub fn decides(&self) -> bool {
        self.person.roles.iter().any(|role| *role != Role::Auditor)
    }
}
