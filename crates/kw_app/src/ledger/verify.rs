//! A ledger verified without a server: signature, order and tree, every staff signature and every rule, and, beside a
//! database of the network, the standing rows. `kittiwake ledger verify` says the result.
//!
//! Works on the databases as such and on an export of them; a server that refuses to start on a damaged ledger is not
//! needed. Deliberately absent: mending. What is broken is named, and stays as it is.

use std::collections::BTreeMap;

use kw_domain::time::Millis;
use kw_ledger::audit::{Audit, compare, entries_of};
use kw_ledger::tile::{BundleAddress, Resource, Tile};
use kw_ledger::{Checkpoint, Leaf, Note, SignedCheckpoint, TreeHead, Verifier};
use kw_staff::entry::leaf::{self, Openings};
use kw_staff::entry::{Founding, Record};
use kw_staff::fold::Fold;
use kw_staff::power::Power;
use kw_staff::replay::Replay;
use kw_store::SharedStore;
use sha2::{Digest, Sha256};

use super::project;
use crate::failure::Failure;

/// Where a ledger is read from.
pub trait Source: Sync {
    /// A part of it as it is published; none where there is no such part.
    fn read(&self, resource: Resource) -> impl Future<Output = Result<Option<Vec<u8>>, Failure>> + Send;
    /// What opens the entry at `index`, as far as it was not erased.
    fn openings(&self, index: u64) -> impl Future<Output = Result<Openings, Failure>> + Send;
    /// Whether openings are there at all. Without them the tree can be checked, and what entries mean cannot.
    fn has_openings(&self) -> bool;
    /// Whether there is an entry at `index`, wherever the checkpoint ends.
    fn has_entry(&self, index: u64) -> impl Future<Output = Result<bool, Failure>> + Send;
}

/// What somebody expects of a ledger.
#[derive(Debug, Default)]
pub struct Expected {
    /// The public key of the log. Without it the one that entry 0 names is believed.
    pub key: Option<Verifier>,
    /// The text of the policy in force.
    pub policy: Option<Vec<u8>>,
    /// Checkpoints that were seen earlier, with what to call each.
    pub seen: Vec<(String, Vec<u8>)>,
}

/// The database of the network, whose standing rows are compared with the ledger as it stands at a moment.
#[derive(Debug, Clone)]
pub struct Beside {
    /// The database.
    pub network: SharedStore,
    /// The moment.
    pub now: Millis,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// What is wrong, a sentence each. Of the entries only the first thing wrong.
    pub findings: Vec<String>,
    /// The first line of its checkpoints.
    pub origin: String,
    /// The public key with which they were verified, in the form that other programs take.
    pub key: String,
    /// Entries that were read.
    pub entries: u64,
    /// The root over them, in base64.
    pub root: String,
    /// Whether the entries' meaning was checked too; without openings only signature, order and tree.
    pub is_replayed: bool,
    /// Passkey signatures that hold.
    pub signatures: u64,
    /// Openings that are there.
    pub openings: u64,
    /// Openings that are not there any more.
    pub openings_erased: u64,
    /// SHA-256 of entry 0.
    pub founding: Option<[u8; 32]>,
    /// SHA-256 of the policy in force.
    pub policy: Option<[u8; 32]>,
    /// Whether it was founded on a floor that protects nobody.
    pub has_made_up_floor: bool,
    /// Witnesses that the founding names.
    pub witnesses: u64,
    /// Those of them that have signed the newest checkpoint.
    pub cosigned: u64,
}

impl Report {
    /// Whether nothing is wrong.
    pub fn is_whole(&self) -> bool {
        self.findings.is_empty()
    }

    /// The verdict in one line, for people and for scripts: its first word is WHOLE or BROKEN.
    pub fn verdict(&self) -> String {
        if let Some(finding) = self.findings.first() {
            return format!("BROKEN: {finding}");
        }
        if self.entries == 0 {
            return "WHOLE: no entries; nothing has been founded here yet".to_owned();
        }
        let mut said = vec![format!("WHOLE: {} entries of {}, root {}", self.entries, self.origin, self.root)];
        said.push(if self.is_replayed {
            format!("{} signatures hold and every rule was kept", self.signatures)
        } else {
            "only signature, order and tree were checked: there are no openings".to_owned()
        });
        said.push(match (self.witnesses, self.cosigned) {
            (_, 0) => "unwitnessed".to_owned(),
            (all, signed) => format!("cosigned by {signed} of {all} witnesses"),
        });
        if self.openings_erased > 0 {
            said.push(format!("{} openings erased", self.openings_erased));
        }
        if self.has_made_up_floor {
            said.push("FOUNDED ON A MADE-UP FLOOR THAT PROTECTS NOBODY".to_owned());
        }
        said.join("; ")
    }
}

