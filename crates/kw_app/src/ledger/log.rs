//! The ledger as this node knows it: how far it was read, and what follows from that.

use std::collections::BTreeMap;

use kw_domain::time::Millis;
use kw_ledger::{Frontier, Hash, leaf_hash};
use kw_staff::entry::{Entry, Record, Subject, is_shown};
use kw_staff::fold::Fold;
use kw_staff::power::Verb;
use kw_staff::statement::{ActionId, TargetKind};
use kw_store::Stamp;
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::families::staff::LEDGER;

/// Roots that are remembered: what somebody signs has seen a newer one.
const ROOTS_MAX: usize = 65_536;

/// How many levels of the tree are in one tile.
const TILE_LEVELS: u8 = 8;

/// Everything up to the newest entry that was read.
#[derive(Debug, Default)]
pub struct Log {
    fold: Fold,
    frontier: Frontier,
    /// The head row's stamp, on which the next append is conditional; none while there is none.
    head: Option<Stamp>,
    checkpoint: Vec<u8>,
    /// The root at each of the newest sizes of the tree: what somebody may have seen.
    roots: BTreeMap<u64, Hash>,
    /// Where the entries of each action are.
    actions: BTreeMap<ActionId, Vec<u64>>,
    /// Where the entries about each thing are.
    subjects: BTreeMap<Subject, Vec<u64>>,
    /// What was proposed about each thing.
    proposed: BTreeMap<Subject, Vec<ActionId>>,
    /// Where refusals are that had to be recorded, and about what.
    refused: Vec<(u64, Subject)>,
    /// How many uses of a power took effect on each thing, of those that everybody may know of.
    shown_uses: BTreeMap<Subject, u64>,
    /// When the newest census was taken.
    counted: Option<u64>,
}

/// What new leaves make of the tree.
#[derive(Debug, Clone)]
pub(super) struct Growth {
    /// The tree with them.
    pub frontier: Frontier,
    /// Hashes above the leaves that are published in tiles: tile level, tile, place in it, hash.
    pub nodes: Vec<(u64, u64, u8, Hash)>,
    /// The root after each leaf.
    pub roots: Vec<(u64, Hash)>,
}

impl Log {
    /// What follows from the entries.
    pub const fn fold(&self) -> &Fold {
        &self.fold
    }

    /// How many entries.
    pub const fn size(&self) -> u64 {
        self.frontier.size()
    }

    /// The root over all of them.
    pub fn root(&self) -> Hash {
        self.frontier.root()
    }

    /// The right edge of the tree.
    pub const fn frontier(&self) -> &Frontier {
        &self.frontier
    }

    /// The newest signed checkpoint; empty before the founding.
    pub fn checkpoint(&self) -> &[u8] {
        &self.checkpoint
    }

    /// The root at `size`, if that is one of the newest sizes that the ledger had.
    pub fn root_at(&self, size: u64) -> Option<Hash> {
        self.roots.get(&size).copied()
    }

    /// Where the entries of an action are, oldest first.
    pub fn of_action(&self, action: ActionId) -> &[u64] {
        self.actions.get(&action).map(Vec::as_slice).unwrap_or_default()
    }

    /// Where the entries about a thing are, oldest first.
    pub fn about(&self, subject: &Subject) -> &[u64] {
        self.subjects.get(subject).map(Vec::as_slice).unwrap_or_default()
    }

    /// What was proposed about a thing, oldest first, whatever came of it.
    pub fn proposed_about(&self, subject: &Subject) -> &[ActionId] {
        self.proposed.get(subject).map(Vec::as_slice).unwrap_or_default()
    }

    /// Where refusals are that had to be recorded, and about what, oldest first.
    pub fn refused(&self) -> &[(u64, Subject)] {
        &self.refused
    }

    /// How many uses of a power took effect on a thing, of those that everybody may know of.
    pub fn shown_uses(&self, subject: &Subject) -> u64 {
        self.shown_uses.get(subject).copied().unwrap_or_default()
    }

    /// When the newest census was taken; none when there was none yet.
    pub fn counted(&self) -> Option<Millis> {
        self.counted.map(Millis)
    }

    pub(super) const fn head(&self) -> Option<Stamp> {
        self.head
    }

