//! Full bundles of 256 entries move out of the head's partition into rows of their own, so that the partition stays small
//! however long the ledger grows.
//!
//! First the bundle is written, then the entries' rows go, at most 64 at a time. Stopped anywhere it goes on from what is
//! there: readers prefer the bundle, and until that is written the rows are all there. No leaf, hash or index changes.

use std::sync::atomic::Ordering;

use kw_ledger::tile::{WIDTH, encode_bundle};
use kw_store::{Direction, Range, limit};

use crate::authority::Authority;
use crate::context::Context;
use crate::failure::Failure;
use crate::families::staff::{BUNDLE, LEDGER};
use crate::family::Stored;
use crate::key::{Key, Only};
use crate::ledger::append::perform;
use crate::ledger::rows::{BundleRow, LedgerKey, LedgerRow};

/// Moves every full bundle that is not moved yet.
pub async fn seal(cx: &Context) -> Result<(), Failure> {
    let ledger = cx.ledger();
    let full = ledger.read(super::log::Log::size) / WIDTH;
    if ledger.sealed.load(Ordering::Acquire) == full {
        return Ok(());
    }
    while seal_some(cx, full).await? {}
    ledger.sealed.store(full, Ordering::Release);
    Ok(())
}

/// Takes the oldest rows of full bundles away, when their bundle is there; whether there were any.
async fn seal_some(cx: &Context, full: u64) -> Result<bool, Failure> {
    let shelf = cx.ledger().shelf();
    let range =
        Range { from: Some(LedgerKey::Entry(0).to_bytes()), to: Some(LedgerKey::Entry(full * WIDTH).to_bytes()) };
    let range = (&range, Direction::Ascending);
    let (rows, _) = cx.list_on(&shelf.ledger, &LEDGER, &Only, range, limit::STEP_ROWS_MAX).await?;
    let Some(Stored { key: LedgerKey::Entry(first), .. }) = rows.first() else { return Ok(false) };
    let bundle = first / WIDTH;
    if cx.find_on(&shelf.ledger, &BUNDLE, &bundle, &[Only]).await?.pop().flatten().is_none() {
        let leaves = shelf.leaves(bundle * WIDTH..(bundle + 1) * WIDTH).await?;
        let bytes = encode_bundle(&leaves)
            .map_err(|error| Failure::Damaged { family: BUNDLE.family.name, why: error.to_string() })?;
        let mut draft = cx.draft(&Authority::ledger());
        draft.ensure(&BUNDLE, (&bundle, &Only), &BundleRow { bytes });
        perform(cx, &shelf.ledger, draft, cx.mint_stamp().await?).await?;
    }
    forget(cx, bundle, &rows).await?;
    Ok(true)
}

/// Takes away those of `rows` that are in the bundle.
async fn forget(cx: &Context, bundle: u64, rows: &[Stored<LedgerKey, LedgerRow>]) -> Result<(), Failure> {
    let mut draft = cx.draft(&Authority::ledger());
    for row in rows {
        if matches!(row.key, LedgerKey::Entry(index) if index / WIDTH == bundle) {
            draft.decide_gone(&LEDGER, (&Only, &row.key), row.stamp);
        }
    }
    perform(cx, &cx.ledger().shelf().ledger, draft, cx.mint_stamp().await?).await
}
