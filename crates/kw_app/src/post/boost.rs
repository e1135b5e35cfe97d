//! Boosting a post, and taking that back.

use kw_domain::id::{AccountId, PostId};
use kw_domain::notification::Kind;
use kw_domain::post::react::may_boost;
use kw_domain::post::{Body, Post, Visibility};

use crate::authority::Authority;
use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::families::{BOOSTS, MARK, OUTBOX, POST};
use crate::feed::{Change, Event};
use crate::key::Only;
use crate::notification::{Notice, unwrite, write};
use crate::operation::Before;
use crate::post::own::{find_row, subject_of};
use crate::post::step_up;
use crate::rows::{BodyRow, EntryRow, MarkKind, MarkRow, OwnedRow, PostRow, visibility_byte};
use crate::upkeep::tended;
use crate::view::post::{load_item, load_post};
use crate::view::{Item, PostView};
use crate::viewer::Viewer;

/// Boosts a post (of a boost, its subject) and answers the boost. A second boost answers the first.
///
/// One operation: the booster's mark decides and remembers the boost's id; the booster's entry, the boost, the post's
/// list of boosts and the author's notification follow.
pub async fn boost(
    cx: &Context,
    authority: &Authority,
    id: PostId,
    asked: Option<Visibility>,
) -> Result<Item, Failure> {
    let booster = authority.acting()?;
    let viewer = Viewer::member(cx, booster).await?;
    let view = load_post(cx, &viewer, id).await?;
    let visibility = may_boost(&view.post, booster, &viewer.graph.relation(view.post.author), asked)?;
    let boost = retry(|| boost_once(cx, authority, &view.post, visibility)).await?;
    load_item(cx, &viewer, boost).await
}

async fn boost_once(
    cx: &Context,
    authority: &Authority,
    post: &Post,
    visibility: Visibility,
) -> Result<PostId, Failure> {
    let booster = authority.acting()?;
    let key = (post.id, MarkKind::Boost);
    let place = MARK.place(cx, booster, &key).await?;
    if let Some(mark) = cx.find(&MARK.rows, &place, &key).await? {
        return Ok(PostId(mark.value.id));
    }
    step_up::check(cx, authority)?;
    let id = PostId(cx.mint_id_above(post.id.0).await?);
    let entry = EntryRow {
        visibility: visibility_byte(visibility),
        language: post.body.language.clone(),
        reply_to_account: None,
        subject: Some((post.id.0, post.author.0)),
        edits: 0,
    };
    let mut draft = cx.draft(authority);
    draft.decide(&MARK.rows, (&place, &key), Before::Absent, &MarkRow { id: id.0 });
    OUTBOX.ensure(cx, &mut draft, booster, &id, &entry).await?;
    draft.ensure(&POST, (&id, &Only), &boost_row(booster, id, post, visibility));
    BOOSTS.ensure(cx, &mut draft, post.id, &id, &OwnedRow { id: booster.0 }).await?;
    write(cx, &mut draft, &boosted(booster, post, id)).await?;
    draft.tell(Event::outbox(booster, id, Change::Added));
    cx.perform(draft).await?;
    tended(MARK.tend(cx, booster, &key).await);
    tended(OUTBOX.tend(cx, booster, &id).await);
    tended(BOOSTS.tend(cx, post.id, &id).await);
    Ok(id)
}

fn boost_row(booster: AccountId, id: PostId, subject: &Post, visibility: Visibility) -> PostRow {
    PostRow {
        author: booster.0,
        created_at: id.at().0,
        edited_at: None,
        visibility: visibility_byte(visibility),
        in_reply_to: None,
        conversation: subject.conversation.0,
        application: None,
        boost_of: Some((subject.id.0, subject.author.0)),
        body: BodyRow::of(&Body::default()),
    }
}

/// Takes a boost back and answers its subject; `id` is the subject's or the boost's own. Repeating it changes nothing.
pub async fn unboost(cx: &Context, authority: &Authority, id: PostId) -> Result<PostView, Failure> {
    let viewer = Viewer::member(cx, authority.acting()?).await?;
    let subject = subject_of(cx, id).await?;
    retry(|| unboost_once(cx, authority, subject)).await?;
    load_post(cx, &viewer, subject).await
}

/// Takes a boost back, also of a post that is no longer there.
pub(crate) async fn unboost_once(cx: &Context, authority: &Authority, subject: PostId) -> Result<(), Failure> {
    let booster = authority.acting()?;
    let key = (subject, MarkKind::Boost);
    let place = MARK.place(cx, booster, &key).await?;
    let Some(mark) = cx.find(&MARK.rows, &place, &key).await? else { return Ok(()) };
    let id = PostId(mark.value.id);
    let mut draft = cx.draft(authority);
    draft.decide_gone(&MARK.rows, (&place, &key), mark.stamp);
    OUTBOX.ensure_gone(cx, &mut draft, booster, &id).await?;
    draft.ensure_gone(&POST, (&id, &Only));
    BOOSTS.ensure_gone(cx, &mut draft, subject, &id).await?;
    if let Some(row) = find_row(cx, subject).await? {
        unwrite(cx, &mut draft, &boosted(booster, &row.post(subject), id)).await?;
    }
    draft.tell(Event::outbox(booster, id, Change::Removed));
    cx.perform(draft).await
}

fn boosted(booster: AccountId, post: &Post, boost: PostId) -> Notice<'_> {
    Notice { to: post.author, kind: Kind::Reblog, from: booster, post: Some(post), at: boost.at() }
}