    /// What `leaves` would make of the tree.
    pub(super) fn grown<'a>(&self, leaves: impl Iterator<Item = &'a [u8]>) -> Growth {
        let mut growth = Growth { frontier: self.frontier.clone(), nodes: Vec::new(), roots: Vec::new() };
        for leaf in leaves {
            growth.frontier.grow(leaf_hash(leaf), |node, hash| {
                if node.level > 0 && node.level % TILE_LEVELS == 0 {
                    let (tile, place) = (node.index >> TILE_LEVELS, (node.index & 0xFF) as u8);
                    growth.nodes.push((u64::from(node.level / TILE_LEVELS), tile, place, hash));
                }
            });
            growth.roots.push((growth.frontier.size(), growth.frontier.root()));
        }
        growth
    }

    /// Takes in entries that are stored.
    pub(super) fn take(
        &mut self,
        entries: &[Entry],
        growth: Growth,
        head: Stamp,
        checkpoint: &[u8],
    ) -> Result<(), Failure> {
        for (index, entry) in (self.size()..).zip(entries) {
            self.fold.apply(index, entry).map_err(|broken| Failure::Damaged {
                family: LEDGER.family.name,
                why: format!("entry {index} does not follow: {broken}"),
            })?;
            if matches!(entry.record, Record::Census(_)) {
                self.counted = Some(entry.time.0);
            }
            if let Some(action) = entry.record.action() {
                self.actions.entry(action).or_default().push(index);
            }
            if let Record::InForce(in_force) = &entry.record
                && is_shown(in_force.power, in_force.tier)
            {
                *self.shown_uses.entry(in_force.subject.clone()).or_default() += 1;
            }
            if let Record::Step(step) = &entry.record
                && step.statement.step == Verb::Propose
            {
                let subjects = step.statement.targets.iter().map(Subject::of);
                subjects.for_each(|subject| self.proposed.entry(subject).or_default().push(step.statement.action));
            }
            if let (Record::Attempt(_) | Record::RefusedStep(_), Some(subject)) =
                (&entry.record, entry.record.subject())
            {
                self.refused.push((index, subject));
            }
            if let Some(subject) = entry.record.subject() {
                self.subjects.entry(subject).or_default().push(index);
            }
        }
        self.frontier = growth.frontier;
        self.roots.extend(growth.roots);
        while self.roots.len() > ROOTS_MAX {
            self.roots.pop_first();
        }
        self.stand_at(head, checkpoint);
        Ok(())
    }

    /// Notes the head row that says as much as is known here.
    pub(super) fn stand_at(&mut self, head: Stamp, checkpoint: &[u8]) {
        self.head = Some(head);
        checkpoint.clone_into(&mut self.checkpoint);
    }

    /// All of it but the head, for a snapshot.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let subjects = self.subjects.iter();
        let kept = Kept {
            fold: self.fold.to_bytes(),
            frontier: self.frontier.to_bytes(),
            roots: self.roots.iter().map(|(size, root)| (*size, *root.as_bytes())).collect(),
            actions: self.actions.iter().map(|(action, entries)| (action.0, entries.clone())).collect(),
            subjects: subjects.map(|(subject, entries)| (name(subject), entries.clone())).collect(),
            proposed: self.proposed.iter().map(|(subject, actions)| (name(subject), ids(actions))).collect(),
            shown_uses: self.shown_uses.iter().map(|(subject, uses)| (name(subject), *uses)).collect(),
            refused: self.refused.iter().map(|(index, subject)| (*index, name(subject))).collect(),
            counted: self.counted,
        };
        postcard::to_allocvec(&kept).expect("it is written whatever it is")
    }

    /// Reads a snapshot; none when it is of another version or cut.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let kept: Kept = postcard::from_bytes(bytes).ok()?;
        let (uses, proposed) = (kept.shown_uses.into_iter(), kept.proposed.into_iter());
        let refused = kept.refused.into_iter();
        Some(Self {
            fold: Fold::from_bytes(&kept.fold)?,
            frontier: Frontier::from_bytes(&kept.frontier).ok()?,
            head: None,
            checkpoint: Vec::new(),
            roots: kept.roots.into_iter().map(|(size, root)| (size, Hash::new(root))).collect(),
            actions: kept.actions.into_iter().map(|(action, entries)| (ActionId(action), entries)).collect(),
            subjects: kept
                .subjects
                .into_iter()
                .map(|(it, entries)| Some((named(it)?, entries)))
                .collect::<Option<_>>()?,
            proposed: proposed
                .map(|(it, ids)| Some((named(it)?, ids.into_iter().map(ActionId).collect())))
                .collect::<Option<_>>()?,
            shown_uses: uses.map(|(it, uses)| Some((named(it)?, uses))).collect::<Option<_>>()?,
            refused: refused.map(|(index, it)| Some((index, named(it)?))).collect::<Option<_>>()?,
            counted: kept.counted,
        })
    }
}

/// The shape of a snapshot.
#[derive(Serialize, Deserialize)]
struct Kept {
    fold: Vec<u8>,
    frontier: Vec<u8>,
    roots: Vec<(u64, [u8; 32])>,
    actions: Vec<(u128, Vec<u64>)>,
    subjects: Vec<((String, String), Vec<u64>)>,
    proposed: Vec<((String, String), Vec<u128>)>,
    shown_uses: Vec<((String, String), u64)>,
    refused: Vec<(u64, (String, String))>,
    counted: Option<u64>,
}

fn ids(actions: &[ActionId]) -> Vec<u128> {
    actions.iter().map(|action| action.0).collect()
}

fn name(subject: &Subject) -> (String, String) {
    (subject.kind.word().to_owned(), subject.id.clone())
}

fn named((kind, id): (String, String)) -> Option<Subject> {
    Some(Subject { kind: TargetKind::from_word(&kind)?, id })
}
