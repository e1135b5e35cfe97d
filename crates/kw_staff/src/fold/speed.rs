//! How fast people act: bounded windows of when effects were signed.
//!
//! Only as many moments are kept as a limit counts: whether the oldest of them is still within the window is all that is asked.

use std::collections::BTreeMap;

use crate::person::PersonId;
use crate::power::Power;
use crate::time::Millis;

/// Targets that one person may sign for in an hour before one more person is asked for.
const PERSON_HOUR_MAX: usize = 20;
/// Accounts that one person may bring back in an hour before one more person is asked for.
const RESTORE_HOUR_MAX: usize = 30;
/// Targets that the same two people may sign for in a day.
const PAIR_DAY_MAX: usize = 30;
/// Targets of everybody in an hour.
const ALL_HOUR_MAX: usize = 100;

/// When effects were signed, as far as limits ask.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Speed {
    pub(super) people: BTreeMap<PersonId, Vec<Millis>>,
    pub(super) restores: BTreeMap<PersonId, Vec<Millis>>,
    pub(super) pairs: BTreeMap<(PersonId, PersonId), Vec<Millis>>,
    pub(super) all: Vec<Millis>,
}

impl Speed {
    /// Whether one more target at `now`, signed by these people, would be above a limit.
    pub fn is_above(&self, power: Power, signers: &[PersonId], now: Millis) -> bool {
        if power == Power::Restore {
            return signers
                .iter()
                .any(|person| is_full(self.restores.get(person), RESTORE_HOUR_MAX, Millis::HOUR, now));
        }
        signers.iter().any(|person| is_full(self.people.get(person), PERSON_HOUR_MAX, Millis::HOUR, now))
            || pairs(signers).any(|pair| is_full(self.pairs.get(&pair), PAIR_DAY_MAX, Millis::DAY, now))
            || is_full(Some(&self.all), ALL_HOUR_MAX, Millis::HOUR, now)
    }

    pub(super) fn record(&mut self, power: Power, signers: &[PersonId], now: Millis) {
        if power == Power::Restore {
            for person in signers {
                push(self.restores.entry(*person).or_default(), RESTORE_HOUR_MAX, now);
            }
            return;
        }
        for person in signers {
            push(self.people.entry(*person).or_default(), PERSON_HOUR_MAX, now);
        }
        for pair in pairs(signers) {
            push(self.pairs.entry(pair).or_default(), PAIR_DAY_MAX, now);
        }
        push(&mut self.all, ALL_HOUR_MAX, now);
    }
}

impl Speed {
    /// Lets go of people and pairs who did nothing lately.
    pub(super) fn forget(&mut self, now: Millis) {
        let is_recent = |times: &mut Vec<Millis>| times.last().is_some_and(|last| now.since(*last) < Millis::DAY);
        self.people.retain(|_, times| is_recent(times));
        self.restores.retain(|_, times| is_recent(times));
        self.pairs.retain(|_, times| is_recent(times));
    }
}

fn pairs(signers: &[PersonId]) -> impl Iterator<Item = (PersonId, PersonId)> {
    let each = signers.iter().enumerate();
    each.flat_map(|(at, one)| signers[at + 1..].iter().map(|other| (*one.min(other), *one.max(other))))
}

fn is_full(times: Option<&Vec<Millis>>, max: usize, window_ms: u64, now: Millis) -> bool {
    times.is_some_and(|times| times.len() >= max && now.since(times[times.len() - max]) < window_ms)
}

fn push(times: &mut Vec<Millis>, max: usize, now: Millis) {
    if times.len() == max {
        times.remove(0);
    }
    times.push(now);
}
