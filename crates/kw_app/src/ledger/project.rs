//! What follows from the ledger elsewhere: the standing row with its line in the feed, and the handle of an account that
//! staff gave another one. A projection: it can be made again at any time, and decides nothing. What the ledger does not
//! explain is ignored.

use kw_domain::account::{Reach, Standing};
use kw_domain::id::AccountId;
use kw_domain::time::Millis;
use kw_staff::fold::{self, Fold};
use kw_store::{SharedStore, Stamp};

use crate::authority::Authority;
use crate::context::Context;
use crate::failure::Failure;
use crate::families::{ACCOUNT, STANDING};
use crate::feed::Event;
use crate::key::{Key, Only};
use crate::ledger::append::Appended;
use crate::rows::{OwnerStateRow, StandingRow};
use crate::staff::house::moment;
use crate::staff::{rename, tell_owner};

/// What the ledger says of an account at this moment.
pub fn standing(cx: &Context, account: AccountId) -> Standing {
    cx.ledger().read(|log| of_fold(log.fold(), account, cx.now()))
}

fn of_fold(fold: &Fold, account: AccountId, now: Millis) -> Standing {
    // Time never falls behind the newest entry: a clock that was set back ends nothing later than that.
    let known = fold.standing(account.0, moment(now).max(fold.time()));
    let until = known.until.map(|until| Millis(until.0));
    let reach = match known.reach {
        fold::Reach::Clear => Reach::Clear,
        fold::Reach::Limited => Reach::Limited { until },
        fold::Reach::Unavailable => Reach::Unavailable { until },
    };
    let force = known.action.and_then(|action| fold.force(action));
    let since = force.map_or(Millis(0), |force| Millis(force.since.0));
    Standing { reach, since, ledger_index: known.index, ..Standing::default() }
}

/// Writes the rows that follow from what was appended. A row that could not be written is written at the next start: the
/// decision stands in the ledger, and this node serves the ledger.
pub(super) async fn follow_up(cx: &Context, appended: &Appended) {
    let mut accounts: Vec<u64> =
        appended.entries.iter().filter_map(|entry| entry.record.subject()?.account_id()).collect();
    accounts.sort_unstable();
    accounts.dedup();
    for account in accounts {
        if let Err(error) = write(cx, AccountId(account)).await {
            tracing::warn!(account, %error, "a standing row lags behind the ledger");
        }
        if let Err(error) = rename::carry_out(cx, AccountId(account)).await {
            tracing::warn!(account, %error, "a handle lags behind the ledger");
        }
    }
    tell_owner::tell(cx, appended).await;
}

/// Writes every row that lags behind the ledger, and tells owners who were not told.
pub async fn catch_up(cx: &Context) -> Result<(), Failure> {
    let accounts: Vec<u64> = cx.ledger().read(|log| log.fold().accounts().map(|(id, _)| id).collect());
    for account in accounts {
        write(cx, AccountId(account)).await?;
        if let Err(error) = rename::carry_out(cx, AccountId(account)).await {
            tracing::warn!(account, %error, "a handle lags behind the ledger");
        }
    }
    tell_owner::catch_up(cx).await
}

/// One row and its line in the feed, unless the row is there already. Its stamp is the ledger's index, so that a late
/// write changes nothing.
async fn write(cx: &Context, account: AccountId) -> Result<(), Failure> {
    let standing = standing(cx, account);
    if standing.ledger_index == 0 {
        return Ok(());
    }
    let stored = cx.find(&STANDING, &account, &Only).await?;
    if stored.is_some_and(|stored| stored.stamp >= Stamp(standing.ledger_index)) {
        return Ok(());
    }
    let mut draft = cx.draft(&Authority::ledger());
    draft.ensure_stamped(&STANDING, (&account, &Only), &StandingRow::of(&standing), Stamp(standing.ledger_index));
    draft.tell(Event::account(account));
    cx.perform(draft).await
}

/// Rows that say something else than the ledger, of standing or of a handle: what somebody wrote past it, and what was lost. One sentence a
/// row. None of them is believed by any page.
pub async fn list_unexplained(cx: &Context) -> Result<Vec<String>, Failure> {
    let fold = cx.ledger().read(|log| log.fold().clone());
    unexplained(cx.store(), &fold, cx.now()).await
}

/// The same without a server.
pub(super) async fn unexplained(network: &SharedStore, fold: &Fold, now: Millis) -> Result<Vec<String>, Failure> {
    let now = now.max(Millis(fold.time().0));
    let mut found = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    let mut token: Option<kw_store::Bytes> = None;
    loop {
        let page = network.sweep(STANDING.family, token.as_deref(), kw_store::limit::SCAN_ROWS_MAX).await?;
        for swept in &page.rows {
            let account = AccountId::from_bytes(&swept.partition).unwrap_or(AccountId(0));
            seen.insert(account);
            let row = STANDING.decode(&swept.row)?;
            let (standing, said) = (of_fold(fold, account, now), row.value.standing(row.stamp.0));
            // What is over says nothing any more, before its entry is closed as well as after.
            let (ours, theirs) = (standing.reach_at(now), said.reach_at(now));
            if said.ledger_index != standing.ledger_index || ours != theirs {
                found.push(format!("the row of account {account} says what the ledger does not; the ledger counts"));
            }
        }
        match page.next {
            Some(next) => token = Some(next),
            None => break,
        }
    }
    let moved = fold.accounts().filter(|(_, known)| known.moved > 0).map(|(account, _)| account);
    let missing = moved.filter(|account| !seen.contains(&AccountId(*account)));
    found.extend(missing.map(|account| format!("the row of account {account} is missing; the ledger counts")));
    found.extend(misnamed(network, fold).await?);
    Ok(found)
}

/// Accounts that staff gave another handle and whose own row says something else.
async fn misnamed(network: &SharedStore, fold: &Fold) -> Result<Vec<String>, Failure> {
    let mut found = Vec::new();
    for (account, known) in fold.accounts() {
        let Some(handle) = &known.handle else { continue };
        let rows = network.get(&ACCOUNT.partition(&AccountId(account)), &[Only.to_bytes()]).await?;
        let Some(Some(row)) = rows.first() else { continue };
        let row = ACCOUNT.decode(row)?.value;
        if row.handle != *handle && !matches!(row.owner_state, OwnerStateRow::Deleted(_)) {
            let says = format!(
                "account {account} is called @{}, and the ledger says @{handle}; the ledger counts",
                row.handle
            );
            found.push(says);
        }
    }
    Ok(found)
}
