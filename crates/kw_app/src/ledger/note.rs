//! Entries of the server's own: that it started, with which program and configuration, and each day what was counted. They
//! say nothing before the founding, and nobody decides anything with them.

use std::collections::BTreeMap;

use kw_domain::time::Millis;
use kw_staff::entry::Started;
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
