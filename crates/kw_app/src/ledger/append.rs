//! The append: an event is judged against everything before it and becomes entries, or nothing happens at all.
//!
//! One at a time on this node; between nodes the head row's stamp decides. Keys of openings are written first (without an
//! entry they open nothing), then one conditional batch of head and entries, with their openings behind it. When that is
//! done the decision is taken; what follows elsewhere is a projection ([`super::project`]).

use kw_ledger::Checkpoint;
use kw_ledger::tile::WIDTH;
use kw_staff::entry::Entry;
use kw_staff::entry::leaf::{self, Openings, Shown};
use kw_staff::step::{Event, step};
use kw_store::{OperationId, Outcome, SharedStore, Stamp, limit};

use crate::authority::Authority;
use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::families::staff::{DETAIL, LEDGER, NODE, OPENING_KEYS};
use crate::key::Only;
use crate::ledger::Ledger;
use crate::ledger::log::{Growth, Log};
use crate::ledger::opening::{KEY_BYTES, seal};
use crate::ledger::rows::{DetailRow, LedgerKey, LedgerRow, NodeRow, OpeningKeysRow};
use crate::operation::{Before, Draft};
use crate::staff::house::{self, to_domain};

/// Entries of one event at most: a step, what it closes and what it puts in force.
const ENTRIES_MAX: usize = limit::STEP_ROWS_MAX - 1;

/// What an event appended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appended {
    /// The index of the first entry.
    pub first: u64,
    /// The entries, in order; none when the event changed nothing.
    pub entries: Vec<Entry>,
}

/// Judges the event that `make` makes of the ledger as it is at that moment, and appends what follows.
pub async fn append(cx: &Context, make: impl Fn(&Log) -> Result<Event, Failure> + Sync) -> Result<Appended, Failure> {
    let ledger = cx.ledger();
    let _turn = ledger.turn.lock().await;
    let appended = retry(|| append_once(cx, ledger, &make)).await?;
    super::project::follow_up(cx, &appended).await;
    Ok(appended)
}

async fn append_once(
    cx: &Context,
    ledger: &Ledger,
    make: &(impl Fn(&Log) -> Result<Event, Failure> + Sync),
) -> Result<Appended, Failure> {
    super::load::follow(cx, ledger).await?;
    let (first, entries) = ledger.read(|log| -> Result<_, Failure> {
        let event = make(log)?;
        let entries = step(log.fold(), &event, house::moment(cx.now())).map_err(to_domain)?;
        Ok((log.size(), entries))
    })?;
    if entries.is_empty() {
        return Ok(Appended { first, entries });
    }
    if entries.len() > ENTRIES_MAX {
        return Err(Failure::Outside(format!(
            "an event makes {} entries, and {ENTRIES_MAX} at most fit",
            entries.len()
        )));
    }
    write(cx, ledger, first, &entries).await?;
    Ok(Appended { first, entries })
}

/// An entry in the shape in which it is stored.
struct Written {
    leaf: Vec<u8>,
    openings: Vec<Shown>,
}

async fn write(cx: &Context, ledger: &Ledger, first: u64, entries: &[Entry]) -> Result<(), Failure> {
    let written: Vec<Written> = entries.iter().map(|entry| shape(cx, entry)).collect::<Result<_, _>>()?;
    let (growth, before) = ledger.read(|log| {
        let growth = log.grown(written.iter().map(|entry| entry.leaf.as_slice()));
        (growth, log.head().map_or(Before::Absent, Before::Is))
    });
    let checkpoint = sign(ledger, &growth)?;
    let keys: Vec<Vec<[u8; KEY_BYTES]>> =
        written.iter().map(|entry| entry.openings.iter().map(|_| cx.random_bytes()).collect()).collect();

    let lock = u64::from_be_bytes(cx.random_bytes());
    let stamp = cx.mint_stamp().await?;
    let mut locks = cx.draft(&Authority::ledger());
    for (index, keys) in (first..).zip(&keys) {
        let row = OpeningKeysRow { keys: keys.iter().map(|key| key.to_vec()).collect() };
        locks.ensure(&OPENING_KEYS, (&(index / WIDTH), &(index, lock)), &row);
    }
    perform(cx, &ledger.shelf.keys, locks, stamp).await?;

    let mut draft = cx.draft(&Authority::ledger());
    let head = LedgerRow::Head {
        size: growth.frontier.size(),
        frontier: growth.frontier.to_bytes(),
        checkpoint: checkpoint.clone(),
    };
    draft.decide(&LEDGER, (&Only, &LedgerKey::Head), before, &head);
    for ((index, entry), keys) in (first..).zip(&written).zip(&keys) {
        let row = LedgerRow::Entry { leaf: entry.leaf.clone() };
        draft.decide(&LEDGER, (&Only, &LedgerKey::Entry(index)), Before::Absent, &row);
        let sealed = entry.openings.iter().zip(keys).map(|(opening, key)| seal(index, opening, key)).collect();
        draft.ensure(&DETAIL, (&(index / WIDTH), &index), &DetailRow { lock, sealed });
    }
    for (level, tile, place, hash) in &growth.nodes {
        draft.ensure(&NODE, (&(*level, *tile), place), &NodeRow { hash: *hash.as_bytes() });
    }
    perform(cx, &ledger.shelf.ledger, draft, stamp).await?;
    ledger.guard_mut().take(entries, growth, stamp, &checkpoint)
}

fn shape(cx: &Context, entry: &Entry) -> Result<Written, Failure> {
    let outside = |error: leaf::Unreadable| Failure::Outside(error.to_string());
    let (leaf, openings) = leaf::encode(entry, &mut || cx.random_bytes()).map_err(outside)?;
    let leaf = leaf.to_bytes().map_err(|error| Failure::Outside(error.to_string()))?;
    let Openings { target, body, private } = openings;
    Ok(Written { leaf, openings: target.into_iter().chain(body).chain(private).collect() })
}

/// A signed size is never signed again with another root: what is signed here is stored in the same batch as the entries,
/// and shown to nobody before that.
fn sign(ledger: &Ledger, growth: &Growth) -> Result<Vec<u8>, Failure> {
    let checkpoint = Checkpoint::new(ledger.origin(), growth.frontier.head()).sign(ledger.signer());
    let checkpoint = checkpoint.map_err(|error| Failure::Outside(error.to_string()))?;
    Ok(checkpoint.note().to_string().into_bytes())
}

/// Performs an operation on one of the ledger's databases; the network's caches and bus have no part in it.
pub(super) async fn perform(cx: &Context, store: &SharedStore, draft: Draft, stamp: Stamp) -> Result<(), Failure> {
    let (operation, _) = draft.finish(OperationId(u128::from_be_bytes(cx.random_bytes())), stamp)?;
    match cx.settle_on(store, &operation).await? {
        Outcome::Done => Ok(()),
        Outcome::Conflict(_) => Err(Failure::Conflict),
    }
}

/// Closes what is over and lets what waits by itself take effect, as far as something is due. Nothing depends on it: an
/// effect ends at its `until` by being read.
pub async fn tick(cx: &Context) -> Result<(), Failure> {
    /// Rounds at most; the next tick goes on.
    const ROUNDS_MAX: usize = 16;
    for _ in 0..ROUNDS_MAX {
        let is_due = cx.ledger().read(|log| {
            step(log.fold(), &Event::Tick, house::moment(cx.now())).is_ok_and(|entries| !entries.is_empty())
        });
        if !is_due || append(cx, |_| Ok(Event::Tick)).await?.entries.is_empty() {
            break;
        }
    }
    Ok(())
}
