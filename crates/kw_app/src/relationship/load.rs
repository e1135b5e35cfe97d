//! What stands between a member and others, in both directions.

use kw_domain::id::AccountId;
use kw_domain::refusal::Refusal;
use kw_domain::time::Millis;

use crate::context::Context;
use crate::failure::Failure;
use crate::families::{ACCOUNT, FOLLOWING, RELATIONS};
use crate::key::Only;
use crate::rows::RelationKey;
use crate::viewer::Viewer;

/// What a member wants of another account, and that account of the member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelationshipView {
    /// The other account.
    pub id: AccountId,
    /// The member follows it.
    pub following: bool,
    /// … and wants its boosts in home.
    pub showing_reblogs: bool,
    /// … and is told of each of its posts.
    pub notifying: bool,
    /// … in these languages; none for all.
    pub languages: Option<Vec<String>>,
    /// It follows the member.
    pub followed_by: bool,
    /// The member blocks it.
    pub blocking: bool,
    /// It blocks the member.
    pub blocked_by: bool,
    /// The member mutes it.
    pub muting: bool,
    /// … and what it does notifies no more.
    pub muting_notifications: bool,
    /// … until then.
    pub muting_expires_at: Option<Millis>,
    /// The member asked to follow it.
    pub requested: bool,
    /// It asked to follow the member.
    pub requested_by: bool,
    /// The member blocks its domain. Nobody's here, until there are other servers.
    pub domain_blocking: bool,
    /// The member's note about it.
    pub note: String,
}

/// What stands between `viewer` and the accounts `ids`, in their order; unknown ids are left out.
pub async fn load_relationships(
    cx: &Context,
    viewer: &Viewer,
    ids: &[AccountId],
) -> Result<Vec<RelationshipView>, Failure> {
    let member = viewer.id.ok_or_else(Refusal::forbidden)?;
    let mut views = Vec::with_capacity(ids.len());
    for id in ids {
        if cx.find(&ACCOUNT, id, &Only).await?.is_some() {
            views.push(load_between(cx, viewer, member, *id).await?);
        }
    }
    Ok(views)
}

/// What stands between `member` and `other` as it is now.
pub(crate) async fn load_relationship(
    cx: &Context,
    member: AccountId,
    other: AccountId,
) -> Result<RelationshipView, Failure> {
    load_between(cx, &Viewer::member(cx, member).await?, member, other).await
}

async fn load_between(
    cx: &Context,
    viewer: &Viewer,
    member: AccountId,
    other: AccountId,
) -> Result<RelationshipView, Failure> {
    let relation = viewer.graph.relation(other);
    let mute = relation.mute_at(cx.now());
    let theirs = [RelationKey::Block(member), RelationKey::Request(member)];
    let theirs = cx.find_many(&RELATIONS, &other, &theirs).await?;
    let follow = relation.follow.as_ref();
    Ok(RelationshipView {
        id: other,
        following: follow.is_some(),
        showing_reblogs: follow.is_some_and(|follow| follow.boosts),
        notifying: follow.is_some_and(|follow| follow.notify),
        languages: follow.map(|follow| follow.languages.clone()).filter(|languages| !languages.is_empty()),
        followed_by: cx.find(&FOLLOWING, &other, &member).await?.is_some(),
        blocking: relation.block.is_some(),
        blocked_by: theirs.first().is_some_and(Option::is_some),
        muting: mute.is_some(),
        muting_notifications: mute.is_some_and(|mute| mute.notifications),
        muting_expires_at: mute.and_then(|mute| mute.until),
        requested: relation.requested.is_some(),
        requested_by: theirs.get(1).is_some_and(Option::is_some),
        domain_blocking: false,
        note: relation.note,
    })
}
