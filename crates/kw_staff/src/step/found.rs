//! Founding: entry 0.

use std::collections::BTreeSet;

use crate::entry::{Founding, Record};
use crate::fold::{Fold, House};
use crate::refusal::Refusal;

pub(super) fn found(fold: &Fold, founding: &Founding) -> Result<Vec<Record>, Refusal> {
    if fold.size() > 0 {
        return Err(Refusal::new("founded", "This deployment's staff is founded already. Nothing can found it again."));
    }
    if founding.people.is_empty() {
        return Err(Refusal::new("nobody", "Name at least one person to found the staff."));
    }
    let ids: BTreeSet<_> = founding.people.iter().map(|person| person.id).collect();
    let tags: BTreeSet<_> = founding.people.iter().map(|person| person.tag).collect();
    if ids.len() < founding.people.len() || tags.len() < founding.people.len() {
        return Err(Refusal::new("twice", "One person is named twice. Name everybody once."));
    }
    let holders: BTreeSet<_> = founding.keys.iter().map(|key| key.person).collect();
    let keys: BTreeSet<_> = founding.keys.iter().map(|key| key.id).collect();
    if holders != ids || keys.len() < founding.keys.len() {
        return Err(Refusal::new("no_key", "Everybody needs a passkey of their own before the founding."));
    }
    if founding.people.iter().all(|person| person.roles.iter().all(|role| *role == crate::person::Role::Auditor)) {
        return Err(Refusal::new("nobody_decides", "Give at least one person a role that decides something."));
    }
    let policy = House::read_policy(founding.made_up_floor.as_deref(), &founding.policy)?;
    if policy.floor_hash() != founding.floor {
        return Err(Refusal::new(
            "other_floor",
            "This was written for another version of the floor. Start the founding again.",
        ));
    }
    Ok(vec![Record::Founded(Box::new(founding.clone()))])
}
