//! Searches the smallest additions that complete an action, by asking the policy about people who do not exist.
//!
//! So it holds for any policy, and repeats none of them. Breadth first: as few people as possible, and of those the least
//! demanding. A made-up person is what a description says and no more.

use std::collections::{BTreeMap, BTreeSet};

use super::Policy;
use super::arrange::{arrangements_of, others_with_powers};
use super::ask::SLOT_COUNT;
use super::missing::{Addition, TeamNeed, Way};
use super::question::{Question, Signer};
use crate::person::{PersonId, Role, Team};

/// The smallest ways to complete what `question` asks: none when no number of people would do, one empty way when nothing is
/// missing. No way demands what another does and more.
pub(super) fn ways(policy: &Policy, question: &Question) -> Vec<Way> {
    let most = SLOT_COUNT + usize::from(question.extra);
    (0..=most).map(|people| ways_with(policy, question, people)).find(|ways| !ways.is_empty()).unwrap_or_default()
}

/// The same ways with so many people more in each, whoever they are.
pub(super) fn with_anybody(ways: Vec<Way>, count: usize) -> Vec<Way> {
    least_demanding(ways.into_iter().map(|way| [way, vec![Addition::ANYBODY; count]].concat()).collect())
}

/// The ways that add exactly `people`: some in the slots, described, and the rest beyond the policy, whoever they are.
fn ways_with(policy: &Policy, question: &Question, people: usize) -> Vec<Way> {
    let descriptions = descriptions(&policy.rules_for(question).words);
    let mut found = Vec::new();
    for in_slots in 0..=people.min(SLOT_COUNT) {
        let beyond = people - in_slots;
        let ways = joined(&ways_in_slots(policy, question, &selections(&descriptions, in_slots), beyond));
        found.extend(ways.into_iter().map(|way| [way, vec![Addition::ANYBODY; beyond]].concat()));
    }
    least_demanding(found)
}

fn ways_in_slots(policy: &Policy, question: &Question, selections: &[Way], beyond: usize) -> Vec<Way> {
    let mut found: Vec<Way> = Vec::new();
    for way in selections {
        if !found.iter().any(|other| is_no_more_than(other, way)) && completes(policy, question, way, beyond) {
            found.push(way.clone());
        }
    }
    found
}

/// Every description of one person that can make a difference to rules of these `words`: with one role at most.
fn descriptions(words: &str) -> Vec<Addition> {
    let roles = || {
        let spoken_of = Role::ALL.iter().filter(|role| words.contains(role.word()));
        std::iter::once(BTreeSet::new()).chain(spoken_of.map(|role| [*role].into()))
    };
    let teams: &[_] = if words.contains("team") { &[TeamNeed::Any, TeamNeed::Other] } else { &[TeamNeed::Any] };
    let keys: &[_] = if words.contains("device_bound") { &[false, true] } else { &[false] };
    let mut all = Vec::new();
    for device_bound in keys {
        for team in teams {
            all.extend(roles().map(|roles| Addition { device_bound: *device_bound, team: *team, roles }));
        }
    }
    all
}

/// Every multiset of `count` descriptions, each in the order of `descriptions`; the least demanding first.
fn selections(descriptions: &[Addition], count: usize) -> Vec<Way> {
    let mut selections: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..count {
        let longer = |chosen: Vec<usize>| {
            let from = chosen.last().copied().unwrap_or(0);
            (from..descriptions.len()).map(move |next| chosen.iter().copied().chain([next]).collect())
        };
        selections = selections.into_iter().flat_map(longer).collect();
    }
    let way = |chosen: Vec<usize>| -> Way { chosen.into_iter().map(|at| descriptions[at].clone()).collect() };
    let mut ways: Vec<Way> = selections.into_iter().map(way).collect();
    ways.sort_by_key(weight);
    ways
}

/// Whether people of `described`, all of them in slots, and `beyond` more outside complete what is asked.
fn completes(policy: &Policy, question: &Question, described: &[Addition], beyond: usize) -> bool {
    let made_up: Vec<_> = described.iter().enumerate().map(|(at, one)| made_up(one, at, &question.signers)).collect();
    let everybody: Vec<_> = made_up.iter().chain(&question.signers).collect();
    (described.len()..=SLOT_COUNT).flat_map(|count| arrangements_of(count, everybody.clone())).any(|slots| {
        are_in_order(described, &made_up, &slots)
            && others_with_powers(&question.signers, &slots) + beyond >= usize::from(question.extra)
            && policy.permits_slots(question, &slots)
    })
}

