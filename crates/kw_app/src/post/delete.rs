//! Deleting a post, or taking back a boost by its own id.

use kw_domain::id::{AccountId, PostId};
use kw_domain::post::{Post, Visibility};
use kw_domain::refusal::Refusal;

use crate::authority::Authority;
use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::families::{DIRECT, EDIT, LOCAL, MARK, MARKED, POST, REPLIES, THREAD};
use crate::feed::{Change, Event};
use crate::key::Only;
use crate::operation::Draft;
use crate::post::boost::unboost_once;
use crate::post::edit::EDITS_MAX;
use crate::post::own::{Own, counts_as_reply, ensure_no_tags, find_row, is_local_news, load_own};
use crate::rows::MarkKind;
use crate::view::Item;
use crate::view::post::load_item;
use crate::viewer::Viewer;

/// Deletes one of one's own posts for good and answers it as it was, so that it can be written anew. Of a boost, takes
/// the boost back.
///
/// One operation: the author's entry decides; the post, what it said before, and its places in lists go with it. Marks
/// that others put on it stay with them and show nothing.
pub async fn delete(cx: &Context, authority: &Authority, id: PostId) -> Result<Item, Failure> {
    let author = authority.acting()?;
    let viewer = Viewer::member(cx, author).await?;
    let row = find_row(cx, id).await?.filter(|row| row.author == author.0).ok_or_else(Refusal::missing)?;
    let item = load_item(cx, &viewer, id).await;
    match row.boost_of {
        Some((subject, _)) => retry(|| unboost_once(cx, authority, PostId(subject))).await?,
        None => retry(|| delete_once(cx, authority, author, id)).await?,
    }
    item
}

pub(crate) async fn delete_once(
    cx: &Context,
    authority: &Authority,
    author: AccountId,
    id: PostId,
) -> Result<(), Failure> {
    let Own { post, shelf, place, entry } = load_own(cx, author, id).await?;
    let mut draft = cx.draft(authority);
    draft.decide_gone(&shelf.rows, (&place, &id), entry.stamp);
    draft.ensure_gone(&POST, (&id, &Only));
    ensure_no_places(cx, &mut draft, &post).await?;
    ensure_no_pin(cx, &mut draft, &post).await?;
    for version in cx.list_all(&EDIT, &id, EDITS_MAX).await? {
        draft.ensure_gone(&EDIT, (&id, &version.key));
    }
    cx.perform(draft).await
}

async fn ensure_no_places(cx: &Context, draft: &mut Draft, post: &Post) -> Result<(), Failure> {
    THREAD.ensure_gone(cx, draft, post.conversation, &post.id).await?;
    if let Some(parent) = post.in_reply_to.filter(|_| counts_as_reply(post)) {
        REPLIES.ensure_gone(cx, draft, parent.post, &post.id).await?;
    }
    if is_local_news(post) {
        LOCAL.ensure_gone(cx, draft, Only, &post.id).await?;
    }
    if post.visibility == Visibility::Public {
        ensure_no_tags(cx, draft, post.id, &post.body.tags.iter().collect::<Vec<_>>()).await?;
    }
    if post.visibility == Visibility::Direct {
        for named in post.body.mentions.iter().filter(|named| **named != post.author) {
            DIRECT.ensure_gone(cx, draft, *named, &post.id).await?;
        }
    } else {
        draft.tell(Event::outbox(post.author, post.id, Change::Removed));
    }
    Ok(())
}

/// A pin is its author's own and there are few places for them, so it goes with the post.
async fn ensure_no_pin(cx: &Context, draft: &mut Draft, post: &Post) -> Result<(), Failure> {
    let key = (post.id, MarkKind::Pin);
    if let Some(mark) = MARK.find(cx, post.author, &key).await? {
        let id = kw_domain::id::RelationId(mark.value.id);
        MARK.ensure_gone(cx, draft, post.author, &key).await?;
        MARKED.ensure_gone(cx, draft, (post.author, MarkKind::Pin), &id).await?;
    }
    Ok(())
}
