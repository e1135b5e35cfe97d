//! Replaying a ledger: every signature checked again, every rule applied again, every entry that follows derived again and
//! compared with the one that is there. `kittiwake ledger verify` and guards do exactly this.
//!
//! The first thing that is wrong is named with its index, and nothing after it is looked at. Deliberately absent: the tree's
//! own proofs and checkpoints, which are `kw_ledger`'s, and the comparison with what a server stores.

use std::collections::{BTreeSet, VecDeque};

use kw_ledger::{Frontier, Leaf, leaf_hash};

use crate::assertion::{self, Checked, Signed};
use crate::entry::leaf::{Openings, decode};
use crate::entry::{Entry, InForce, Opened, Record, Rise, SignedStep, TierRise, Turn};
use crate::fold::Fold;
use crate::power::Tier;
use crate::refusal::Refusal;
use crate::statement::ActionId;
use crate::step::{self, Asked, Event, Surroundings, Thresholds};
use crate::time::Millis;

/// Reads a ledger from its first entry, one leaf after the other.
#[derive(Debug)]
pub struct Replay {
    fold: Fold,
    roots: Vec<[u8; 32]>,
    frontier: Frontier,
    expected: VecDeque<Entry>,
    erased: Erased,
    signatures: u64,
    verify: Verify,
}

/// What is wrong with a ledger.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("entry {index}: {why}")]
pub struct Wrong {
    /// The first entry that is wrong.
    pub index: u64,
    /// What is wrong with it.
    pub why: String,
}

/// What a whole ledger says, when nothing in it is wrong.
#[derive(Debug)]
pub struct Replayed {
    /// Everything that follows from it.
    pub fold: Fold,
    /// How many signatures were checked.
    pub signatures: u64,
    /// How many entries had something erased.
    pub erased: u64,
    /// How many entries could not be derived again, because what they follow from was erased.
    pub unproven: u64,
    /// The root over all of it.
    pub root: [u8; 32],
    /// Whether it stands on the floor that is in this program. Without it nothing here protects anybody.
    pub has_real_floor: bool,
}

/// What erasures left behind.
#[derive(Debug, Default)]
struct Erased {
    entries: u64,
    unproven: u64,
    actions: BTreeSet<ActionId>,
    moment: Option<Millis>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verify {
    Signatures,
    #[cfg(test)]
    Nothing,
}

impl Default for Replay {
    fn default() -> Self {
        Self::new()
    }
}

impl Replay {
    /// Nothing read yet.
    pub fn new() -> Self {
        Self {
            fold: Fold::default(),
            roots: vec![*Frontier::new().root().as_bytes()],
            frontier: Frontier::new(),
            expected: VecDeque::new(),
            erased: Erased::default(),
            signatures: 0,
            verify: Verify::Signatures,
        }
    }

    /// As [`Replay::new`], believing every signature: for tests of rules, which have too many cases to sign each.
    #[cfg(test)]
    pub(crate) fn trusting() -> Self {
        Self { verify: Verify::Nothing, ..Self::new() }
    }

    /// What follows from the entries read so far.
    pub const fn fold(&self) -> &Fold {
        &self.fold
    }

    /// Reads the next leaf with its openings.
    pub fn push(&mut self, leaf: &Leaf, openings: &Openings) -> Result<(), Wrong> {
        let index = self.fold.size();
        let wrong = |why: String| Wrong { index, why };
        let entry = decode(leaf, openings).map_err(|error| wrong(error.to_string()))?;
        let bytes = leaf.to_bytes().map_err(|error| wrong(error.to_string()))?;
        self.read(&entry).map_err(wrong)?;
        self.frontier.push(leaf_hash(&bytes));
        self.roots.push(*self.frontier.root().as_bytes());
        Ok(())
    }

    /// Ends the reading. A ledger never ends within the entries that were appended together.
    pub fn finish(self) -> Result<Replayed, Wrong> {
        let index = self.fold.size();
        if let Some(next) = self.expected.front() {
            return Err(Wrong { index, why: format!("an entry of kind “{}” should follow", next.record.kind()) });
        }
        let has_real_floor = self.fold.house().is_some_and(|house| house.policy.has_real_floor());
        Ok(Replayed {
            fold: self.fold,
            signatures: self.signatures,
            erased: self.erased.entries,
            unproven: self.erased.unproven,
            root: *self.frontier.root().as_bytes(),
            has_real_floor,
        })
    }

    fn read(&mut self, entry: &Entry) -> Result<(), String> {
        if self.expected.is_empty() {
            self.expected = self.derive(entry)?.into();
        }
        let applied = match self.expected.pop_front() {
            Some(expected) => same(&expected, entry)?,
            None => {
                self.erased.unproven += 1;
                entry.clone()
            }
        };
        if was_erased(entry) {
            self.erased.entries += 1;
        }
        self.fold.apply(self.fold.size(), &applied).map_err(|broken| broken.to_string())
    }

