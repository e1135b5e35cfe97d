//! Entries of the server's own: that it started, with which program and configuration, each day what was counted, and what
//! the owner of a notable or protected account chose. They say nothing before the founding, and nobody decides anything
//! with them.

use std::collections::BTreeMap;

use kw_domain::id::AccountId;
use kw_domain::time::Millis;
use kw_staff::entry::{Choice, OwnerState, Started, Subject};
use kw_staff::power::Tier;
use kw_staff::step::Event;

use crate::account;
use crate::context::Context;
use crate::failure::Failure;
use crate::house;
use crate::ledger::append::append;
use crate::ledger::log::Log;

/// Records that the server started.
pub async fn started(cx: &Context, started: &Started) -> Result<(), Failure> {
    if cx.ledger().read(Log::size) > 0 {
        append(cx, |_| Ok(Event::Started(started.clone()))).await?;
    }
    Ok(())
}

/// Records what the owner of a notable or protected account chose, so that nobody can say later that it was the owner who
/// hid it. What was chosen holds whether or not it could be recorded.
pub(crate) async fn owner_chose(cx: &Context, account: AccountId, choice: Choice) {
    let tier = cx.ledger().read(|log| log.fold().account(account.0).tier);
    if tier == Tier::Ordinary {
        return;
    }
    let state = OwnerState { account: account.0, choice };
    if let Err(error) = append(cx, |_| Ok(Event::OwnerState(state.clone()))).await {
        tracing::warn!(%error, account = account.0, "what an owner chose was not recorded");
    }
}

/// The same when an account was deleted by its owner; what staff had begun about it is closed.
pub(crate) async fn owner_left(cx: &Context, account: AccountId) {
    owner_chose(cx, account, Choice::Deleted).await;
    let subject = Subject::account(account.0);
    let is_open = cx.ledger().read(|log| log.fold().cases().any(|(_, case)| case.subject == subject));
    if is_open && let Err(error) = append(cx, |_| Ok(Event::TargetGone(subject.clone()))).await {
        tracing::warn!(%error, account = account.0, "an action about a deleted account stays open until it expires");
    }
}

/// Records what was counted, once a day.
pub async fn census(cx: &Context) -> Result<(), Failure> {
    let last = cx.ledger().read(|log| (log.size() > 0).then(|| log.counted().unwrap_or_default()));
    match last {
        Some(last) if last.plus_ms(Millis::DAY) <= cx.now() => {
            let counted = house::census(cx);
            let members = account::count(cx).await?;
            let counts = [("active_month", counted.active_month), ("members", members), ("posts", counted.posts)];
            let counts: BTreeMap<String, u64> = counts.map(|(name, count)| (name.to_owned(), count)).into();
            append(cx, |_| Ok(Event::Census(counts.clone()))).await.map(|_| ())
        }
        _ => Ok(()),
    }
}