/// Verifies a ledger. `tell` hears how many entries were read, of how many.
pub async fn verify(
    source: &impl Source,
    expected: &Expected,
    beside: Option<Beside>,
    tell: impl FnMut(u64, u64) + Send,
) -> Result<Report, Failure> {
    let mut reading = Reading { report: Report::default(), seen: BTreeMap::new(), fold: None };
    let outcome = read(source, expected, &mut reading, tell).await;
    found(&mut reading.report, outcome)?;
    let Reading { mut report, fold, .. } = reading;
    let fold = match fold {
        Some(fold) => fold,
        // Nothing was founded, so that nothing can be explained.
        None if report.is_whole() && report.entries == 0 => Fold::default(),
        None => return Ok(report),
    };
    if let (Some(text), Some(policy)) = (&expected.policy, report.policy)
        && <[u8; 32]>::from(Sha256::digest(text)) != policy
    {
        report.findings.push("another policy is in force than the one you expect".to_owned());
    }
    if let Some(Beside { network, now }) = beside {
        match project::unexplained(&network, &fold, now).await {
            Ok(rows) => report.findings.extend(rows),
            Err(failure) => found(&mut report, Err(failure.into()))?,
        }
    }
    Ok(report)
}

/// What is known while a ledger is read.
struct Reading {
    report: Report,
    /// Roots that were seen, by size.
    seen: BTreeMap<u64, Vec<(String, TreeHead)>>,
    fold: Option<Fold>,
}

/// Something wrong with the ledger, or trouble that says nothing about it.
enum Trouble {
    Wrong(String),
    Failure(Failure),
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Damaged { why, .. } => Self::Wrong(why),
            other => Self::Failure(other),
        }
    }
}

fn wrong(why: impl std::fmt::Display) -> Trouble {
    Trouble::Wrong(why.to_string())
}

/// Keeps what is wrong; gives back what is trouble.
fn found(report: &mut Report, outcome: Result<(), Trouble>) -> Result<(), Failure> {
    match outcome {
        Ok(()) => Ok(()),
        Err(Trouble::Wrong(why)) => {
            report.findings.push(why);
            Ok(())
        }
        Err(Trouble::Failure(failure)) => Err(failure),
    }
}

async fn read(
    source: &impl Source,
    expected: &Expected,
    reading: &mut Reading,
    mut tell: impl FnMut(u64, u64) + Send,
) -> Result<(), Trouble> {
    let Some(checkpoint) = source.read(Resource::Checkpoint).await? else {
        return read_nothing(source, expected).await;
    };
    let key = key(source, expected, &checkpoint).await?;
    let mut audit = Audit::begin(&checkpoint, &key).map_err(wrong)?;
    key.name().clone_into(&mut reading.report.origin);
    reading.report.key = key.to_string();
    let signed = *audit.signed();
    take_seen(expected, &key, &signed, reading);
    if source.has_entry(signed.size).await? {
        return Err(wrong(format!("there are more entries than the {} that the checkpoint says", signed.size)));
    }
    let mut replay = source.has_openings().then(Replay::new);
    let mut erasures = Erasures::default();
    compare_seen(&audit.head(), reading);
    for address in BundleAddress::between(0, signed.size) {
        let bytes = need(source, Resource::Bundle(address)).await?;
        for entry in entries_of(address, &bytes).map_err(wrong)? {
            let index = audit.head().size;
            for tile in audit.follow(entry).map_err(wrong)? {
                check_tile(source, &tile).await?;
            }
            if let Some(replay) = &mut replay {
                let openings = source.openings(index).await?;
                let leaf = Leaf::from_bytes(entry).map_err(wrong)?;
                replay.push(&leaf, &openings).map_err(wrong)?;
                erasures.count(&leaf, &openings, &mut reading.report);
            }
            reading.report.entries = index + 1;
            if reading.seen.contains_key(&(index + 1)) {
                compare_seen(&audit.head(), reading);
            }
        }
        tell(reading.report.entries, signed.size);
    }
    for tile in audit.partial_tiles() {
        check_tile(source, &tile).await?;
    }
    reading.report.root = audit.end().map_err(wrong)?.root.to_base64();
    let Some(replay) = replay else { return Ok(()) };
    let replayed = replay.finish().map_err(wrong)?;
    reading.report.signatures = replayed.signatures;
    reading.report.has_made_up_floor = signed.size > 0 && !replayed.has_real_floor;
    reading.report.is_replayed = true;
    erasures.check(replayed.erased, &replayed.fold, reading);
    look_at_house(&replayed.fold, &checkpoint, &key, &mut reading.report)?;
    reading.fold = Some(replayed.fold);
    Ok(())
}

/// Without a checkpoint there must be nothing, and nothing may have been seen.
async fn read_nothing(source: &impl Source, expected: &Expected) -> Result<(), Trouble> {
    if source.has_entry(0).await? {
        return Err(wrong("there are entries, and no checkpoint of them"));
    }
    match expected.seen.first() {
        Some((name, _)) => Err(wrong(format!("ROLLED BACK: {name} is a checkpoint, and the ledger is empty"))),
        None => Ok(()),
    }
}

async fn need(source: &impl Source, resource: Resource) -> Result<Vec<u8>, Trouble> {
    source.read(resource).await?.ok_or_else(|| wrong(format!("{resource} is missing")))
}

