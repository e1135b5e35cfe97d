//! `/staff`: what waits for somebody's signature.

use kw_app::failure::Failure;
use kw_app::staff::queue::{Waiting, list};
use kw_app::staff::{account, attempt};
use kw_domain::id::AccountId;
use kw_domain::time::Millis;
use kw_html::views::staff::{QueueRow, StaffQueue, Turn};
use kw_staff::fold::{Signature, State};
use kw_staff::step::clock::is_urgent;

use super::card::found;
use super::visit::StaffVisit;
use super::words::{act, attempts, colleague, needs_of};
use crate::error::Problem;
use crate::pages::answer::{Answer, page};
use crate::pages::view::ms;

/// The page: what the reader can complete first.
pub async fn show(visit: StaffVisit) -> Answer {
    let mut rows = Vec::new();
    for waiting in list(visit.cx(), visit.staff()) {
        rows.push(row(&visit, &waiting).await?);
    }
    rows.sort_by_key(|row| row.turn != Turn::Yours);
    let lately = Millis(visit.cx().now().0.saturating_sub(Millis::DAY));
    let attempts = attempts(visit.cx(), attempt::since(visit.cx(), lately).await?).await?;
    Ok(page(&StaffQueue { rows, attempts, desk: visit.desk().await?, page: visit.page() }))
}

async fn row(visit: &StaffVisit, waiting: &Waiting) -> Result<QueueRow, Problem> {
    let (cx, case) = (visit.cx(), &waiting.case);
    let by = Signature { person: visit.staff().person, key: visit.staff().key };
    let missing = waiting.missing.as_ref().map(|missing| needs_of(cx, waiting.action, missing, by));
    let about = match case.subject.account_id() {
        Some(id) => match account::load(cx, visit.staff(), AccountId(id)).await {
            Ok(about) => Some(found(cx, &about)),
            Err(Failure::Refused(_)) => None,
            Err(failure) => return Err(failure.into()),
        },
        None => None,
    };
    let until_ms = match case.state {
        State::Scheduled { from, .. } if from.0 > cx.now().0 => from.0.cast_signed(),
        _ => ms(waiting.until),
    };
    Ok(QueueRow {
        act: act(cx, waiting.action, (case.power, &case.subject), &case.effect, case.execute_by).await?,
        account: about,
        by: colleague(cx, case.signers.first().map(|first| first.person)).await?,
        at_ms: case.proposed.0.cast_signed(),
        missing: missing.unwrap_or_default(),
        until_ms,
        urgent: is_urgent(&case.effect),
        turn: turn(waiting),
    })
}

const fn turn(waiting: &Waiting) -> Turn {
    match (waiting.is_readers, waiting.missing.is_some(), waiting.unsigned) {
        (true, ..) => Turn::Yours,
        (false, false, _) => Turn::Clock,
        (false, true, false) => Turn::Signed,
        (false, true, true) => Turn::Others,
    }
}
