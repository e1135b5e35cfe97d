//! Ending what somebody else wants of the account: a follower is removed, a block ends everything.

use std::collections::BTreeSet;

use kw_domain::id::{AccountId, RelationId};
use kw_domain::notification::Kind;

use crate::authority::Authority;
use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::families::{FOLLOWERS, FOLLOWING, RELATIONS, REQUESTS};
use crate::notification::{Notice, unwrite};
use crate::operation::Draft;
use crate::relationship::load::{RelationshipView, load_relationship};
use crate::relationship::touch;
use crate::rows::RelationKey;

/// Whether there was anything to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Severed {
    Nothing,
    Something,
}

/// Ends, as a consequence, the follow of `from` to `to` and the request for one, as far as there are any.
pub(crate) async fn sever(cx: &Context, draft: &mut Draft, from: AccountId, to: AccountId) -> Result<Severed, Failure> {
    let follow = cx.find(&FOLLOWING, &from, &to).await?;
    let request = cx.find(&RELATIONS, &from, &RelationKey::Request(to)).await?;
    let ids = [follow.map(|follow| follow.value.id), request.map(|request| request.value.id)];
    let ids: BTreeSet<_> = ids.into_iter().flatten().map(RelationId).collect();
    if !ids.is_empty() {
        // Both, whichever was seen: a request that is just being accepted will become a follow.
        draft.ensure_gone(&FOLLOWING, (&from, &to));
        draft.ensure_gone(&RELATIONS, (&from, &RelationKey::Request(to)));
    }
    for id in &ids {
        FOLLOWERS.ensure_gone(cx, draft, to, id).await?;
        draft.ensure_gone(&REQUESTS, (&to, id));
        for kind in [Kind::Follow, Kind::FollowRequest] {
            unwrite(cx, draft, &Notice { to, kind, from, post: None, at: id.at() }).await?;
        }
    }
    Ok(if ids.is_empty() { Severed::Nothing } else { Severed::Something })
}

/// Removes a follower, who is told nothing and may follow again. Repeating it changes nothing.
///
/// One operation: the row in the list of followers decides; the follower's own row follows it.
pub async fn remove_follower(
    cx: &Context,
    authority: &Authority,
    follower: AccountId,
) -> Result<RelationshipView, Failure> {
    let account = authority.acting()?;
    retry(|| remove_follower_once(cx, authority, follower)).await?;
    load_relationship(cx, account, follower).await
}

pub(crate) async fn remove_follower_once(
    cx: &Context,
    authority: &Authority,
    follower: AccountId,
) -> Result<(), Failure> {
    let account = authority.acting()?;
    let Some(follow) = cx.find(&FOLLOWING, &follower, &account).await? else { return Ok(()) };
    let id = RelationId(follow.value.id);
    let place = FOLLOWERS.place(cx, account, &id).await?;
    let Some(row) = cx.find(&FOLLOWERS.rows, &place, &id).await? else { return Ok(()) };
    let mut draft = cx.draft(authority);
    draft.decide_gone(&FOLLOWERS.rows, (&place, &id), row.stamp);
    draft.ensure_gone(&FOLLOWING, (&follower, &account));
    let notice = Notice { to: account, kind: Kind::Follow, from: follower, post: None, at: id.at() };
    unwrite(cx, &mut draft, &notice).await?;
    touch(&mut draft, follower);
    cx.perform(draft).await
}
