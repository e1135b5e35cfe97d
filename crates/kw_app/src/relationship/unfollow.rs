//! Following somebody no more, or not asking any more.

use std::collections::BTreeSet;

use kw_domain::id::{AccountId, RelationId};
use kw_domain::notification::Kind;

use crate::authority::Authority;
use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::families::{FOLLOWERS, FOLLOWING, RELATIONS, REQUESTS};
use crate::notification::{Notice, unwrite};
use crate::relationship::load::{RelationshipView, load_relationship};
use crate::relationship::touch;
use crate::rows::RelationKey;

/// Ends a follow, or takes a request back. Repeating it changes nothing.
pub async fn unfollow(cx: &Context, authority: &Authority, target: AccountId) -> Result<RelationshipView, Failure> {
    let reader = authority.acting()?;
    retry(|| unfollow_once(cx, authority, target)).await?;
    load_relationship(cx, reader, target).await
}

/// Ends what there is, also towards somebody who can no longer be seen.
///
/// A follow that was asked for has the id of its request, and either row may be the one that is seen first, so whichever
/// decides takes the other along.
pub(crate) async fn unfollow_once(cx: &Context, authority: &Authority, target: AccountId) -> Result<(), Failure> {
    let reader = authority.acting()?;
    let follow = cx.find(&FOLLOWING, &reader, &target).await?;
    let key = RelationKey::Request(target);
    let request = cx.find(&RELATIONS, &reader, &key).await?;
    let mut draft = cx.draft(authority);
    match (&follow, &request) {
        (Some(follow), _) => {
            draft.decide_gone(&FOLLOWING, (&reader, &target), follow.stamp);
            draft.ensure_gone(&RELATIONS, (&reader, &key));
        }
        (None, Some(request)) => {
            draft.decide_gone(&RELATIONS, (&reader, &key), request.stamp);
            draft.ensure_gone(&FOLLOWING, (&reader, &target));
        }
        (None, None) => return Ok(()),
    }
    let ids = [follow.map(|follow| follow.value.id), request.map(|request| request.value.id)];
    let ids: BTreeSet<_> = ids.into_iter().flatten().map(RelationId).collect();
    for id in &ids {
        FOLLOWERS.ensure_gone(cx, &mut draft, target, id).await?;
        draft.ensure_gone(&REQUESTS, (&target, id));
        for kind in [Kind::Follow, Kind::FollowRequest] {
            unwrite(cx, &mut draft, &Notice { to: target, kind, from: reader, post: None, at: id.at() }).await?;
        }
    }
    touch(&mut draft, reader);
    cx.perform(draft).await
}
