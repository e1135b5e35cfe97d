//! The pages in the place of what cannot be shown, and which of the three it is.
//!
//! Never existed, was deleted, is not this reader's to see: one page, 404. Deactivated by its owner: 404 with its own
//! page. Hidden by staff: 403, kept nowhere. The last two only at the account's own address.

use axum::response::Response;
use http::StatusCode;
use kw_app::account::find_id;
use kw_app::failure::Failure;
use kw_app::staff::record::{self as staff, in_force};
use kw_app::view::Shell;
use kw_app::view::account::{load_account, load_shell};
use kw_domain::account::Reach;
use kw_domain::handle::Handle;
use kw_domain::id::AccountId;
use kw_domain::refusal::{Kind, Refusal};
use kw_html::part::staff::Ground;
use kw_html::views::{Deactivated, OnRecord, Unavailable};

use super::answer::{Answer, not_kept, page_as};
use super::view::ms;
use super::visit::Visit;

/// In place of the account `id`, which could not be loaded because of `failure`.
pub async fn of_account(visit: &Visit, id: AccountId, failure: Failure) -> Answer {
    let Failure::Refused(Refusal { kind, .. }) = &failure else { return Err(failure.into()) };
    match kind {
        Kind::Unavailable => unavailable(visit, &load_shell(visit.cx(), id).await?).await,
        Kind::Deactivated => Ok(deactivated(visit, &load_shell(visit.cx(), id).await?)),
        _ => Err(failure.into()),
    }
}

/// In place of a post under the address of `handle`, which could not be loaded because of `failure`. Whatever its number
/// is, the page is that of the account, so that nothing is told of its posts.
pub async fn of_post(visit: &Visit, handle: &str, failure: Failure) -> Answer {
    if !matches!(&failure, Failure::Refused(_)) {
        return Err(failure.into());
    }
    let Ok(handle) = Handle::parse(handle) else { return Err(failure.into()) };
    let Some(id) = find_id(visit.cx(), &handle).await? else { return Err(failure.into()) };
    match load_account(visit.cx(), &visit.viewer, id).await {
        Ok(_) => Err(failure.into()),
        Err(hidden) => of_account(visit, id, hidden).await,
    }
}

async fn unavailable(visit: &Visit, shell: &Shell) -> Answer {
    let until = match shell.standing.reach_at(visit.cx().now()) {
        Reach::Unavailable { until } => until,
        Reach::Clear | Reach::Limited { .. } => None,
    };
    let known = in_force(visit.cx(), shell.id).await?;
    let view = Unavailable {
        handle: shell.handle.clone(),
        followers: Some(shell.counts.followers),
        since_ms: Some(ms(known.as_ref().map_or(shell.standing.since, |known| known.at))),
        until_ms: until.map(ms),
        record: known.map(|known| on_record(visit, &known)),
        page: visit.page(),
    };
    Ok(not_kept(page_as(StatusCode::FORBIDDEN, &view)))
}

/// What everybody may know of the decision: never what the account said, and of the reasons the one public word.
fn on_record(visit: &Visit, known: &staff::OnRecord) -> OnRecord {
    let page = visit.page();
    let word = known.ground.as_deref();
    let ground = word.map(|word| Ground::from_word(word).map_or(word, |ground| page.t(ground.key())).to_owned());
    OnRecord {
        entry: Some(known.index),
        people: Some(known.people as u64),
        teams: Some(u64::from(known.teams)),
        ground,
    }
}

fn deactivated(visit: &Visit, shell: &Shell) -> Response {
    let view = Deactivated { handle: shell.handle.clone(), page: visit.page() };
    not_kept(page_as(StatusCode::NOT_FOUND, &view))
}
