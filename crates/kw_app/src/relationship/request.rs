//! Requests to follow: seeing, accepting and rejecting them.

use kw_domain::id::{AccountId, RelationId};
use kw_domain::notification::Kind;
use kw_domain::refusal::Refusal;
use kw_domain::relationship::FOLLOWS_MAX;
use kw_store::{Direction, Range, Stamp};

use crate::authority::Authority;
use crate::buckets::{End, Window};
use crate::context::{Context, after};
use crate::failure::{Failure, retry};
use crate::families::{FOLLOWERS, FOLLOWING, RELATIONS, REQUESTS};
use crate::key::Key;
use crate::notification::{Notice, unwrite, write};
use crate::relationship::load::{RelationshipView, load_relationship};
use crate::relationship::touch;
use crate::rows::{FollowRow, OwnedRow, RelationKey, RequestRow};
use crate::upkeep::tended;
use crate::view::people::page_of_accounts;
use crate::view::{AccountView, Page};
use crate::viewer::Viewer;

/// Who asks to follow the account, newest first; pages by the requests' ids.
pub async fn list_requests(
    cx: &Context,
    authority: &Authority,
    window: &Window<u64>,
) -> Result<Page<AccountView>, Failure> {
    let account = authority.acting()?;
    let range = Range {
        from: window.above.map(|id| after(&RelationId(id).to_bytes())),
        to: window.below.map(|id| RelationId(id).to_bytes()),
    };
    let direction = if window.from == End::Newest { Direction::Descending } else { Direction::Ascending };
    let (rows, _) = cx.list(&REQUESTS, &account, &range, direction, window.limit).await?;
    let mut rows: Vec<_> = rows.into_iter().map(|row| (row.key.0, AccountId(row.value.from))).collect();
    if window.from == End::Oldest {
        rows.reverse();
    }
    page_of_accounts(cx, &Viewer::member(cx, account).await?, &rows, window).await
}

/// How many ask to follow the account.
pub async fn count_requests(cx: &Context, authority: &Authority) -> Result<u64, Failure> {
    cx.count(&REQUESTS, &authority.acting()?).await
}

/// Lets somebody who asked follow the account.
///
/// One operation: the request decides; the asker's follow, with the request's id and choices, comes after it.
pub async fn accept_request(
    cx: &Context,
    authority: &Authority,
    asker: AccountId,
) -> Result<RelationshipView, Failure> {
    let account = authority.acting()?;
    retry(|| accept_once(cx, authority, asker)).await?;
    load_relationship(cx, account, asker).await
}

async fn accept_once(cx: &Context, authority: &Authority, asker: AccountId) -> Result<(), Failure> {
    let account = authority.acting()?;
    let (id, stamp, request) = load_request(cx, account, asker).await?;
    if cx.count(&FOLLOWING, &asker).await? >= FOLLOWS_MAX {
        let sentence = "They follow as many accounts as one can, and cannot follow one more.";
        return Err(Refusal::invalid("id", "follows_full", sentence).into());
    }
    let follow = FollowRow { id: id.0, boosts: request.boosts, notify: request.notify, languages: request.languages };
    let mut draft = cx.draft(authority);
    draft.decide_gone(&REQUESTS, (&account, &id), stamp);
    draft.ensure(&FOLLOWING, (&asker, &account), &follow);
    FOLLOWERS.ensure(cx, &mut draft, account, &id, &OwnedRow { id: asker.0 }).await?;
    draft.ensure_gone(&RELATIONS, (&asker, &RelationKey::Request(account)));
    unwrite(cx, &mut draft, &asked(account, asker, id)).await?;
    write(cx, &mut draft, &Notice { kind: Kind::Follow, ..asked(account, asker, id) }).await?;
    touch(&mut draft, asker);
    cx.perform(draft).await?;
    tended(FOLLOWERS.tend(cx, account, &id).await);
    Ok(())
}

/// Turns somebody who asked away; they are told nothing and may ask again.
pub async fn reject_request(
    cx: &Context,
    authority: &Authority,
    asker: AccountId,
) -> Result<RelationshipView, Failure> {
    let account = authority.acting()?;
    retry(|| reject_once(cx, authority, asker)).await?;
    load_relationship(cx, account, asker).await
}

pub(crate) async fn reject_once(cx: &Context, authority: &Authority, asker: AccountId) -> Result<(), Failure> {
    let account = authority.acting()?;
    let (id, stamp, _) = load_request(cx, account, asker).await?;
    let mut draft = cx.draft(authority);
    draft.decide_gone(&REQUESTS, (&account, &id), stamp);
    draft.ensure_gone(&RELATIONS, (&asker, &RelationKey::Request(account)));
    unwrite(cx, &mut draft, &asked(account, asker, id)).await?;
    touch(&mut draft, asker);
    cx.perform(draft).await
}

/// The request of `asker`, found through the asker's own row, which remembers its id.
async fn load_request(
    cx: &Context,
    account: AccountId,
    asker: AccountId,
) -> Result<(RelationId, Stamp, RequestRow), Failure> {
    let theirs = cx.find(&RELATIONS, &asker, &RelationKey::Request(account)).await?.ok_or_else(Refusal::missing)?;
    let id = RelationId(theirs.value.id);
    let row = cx.find(&REQUESTS, &account, &id).await?.ok_or_else(Refusal::missing)?;
    Ok((id, row.stamp, row.value))
}

fn asked(account: AccountId, asker: AccountId, id: RelationId) -> Notice<'static> {
    Notice { to: account, kind: Kind::FollowRequest, from: asker, post: None, at: id.at() }
}
