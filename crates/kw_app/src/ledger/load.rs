//! Reading the ledger into the fold: at start all of it, later what other nodes have appended. Nothing is served before.

use kw_domain::refusal::{Kind, Refusal};
use kw_ledger::Frontier;
use kw_ledger::tile::WIDTH;
use kw_store::Stamp;

use crate::context::Context;
use crate::failure::Failure;
use crate::families::staff::LEDGER;
use crate::family::Stored;
use crate::ledger::Ledger;
use crate::ledger::rows::LedgerRow;
use crate::settings::Stage;

/// Brings this node up to the ledger's head. Called by whoever holds the turn.
pub(super) async fn follow(cx: &Context, ledger: &Ledger) -> Result<(), Failure> {
    let Some(Stored { value: LedgerRow::Head { size, frontier, checkpoint }, stamp, .. }) = ledger.shelf.head().await?
    else {
        return Ok(());
    };
    cx.observe(stamp);
    if ledger.read(|log| log.head() == Some(stamp)) {
        return Ok(check_floor(cx, ledger)?);
    }
    let mut at = ledger.read(crate::ledger::log::Log::size);
    while at < size {
        let until = size.min((at / WIDTH + 1) * WIDTH);
        take(ledger, at, until, (stamp, &checkpoint)).await?;
        at = until;
    }
    ledger.guard_mut().stand_at(stamp, &checkpoint);
    let damaged = |why: &str| Failure::Damaged { family: LEDGER.family.name, why: why.to_owned() };
    let stored = Frontier::from_bytes(&frontier).map_err(|_| damaged("its head cannot be read"))?;
    if ledger.read(|log| log.root() != stored.root() || log.size() != size) {
        return Err(damaged("its entries do not make the tree of its head. `kittiwake ledger verify` says where"));
    }
    Ok(check_floor(cx, ledger)?)
}

/// Nobody is served under rules that were made up for a play.
fn check_floor(cx: &Context, ledger: &Ledger) -> Result<(), Refusal> {
    let is_real = ledger.read(|log| log.fold().house().is_none_or(|house| house.policy.has_real_floor()));
    if is_real || cx.settings().stage == Stage::Play {
        return Ok(());
    }
    let sentence = "This ledger was founded on made-up rules that protect nobody: `kittiwake replay` played with it. No \
                    server serves it. `kittiwake ledger verify` reads it; for people, start with an empty data directory.";
    Err(Refusal::new(Kind::Invalid, "made_up_floor", sentence))
}

async fn take(ledger: &Ledger, from: u64, until: u64, (head, checkpoint): (Stamp, &[u8])) -> Result<(), Failure> {
    let leaves = ledger.shelf.leaves(from..until).await?;
    let entries = ledger.shelf.entries(from, &leaves).await?;
    let growth = ledger.read(|log| log.grown(leaves.iter().map(Vec::as_slice)));
    ledger.guard_mut().take(&entries, growth, head, checkpoint)
}
