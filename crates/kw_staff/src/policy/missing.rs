//! What is missing until an action is complete, and who could supply it. Names kinds of people, never people.

use std::collections::BTreeSet;

use super::Policy;
use super::arrange::{arrangements, others_with_powers};
use super::ask::SLOT_COUNT;
use super::question::{Question, Signer};
use crate::person::{Role, Team};

/// What of a team is asked of a further person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TeamNeed {
    /// Any team.
    Any,
    /// A team that no other of those who sign is in.
    Other,
}

/// A further person who is asked for. Whoever is more than this is also this; an auditor who is nothing else is nobody here.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Addition {
    /// Whether their key must be one that cannot leave its device.
    pub device_bound: bool,
    /// Their team.
    pub team: TeamNeed,
    /// One of these roles; empty: whoever they are.
    pub roles: BTreeSet<Role>,
}

/// One smallest set of people who complete an action.
pub type Way = Vec<Addition>;

/// A further person who is asked for, and how many could be that person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Who is asked for.
    pub addition: Addition,
    /// How many people on the roster, who have not signed, fit.
    pub on_roster: usize,
}

/// What is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// How many more people it takes at least; 0 when nothing is missing, and when no number of people would do.
    pub people: usize,
    /// The ways to complete it with so many people, the least demanding first. Each is enough; nothing less is.
    pub ways: Vec<Vec<Offer>>,
    /// Whether people on the roster can complete it, with those who signed.
    pub can_be_completed: bool,
}

impl Missing {
    /// `ways` matched to `roster`.
    pub(super) fn on(roster: &[Signer], question: &Question, ways: Vec<Way>, can_be_completed: bool) -> Self {
        let offer = |addition: Addition| Offer { on_roster: addition.count_on(roster, &question.signers), addition };
        let people = ways.first().map_or(0, Vec::len);
        let ways = ways.into_iter().filter(|way| !way.is_empty());
        Self { people, ways: ways.map(|way| way.into_iter().map(offer).collect()).collect(), can_be_completed }
    }

    /// Whether nothing is missing.
    pub fn is_nothing(&self) -> bool {
        self.people == 0 && self.can_be_completed
    }
}

impl Addition {
    /// Whoever they are.
    pub const ANYBODY: Self = Self { device_bound: false, team: TeamNeed::Any, roles: BTreeSet::new() };

    /// Whether `signer`, beside `others`, is what is asked for.
    pub fn fits(&self, signer: &Signer, others: &[Signer]) -> bool {
        signer.has_powers()
            && (self.roles.is_empty() || !self.roles.is_disjoint(&signer.roles))
            && (!self.device_bound || signer.device_bound)
            && (self.team == TeamNeed::Any || others.iter().all(|other| other.team != signer.team))
    }

    /// How much it demands.
    pub(super) fn weight(&self) -> usize {
        usize::from(self.device_bound) + usize::from(self.team == TeamNeed::Other) + usize::from(!self.roles.is_empty())
    }

    /// Whether everybody who fits `other` fits this one too.
    pub(super) fn is_no_more_than(&self, other: &Self) -> bool {
        let takes_their_roles =
            self.roles.is_empty() || (!other.roles.is_empty() && self.roles.is_superset(&other.roles));
        takes_their_roles && self.device_bound <= other.device_bound && self.team <= other.team
    }

    fn count_on(&self, roster: &[Signer], signers: &[Signer]) -> usize {
        let is_new = |one: &&Signer| signers.iter().all(|other| other.person != one.person);
        let fitting = roster.iter().filter(is_new).filter(|one| self.fits(one, signers));
        fitting.map(|one| one.person).collect::<BTreeSet<_>>().len()
    }
}

/// Whether those who signed and those on `roster` could complete what is asked: exactly, whatever the policy looks at.
///
/// Of people who look alike to a policy three are tried, as many as there are slots.
pub(super) fn can_be_completed(policy: &Policy, question: &Question, roster: &[Signer]) -> bool {
    let is_new = |one: &&Signer| question.signers.iter().all(|other| other.person != one.person);
    let everybody: Vec<_> = question.signers.iter().chain(roster.iter().filter(is_new)).cloned().collect();
    let mut candidates: Vec<Signer> = Vec::new();
    for one in &everybody {
        let alike = candidates.iter().filter(|other| look(other) == look(one)).map(|other| other.person);
        if alike.collect::<BTreeSet<_>>().len() < SLOT_COUNT {
            candidates.push(one.clone());
        }
    }
    // Whoever has most roles stands first, so that a yes is found soon.
    candidates.sort_by_key(|one| std::cmp::Reverse((!one.powers_ended, one.roles.len(), one.device_bound)));
    arrangements(&candidates).any(|slots| {
        others_with_powers(&everybody, &slots) >= usize::from(question.extra) && policy.permits_slots(question, &slots)
    })
}

/// All that a policy sees of somebody, except who they are.
fn look(one: &Signer) -> (&BTreeSet<Role>, &Team, bool, bool) {
    (&one.roles, &one.team, one.device_bound, one.powers_ended)
}