/// Whether all of `made_up` are in `slots`, and those of one description in their order: they are alike, so one order is enough.
fn are_in_order(described: &[Addition], made_up: &[Signer], slots: &[&Signer]) -> bool {
    let places: Vec<_> = made_up.iter().map(|one| slots.iter().position(|slot| slot.person == one.person)).collect();
    let in_order = |at: usize| described[at] != described[at + 1] || places[at] < places[at + 1];
    places.iter().all(Option::is_some) && (0..places.len().saturating_sub(1)).all(in_order)
}

/// Somebody who is what `described` says and no more. Numbers from the far end, so that they are no person.
fn made_up(described: &Addition, number: usize, signers: &[Signer]) -> Signer {
    let team = match (described.team, signers.first()) {
        (TeamNeed::Any, Some(first)) => first.team.clone(),
        (TeamNeed::Any, None) => team("same"),
        (TeamNeed::Other, _) => team_beside(signers, number),
    };
    let person = PersonId(u32::MAX - number as u32);
    Signer { person, roles: described.roles.clone(), team, powers_ended: false, device_bound: described.device_bound }
}

/// A team that none of `signers` is in; another for each number.
fn team_beside(signers: &[Signer], number: usize) -> Team {
    let names = (0..=signers.len()).map(|attempt| team(&format!("other-{number}-{attempt}")));
    let mut free = names.filter(|name| signers.iter().all(|signer| signer.team != *name));
    free.next().expect("there is one name more than there are signers")
}

fn team(name: &str) -> Team {
    Team::new(name).expect("it is made of letters, digits and hyphens")
}

/// Fewer ways for the same people: ways that differ in one person's role become one way with any of those roles.
///
/// A way stands for a box of choices, role by role; joining place after place finds whole boxes again.
fn joined(ways: &[Way]) -> Vec<Way> {
    let places = ways.first().map_or(0, Vec::len);
    let mut ways: BTreeSet<Way> = ways.iter().flat_map(|way| orders(way)).collect();
    for place in 0..places {
        let mut boxes: BTreeMap<(Way, bool), BTreeSet<Role>> = BTreeMap::new();
        for mut way in ways {
            let roles = std::mem::take(&mut way[place].roles);
            boxes.entry((way, roles.is_empty())).or_default().extend(roles);
        }
        ways = boxes.into_iter().map(|((way, _), roles)| with_roles(way, place, roles)).collect();
    }
    ways.into_iter().collect()
}

fn with_roles(mut way: Way, place: usize, roles: BTreeSet<Role>) -> Way {
    way[place].roles = roles;
    way
}

/// Every order of a way's people in which those of one kind of team and key stand together.
fn orders(way: &[Addition]) -> Vec<Way> {
    let Some(at_most) = way.iter().map(kind).min() else { return vec![Vec::new()] };
    let firsts = (0..way.len()).filter(|at| kind(&way[*at]) == at_most);
    firsts
        .flat_map(|at| {
            let mut rest = way.to_vec();
            let first = rest.remove(at);
            orders(&rest).into_iter().map(move |rest| [vec![first.clone()], rest].concat())
        })
        .collect()
}

fn kind(addition: &Addition) -> (bool, TeamNeed) {
    (addition.device_bound, addition.team)
}

/// Without repetitions, and without those that demand what another does and more; the least demanding first.
pub(super) fn least_demanding(mut ways: Vec<Way>) -> Vec<Way> {
    for way in &mut ways {
        way.sort();
    }
    ways.sort_by_key(|way| (weight(way), std::cmp::Reverse(way.iter().map(|one| one.roles.len()).sum::<usize>())));
    let mut kept: Vec<Way> = Vec::new();
    for way in ways {
        if !kept.iter().any(|other| is_no_more_than(other, &way)) {
            kept.push(way);
        }
    }
    kept
}

/// Whether `other` demands at least what `way` does, person by person in some order.
fn is_no_more_than(way: &[Addition], other: &[Addition]) -> bool {
    let Some((first, rest)) = way.split_first() else { return true };
    (0..other.len()).any(|at| {
        let mut others = other.to_vec();
        first.is_no_more_than(&others.swap_remove(at)) && is_no_more_than(rest, &others)
    })
}

fn weight(way: &Way) -> usize {
    way.iter().map(Addition::weight).sum()
}