    /// The entries that have to be appended where `entry` is the first of them; none where an erasure leaves that open.
    fn derive(&mut self, entry: &Entry) -> Result<Vec<Entry>, String> {
        if let Record::Erased { action, .. } = &entry.record {
            self.erased.actions.extend(*action);
            self.erased.moment = Some(entry.time);
            return Ok(Vec::new());
        }
        let event = match &entry.record {
            Record::Founded(founding) => Event::Found(founding.clone()),
            Record::Step(step) => self.asked(step)?,
            Record::RefusedStep(refused) => self.asked(&refused.step)?,
            Record::InForce(_) | Record::Outcome(_) => Event::Tick,
            Record::TierRose(rise) => {
                Event::FollowersCounted { account: rise.account, followers: followers(rise)?, from: thresholds(rise) }
            }
            Record::Started(started) => Event::Started(started.clone()),
            Record::Census(census) => Event::Census(census.counts.clone()),
            Record::OwnerState(state) => Event::OwnerState(state.clone()),
            Record::Attempt(attempt) => Event::Attempted(attempt.clone()),
            Record::Erased { .. } => return Ok(Vec::new()),
        };
        let derived = step::decide(&self.fold, &event, entry.time);
        let starts_so = |derived: &[Entry]| derived.first().is_some_and(|first| same(first, entry).is_ok());
        match derived {
            Ok(derived) if starts_so(&derived) => Ok(derived),
            _ if self.follows_from_erased(entry) => Ok(Vec::new()),
            Ok(derived) => match self.target_gone(entry) {
                Some(gone) => Ok(gone),
                None => Err(unexpected(&derived, entry)),
            },
            Err(refusal) => Err(format!("the rules refuse it: {refusal}")),
        }
    }

    /// A signed step as it was asked, its signature checked.
    fn asked(&mut self, step: &SignedStep) -> Result<Event, String> {
        let seen = usize::try_from(step.statement.seen.size).unwrap_or(usize::MAX);
        let around = Surroundings { seen_root: self.roots.get(seen).copied(), target_exists: true };
        let checked = self.checked(step).map_err(|refusal| format!("its signature does not hold: {refusal}"))?;
        self.signatures += 1;
        Ok(Event::Step(Box::new(Asked { checked, words: step.words.clone(), document: step.document.clone(), around })))
    }

    fn checked(&self, step: &SignedStep) -> Result<Checked, Refusal> {
        #[cfg(test)]
        if self.verify == Verify::Nothing {
            return Ok(Checked::unchecked(step.statement.clone()));
        }
        let unknown = || Refusal::new("unknown_key", "its key is not enrolled");
        let held = self.fold.key(&step.statement.signer).ok_or_else(unknown)?;
        let house = self.fold.house().ok_or_else(unknown)?;
        let signed = Signed { statement: step.statement.to_bytes(), assertion: step.assertion.clone() };
        debug_assert_eq!(self.verify, Verify::Signatures);
        assertion::check(signed, &held.key, &house.relying_party)
    }

    /// That an account was gone is not in the ledger; that its open actions are closed then can do no harm.
    fn target_gone(&self, entry: &Entry) -> Option<Vec<Entry>> {
        let Record::Outcome(outcome) = &entry.record else { return None };
        let derived = step::decide(&self.fold, &Event::TargetGone(outcome.subject.clone()), entry.time).ok()?;
        let starts_so = derived.first().is_some_and(|first| same(first, entry).is_ok());
        (outcome.turn == Turn::Stale && starts_so).then_some(derived)
    }

    fn follows_from_erased(&mut self, entry: &Entry) -> bool {
        let follows = entry.record.action().is_some_and(|action| self.erased.actions.contains(&action))
            || self.erased.moment == Some(entry.time);
        if follows {
            self.erased.actions.extend(entry.record.action());
        }
        follows
    }
}

/// The entry to go on with, when what is there is what was derived: an erased entry is known again from what it follows from.
fn same(expected: &Entry, found: &Entry) -> Result<Entry, String> {
    let is_erased = matches!(&found.record, Record::Erased { kind, action }
        if *kind == expected.record.kind() && *action == expected.record.action());
    let mut expected = expected.clone();
    if let (Record::InForce(expected), Record::InForce(found)) = (&mut expected.record, &found.record) {
        take_erased_ground(expected, found);
    }
    if expected.time == found.time && (is_erased || expected.record == found.record) {
        return Ok(expected);
    }
    Err(unexpected(std::slice::from_ref(&expected), found))
}

/// Where the words were erased, the ground that was told to everybody is all that is left of them.
fn take_erased_ground(expected: &mut InForce, found: &InForce) {
    if expected.ground.is_none() {
        expected.ground.clone_from(&found.ground);
    }
}

fn unexpected(derived: &[Entry], found: &Entry) -> String {
    let found = found.record.kind();
    match derived.first() {
        Some(expected) if expected.record.kind() == found => {
            format!("this “{found}” says something else than the rules give")
        }
        Some(expected) => format!("a “{found}” stands where the rules give a “{}”", expected.record.kind()),
        None => format!("no rule gives this “{found}”"),
    }
}

fn was_erased(entry: &Entry) -> bool {
    match &entry.record {
        Record::Erased { .. } => true,
        Record::Step(step) => step.words == Some(Opened::Erased),
        Record::RefusedStep(refused) => refused.step.words == Some(Opened::Erased),
        _ => false,
    }
}

fn followers(rise: &TierRise) -> Result<u64, String> {
    match rise.because {
        Rise::Followers(followers) => Ok(followers),
        Rise::Label => Err("a tier rose for a label that nobody gave".to_owned()),
    }
}

/// The highest numbers under which so many followers make this tier: a deployment may have lowered them.
fn thresholds(rise: &TierRise) -> Thresholds {
    let Rise::Followers(followers) = rise.because else { return Thresholds::default() };
    match rise.tier {
        Tier::Protected => Thresholds::new(followers, followers),
        Tier::Notable | Tier::Ordinary => Thresholds::new(followers, u64::MAX),
    }
}