async fn check_tile(source: &impl Source, tile: &Tile) -> Result<(), Trouble> {
    let bytes = need(source, Resource::Tile(tile.address())).await?;
    compare(tile, &bytes).map_err(wrong)
}

/// The key with which checkpoints must be signed: the one that is expected, or the one that entry 0 names.
async fn key(source: &impl Source, expected: &Expected, checkpoint: &[u8]) -> Result<Verifier, Trouble> {
    if let Some(key) = &expected.key {
        return Ok(key.clone());
    }
    if !source.has_openings() {
        return Err(wrong("without openings, the log's public key has to be given"));
    }
    // Only its size is taken from the checkpoint here, and nothing is believed of it.
    let note = Note::parse(checkpoint).map_err(wrong)?;
    let size = Checkpoint::parse(note.text()).map_err(wrong)?.head.size;
    let address = BundleAddress::of(0, size).ok_or_else(|| wrong("the checkpoint is of an empty log"))?;
    let bytes = need(source, Resource::Bundle(address)).await?;
    let entries = entries_of(address, &bytes).map_err(wrong)?;
    let first = entries.first().ok_or_else(|| wrong("there is no entry 0"))?;
    let leaf = Leaf::from_bytes(first).map_err(wrong)?;
    let entry = leaf::decode(&leaf, &source.openings(0).await?).map_err(|error| wrong(format!("entry 0: {error}")))?;
    let Founding { log_key, .. } = match entry.record {
        Record::Founded(founding) => *founding,
        Record::Erased { .. } => {
            return Err(wrong("nothing opens entry 0: keys.db is of another server, or its keys were erased"));
        }
        _ => return Err(wrong("entry 0 is no founding")),
    };
    log_key.parse().map_err(|error| wrong(format!("entry 0: its key: {error}")))
}

/// Reads the checkpoints that somebody saw earlier.
fn take_seen(expected: &Expected, key: &Verifier, signed: &TreeHead, reading: &mut Reading) {
    for (name, bytes) in &expected.seen {
        match SignedCheckpoint::open(bytes, key) {
            Err(error) => reading.report.findings.push(format!("{name} is no checkpoint of this ledger: {error}")),
            Ok(seen) if seen.head().size > signed.size => reading.report.findings.push(format!(
                "ROLLED BACK: {name} shows that {} entries were signed, and now there are {}",
                seen.head().size,
                signed.size
            )),
            Ok(seen) => reading.seen.entry(seen.head().size).or_default().push((name.clone(), *seen.head())),
        }
    }
}

/// Compares the tree as it was at this size with what was seen of it.
fn compare_seen(head: &TreeHead, reading: &mut Reading) {
    for (name, seen) in reading.seen.remove(&head.size).unwrap_or_default() {
        if seen.root != head.root {
            reading.report.findings.push(format!(
                "REWRITTEN: {name} shows other first {} entries than there are now, both signed with the ledger's key",
                head.size
            ));
        }
    }
}

/// Erasures that were decided, beside those that happened.
#[derive(Default)]
struct Erasures {
    decided: u64,
}

impl Erasures {
    fn count(&mut self, leaf: &Leaf, openings: &Openings, report: &mut Report) {
        let committed = [leaf.target, leaf.body, leaf.private].into_iter().flatten().count() as u64;
        let there = [&openings.target, &openings.body, &openings.private].into_iter().flatten().count() as u64;
        report.openings += there;
        report.openings_erased += committed.saturating_sub(there);
        let entry = leaf::decode(leaf, openings);
        if let Ok(Record::InForce(in_force)) = entry.map(|entry| entry.record)
            && in_force.power == Power::EraseOpening
        {
            self.decided += 1;
        }
    }

    /// An erasure that nobody decided hides something, and is told.
    fn check(&self, erased: u64, fold: &Fold, reading: &mut Reading) {
        let gone = erased.max(fold.erased());
        if gone > self.decided || (reading.report.openings_erased > 0 && self.decided == 0) {
            let sentence = format!(
                "{} openings are gone, of {gone} entries, and {} erasures were decided",
                reading.report.openings_erased, self.decided
            );
            reading.report.findings.push(sentence);
        }
    }
}

fn look_at_house(fold: &Fold, checkpoint: &[u8], key: &Verifier, report: &mut Report) -> Result<(), Trouble> {
    let Some(house) = fold.house() else { return Ok(()) };
    report.founding = Some(house.founding);
    report.policy = Some(house.policy_hash);
    report.witnesses = house.witnesses.len() as u64;
    if house.log_key != key.to_string() {
        return Err(wrong("entry 0 names another key than the one that signs"));
    }
    let signed = SignedCheckpoint::open(checkpoint, key).map_err(wrong)?;
    let cosigned = |witness: &&String| witness.parse().is_ok_and(|witness| signed.cosigned_at(&witness).is_ok());
    report.cosigned = house.witnesses.iter().filter(cosigned).count() as u64;
    Ok(())
}
