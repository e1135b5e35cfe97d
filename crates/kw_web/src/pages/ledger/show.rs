//! `/ledger`: the newest checkpoint, the newest entries that say more than that they exist, and the commands that check all
//! of it with a program that is not ours.

use kw_app::ledger::{public, watch};
use kw_html::part::ledger::LedgerHead;
use kw_html::part::pager::Pager;
use kw_html::views::Ledger;

use super::origin;
use crate::pages::answer::{Answer, page};
use crate::pages::view::ledger::entry;
use crate::pages::view::ms;
use crate::pages::visit::Visit;
use crate::params::Params;

/// Entries on a page.
const ENTRIES: usize = 20;
/// What others wrote to check such a log, in the version that this server's ledger is tested with.
const FSCK: &str = "github.com/transparency-dev/tessera/cmd/fsck@v1.0.4";

/// The page.
pub async fn show(visit: Visit, params: Params) -> Answer {
    let below = params.number("max_id")?;
    let (found, older) = public::list_newest(visit.cx(), below, ENTRIES).await?;
    let mut entries = Vec::with_capacity(found.len());
    for found in &found {
        entries.push(entry(&visit, found).await?);
    }
    let newer = below.map(|_| "/ledger".to_owned());
    let pager = Pager { newer, older: older.map(|below| format!("/ledger?max_id={below}")) };
    Ok(page(&Ledger { head: head(&visit), entries, pager, page: visit.page() }))
}

/// The newest checkpoint; none before the founding.
pub(in crate::pages) fn head(visit: &Visit) -> Option<LedgerHead> {
    let ledger = visit.cx().ledger();
    let head = public::head(visit.cx())?;
    Some(LedgerHead {
        origin: ledger.origin().to_owned(),
        size: head.size,
        root: head.root,
        signed_ms: ms(head.signed),
        vkey: ledger.vkey(),
        fingerprint: head.fingerprint,
        guards: watch::watchers(visit.cx()),
        witnessed_ms: None,
        command: command(origin(visit), &ledger.vkey()),
    })
}

/// Two lines for a shell on which Go is installed.
fn command(origin: &str, vkey: &str) -> String {
    format!(
        "printf '%s' '{vkey}' > ledger.key\ngo run {FSCK} -ui=false -v=1 -storage_url {origin}/ledger/ -public_key ledger.key"
    )
}
