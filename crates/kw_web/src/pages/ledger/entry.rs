//! `/ledger/entry/{index}`: what everybody may read of an entry, and how to check it.

use axum::extract::Path;
use kw_app::ledger::log::Log;
use kw_app::ledger::{public, watch};
use kw_html::views::LedgerEntry;

use super::origin;
use crate::error::Problem;
use crate::pages::answer::{Answer, page};
use crate::pages::view::ledger::{entry, hex};
use crate::pages::view::ms;
use crate::pages::visit::Visit;

/// The page.
pub async fn show(visit: Visit, Path(index): Path<String>) -> Answer {
    let index: u64 = index.parse().map_err(|_| Problem::missing())?;
    let found = public::find(visit.cx(), index).await?.ok_or_else(Problem::missing)?;
    let view = LedgerEntry {
        entry: entry(&visit, &found).await?,
        hash: hex(&found.hash),
        policy: found.policy.map(|hash| hex(&hash)),
        sealed_until_ms: found.seals_until.map(ms),
        proof_url: format!("/ledger/proof/{index}"),
        command: command(origin(&visit), index),
        size: visit.cx().ledger().read(Log::size),
        guards: watch::watchers(visit.cx()),
        page: visit.page(),
    };
    Ok(page(&view))
}

/// Hashes the entry's leaf as trees of this kind do (RFC 6962): what it prints is the hash on the page, the first of the
/// hashes that the proof leads on from.
fn command(origin: &str, index: u64) -> String {
    format!("(printf '\\000'; curl -s {origin}/ledger/leaf/{index}) | sha256sum")
}
