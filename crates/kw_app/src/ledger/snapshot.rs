//! Snapshots of what follows from the ledger, so that a start reads its newest entries alone.
//!
//! A snapshot is a convenience and decides nothing: one that is missing, cut, of another version or not sealed under this
//! ledger's own secret is passed over, and all entries are folded again. What was read on top of one must still make the
//! tree of the head. Deliberately absent: trust in it by anybody else. `kittiwake ledger verify` folds every entry.

use std::sync::atomic::Ordering;

use hmac::{Hmac, Mac};
use kw_store::{Direction, Range, limit};
use sha2::Sha256;

use crate::authority::Authority;
use crate::context::Context;
use crate::failure::Failure;
use crate::families::staff::SNAPSHOT;
use crate::family::Stored;
use crate::key::{Key, Only};
use crate::ledger::Ledger;
use crate::ledger::append::perform;
use crate::ledger::log::Log;
use crate::ledger::rows::SnapshotRow;

/// Entries from one snapshot to the next.
pub const EVERY: u64 = 4_096;

/// Bytes of a part.
const PART_BYTES: usize = limit::VALUE_BYTES_MAX / 2;
/// Parts written by one operation.
const PARTS_AT_ONCE: usize = 3;

/// The number of a row: which snapshot, by the entries it was taken at, and which part of it. [`HEAD`] names the newest.
type Place = (u64, u64);
const HEAD: Place = (0, 0);

/// The newest snapshot that can be believed.
pub(super) async fn read(cx: &Context, ledger: &Ledger) -> Result<Option<Log>, Failure> {
    let store = &ledger.shelf.ledger;
    let head = cx.find_on(store, &SNAPSHOT, &Only, &[HEAD]).await?.pop().flatten();
    let Some(Stored { value: SnapshotRow::Head { size, parts, seal }, .. }) = head else { return Ok(None) };
    let mut bytes = Vec::new();
    for part in 0..parts {
        let row = cx.find_on(store, &SNAPSHOT, &Only, &[(size, part)]).await?.pop().flatten();
        let Some(Stored { value: SnapshotRow::Part { bytes: part }, .. }) = row else { return Ok(None) };
        bytes.extend(part);
    }
    let is_ours = mac(ledger, size, &bytes).verify_slice(&seal).is_ok();
    let log = if is_ours { Log::from_bytes(&bytes).filter(|log| log.size() == size) } else { None };
    if log.is_none() {
        tracing::warn!(size, "the ledger's snapshot was passed over; all entries are read");
    }
    ledger.snapshot.store(log.as_ref().map_or(0, Log::size), Ordering::Release);
    Ok(log)
}

/// Takes a snapshot when so many entries came since the last one.
pub async fn take(cx: &Context) -> Result<(), Failure> {
    let ledger = cx.ledger();
    if ledger.read(Log::size) / EVERY <= ledger.snapshot_size() / EVERY {
        return Ok(());
    }
    let (size, bytes) = ledger.read(|log| (log.size(), log.to_bytes()));
    write(cx, ledger, size, &bytes).await?;
    ledger.snapshot.store(size, Ordering::Release);
    forget(cx, ledger, size).await
}

/// Parts first, the row that names them last: stopped anywhere, the snapshot before stays the newest.
async fn write(cx: &Context, ledger: &Ledger, size: u64, bytes: &[u8]) -> Result<(), Failure> {
    let parts: Vec<&[u8]> = bytes.chunks(PART_BYTES).collect();
    for (group, together) in parts.chunks(PARTS_AT_ONCE).enumerate() {
        let mut draft = cx.draft(&Authority::ledger());
        for (part, bytes) in ((group * PARTS_AT_ONCE) as u64..).zip(together) {
            draft.ensure(&SNAPSHOT, (&Only, &(size, part)), &SnapshotRow::Part { bytes: bytes.to_vec() });
        }
        perform(cx, &ledger.shelf.ledger, draft, cx.mint_stamp().await?).await?;
    }
    let seal = mac(ledger, size, bytes).finalize().into_bytes().to_vec();
    let mut draft = cx.draft(&Authority::ledger());
    draft.ensure(&SNAPSHOT, (&Only, &HEAD), &SnapshotRow::Head { size, parts: parts.len() as u64, seal });
    perform(cx, &ledger.shelf.ledger, draft, cx.mint_stamp().await?).await
}

/// Takes the parts of older snapshots away.
async fn forget(cx: &Context, ledger: &Ledger, size: u64) -> Result<(), Failure> {
    let range = Range { from: Some((1_u64, 0_u64).to_bytes()), to: Some((size, 0_u64).to_bytes()) };
    loop {
        let range = (&range, Direction::Ascending);
        let (rows, _) = cx.list_on(&ledger.shelf.ledger, &SNAPSHOT, &Only, range, limit::STEP_ROWS_MAX).await?;
        if rows.is_empty() {
            return Ok(());
        }
        let mut draft = cx.draft(&Authority::ledger());
        for row in &rows {
            draft.ensure_gone(&SNAPSHOT, (&Only, &row.key));
        }
        perform(cx, &ledger.shelf.ledger, draft, cx.mint_stamp().await?).await?;
    }
}

/// What seals a snapshot: nobody makes one who has no access to the ledger's secrets.
fn mac(ledger: &Ledger, size: u64, bytes: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(ledger.person_key()).expect("a key of any length will do");
    mac.update(b"kittiwake/snapshot/v1\n");
    mac.update(&size.to_be_bytes());
    mac.update(bytes);
    mac
}
