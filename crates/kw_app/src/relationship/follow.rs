//! Following somebody, or asking to.

use kw_domain::id::{AccountId, RelationId};
use kw_domain::language::Language;
use kw_domain::notification::Kind;
use kw_domain::refusal::Refusal;
use kw_domain::relationship::follow::{Way, may_follow, may_relate};

use crate::authority::Authority;
use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::families::{FOLLOWERS, FOLLOWING, RELATIONS, REQUESTS};
use crate::family::Stored;
use crate::notification::{Notice, write};
use crate::operation::Before;
use crate::relationship::load::{RelationshipView, load_relationship};
use crate::relationship::unfollow::unfollow_once;
use crate::relationship::{load_target, touch};
use crate::rows::{FollowRow, OwnedRow, RelationKey, RelationRow, RequestRow};
use crate::upkeep::tended;
use crate::viewer::Viewer;

/// What is wanted of a follow; what is left open stays as it is, or as follows begin: boosts, no notifications, every
/// language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FollowChoices {
    /// Boosts are wanted in home.
    pub boosts: Option<bool>,
    /// Each post notifies.
    pub notify: Option<bool>,
    /// Languages wanted in home, as tags; empty for all.
    pub languages: Option<Vec<String>>,
}

/// Follows an account, or asks to where it approves its followers. A second time changes the choices.
///
/// One operation. A follow: the follower's row decides; the list of followers and the notification come after it. A
/// request: the asker's row decides. A block that came in between is found afterwards, and undoes the follow.
pub async fn follow(
    cx: &Context,
    authority: &Authority,
    target: AccountId,
    choices: &FollowChoices,
) -> Result<RelationshipView, Failure> {
    let reader = authority.acting()?;
    retry(|| follow_once(cx, authority, target, choices)).await?;
    if cx.find(&RELATIONS, &target, &RelationKey::Block(reader)).await?.is_some() {
        retry(|| unfollow_once(cx, authority, target)).await?;
        return Err(Refusal::forbidden().into());
    }
    load_relationship(cx, reader, target).await
}

async fn follow_once(
    cx: &Context,
    authority: &Authority,
    target: AccountId,
    choices: &FollowChoices,
) -> Result<(), Failure> {
    let reader = authority.acting()?;
    let found = load_target(cx, &Viewer::member(cx, reader).await?, target).await?;
    if let Some(follow) = cx.find(&FOLLOWING, &reader, &target).await? {
        return change_follow(cx, authority, reader, &follow, choices).await;
    }
    let way = may_follow(&found.account, &found.between, cx.count(&FOLLOWING, &reader).await?)?;
    let request = cx.find(&RELATIONS, &reader, &RelationKey::Request(target)).await?;
    match (way, request) {
        (_, Some(request)) => change_request(cx, authority, target, &request, choices).await,
        (Way::Ask, None) => ask(cx, authority, target, choices).await,
        (Way::Follow, None) => begin(cx, authority, target, choices).await,
    }
}

async fn begin(cx: &Context, authority: &Authority, target: AccountId, choices: &FollowChoices) -> Result<(), Failure> {
    let reader = authority.acting()?;
    let id = RelationId(cx.mint_id().await?);
    let row = choices.over(FollowRow { id: id.0, boosts: true, notify: false, languages: Vec::new() });
    let mut draft = cx.draft(authority);
    draft.decide(&FOLLOWING, (&reader, &target), Before::Absent, &row);
    FOLLOWERS.ensure(cx, &mut draft, target, &id, &OwnedRow { id: reader.0 }).await?;
    write(cx, &mut draft, &Notice { to: target, kind: Kind::Follow, from: reader, post: None, at: id.at() }).await?;
    touch(&mut draft, reader);
    cx.perform(draft).await?;
    tended(FOLLOWERS.tend(cx, target, &id).await);
    Ok(())
}

/// A request carries the id that the follow will have, so that taking back one takes back the other.
async fn ask(cx: &Context, authority: &Authority, target: AccountId, choices: &FollowChoices) -> Result<(), Failure> {
    let reader = authority.acting()?;
    may_relate(cx.count(&RELATIONS, &reader).await?)?;
    let id = RelationId(cx.mint_id().await?);
    let row = choices.over(FollowRow { id: id.0, boosts: true, notify: false, languages: Vec::new() });
    let mut draft = cx.draft(authority);
    draft.decide(&RELATIONS, (&reader, &RelationKey::Request(target)), Before::Absent, &RelationRow::plain(id));
    draft.ensure(&REQUESTS, (&target, &id), &request_of(reader, row));
    let notice = Notice { to: target, kind: Kind::FollowRequest, from: reader, post: None, at: id.at() };
    write(cx, &mut draft, &notice).await?;
    touch(&mut draft, reader);
    cx.perform(draft).await
}

async fn change_follow(
    cx: &Context,
    authority: &Authority,
    reader: AccountId,
    follow: &Stored<AccountId, FollowRow>,
    choices: &FollowChoices,
) -> Result<(), Failure> {
    let row = choices.over(follow.value.clone());
    if row == follow.value {
        return Ok(());
    }
    let mut draft = cx.draft(authority);
    draft.decide(&FOLLOWING, (&reader, &follow.key), Before::Is(follow.stamp), &row);
    touch(&mut draft, reader);
    cx.perform(draft).await
}

async fn change_request(
    cx: &Context,
    authority: &Authority,
    target: AccountId,
    request: &Stored<RelationKey, RelationRow>,
    choices: &FollowChoices,
) -> Result<(), Failure> {
    let reader = authority.acting()?;
    let id = RelationId(request.value.id);
    // Not there: just accepted or rejected, and the asker's row is about to follow.
    let Some(asked) = cx.find(&REQUESTS, &target, &id).await? else { return Ok(()) };
    let RequestRow { boosts, notify, languages, .. } = asked.value.clone();
    let row = request_of(reader, choices.over(FollowRow { id: id.0, boosts, notify, languages }));
    if row == asked.value {
        return Ok(());
    }
    let mut draft = cx.draft(authority);
    draft.decide(&RELATIONS, (&reader, &request.key), Before::Is(request.stamp), &request.value);
    draft.ensure(&REQUESTS, (&target, &id), &row);
    touch(&mut draft, reader);
    cx.perform(draft).await
}

fn request_of(reader: AccountId, follow: FollowRow) -> RequestRow {
    RequestRow { from: reader.0, boosts: follow.boosts, notify: follow.notify, languages: follow.languages }
}

impl FollowChoices {
    /// The follow with what was chosen over what it was.
    fn over(&self, row: FollowRow) -> FollowRow {
        let known = |tags: &Vec<String>| -> Vec<String> {
            let mut codes: Vec<_> =
                tags.iter().filter_map(|tag| Language::parse(tag)).map(|it| it.code().to_owned()).collect();
            codes.sort_unstable();
            codes.dedup();
            codes
        };
        FollowRow {
            id: row.id,
            boosts: self.boosts.unwrap_or(row.boosts),
            notify: self.notify.unwrap_or(row.notify),
            languages: self.languages.as_ref().map_or(row.languages, known),
        }
    }
}
