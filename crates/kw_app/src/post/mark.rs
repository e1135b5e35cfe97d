//! Marks: what a reader did with a post, decided by one row of the reader's.

use kw_domain::id::{AccountId, PostId, RelationId};
use kw_domain::notification::Kind;
use kw_domain::post::Post;

use crate::authority::Authority;
use crate::context::Context;
use crate::failure::Failure;
use crate::families::{LIKES, MARK, MARKED};
use crate::notification::{Notice, unwrite, write};
use crate::operation::Before;
use crate::post::own::find_row;
use crate::rows::{MarkKind, MarkRow, OwnedRow};
use crate::upkeep::tended;

/// Marks `post`, once: favourite, bookmark or pin. Repeating it changes nothing.
///
/// One operation: the reader's mark decides; the reader's list of such marks follows, and of a favourite the list of
/// those who favourited and the author's notification.
pub(crate) async fn mark_once(cx: &Context, authority: &Authority, post: &Post, kind: MarkKind) -> Result<(), Failure> {
    let reader = authority.acting()?;
    let key = (post.id, kind);
    let place = MARK.place(cx, reader, &key).await?;
    if cx.find(&MARK.rows, &place, &key).await?.is_some() {
        return Ok(());
    }
    let id = RelationId(cx.mint_id().await?);
    let mut draft = cx.draft(authority);
    draft.decide(&MARK.rows, (&place, &key), Before::Absent, &MarkRow { id: id.0 });
    MARKED.ensure(cx, &mut draft, (reader, kind), &id, &OwnedRow { id: post.id.0 }).await?;
    if kind == MarkKind::Favourite {
        LIKES.ensure(cx, &mut draft, post.id, &id, &OwnedRow { id: reader.0 }).await?;
        write(cx, &mut draft, &favourited(reader, post, id)).await?;
    }
    cx.perform(draft).await?;
    tended(MARK.tend(cx, reader, &key).await);
    tended(MARKED.tend(cx, (reader, kind), &id).await);
    if kind == MarkKind::Favourite {
        tended(LIKES.tend(cx, post.id, &id).await);
    }
    Ok(())
}

/// Takes a mark back, also from a post that is no longer there or no longer to be seen.
pub(crate) async fn unmark_once(
    cx: &Context,
    authority: &Authority,
    id: PostId,
    kind: MarkKind,
) -> Result<(), Failure> {
    let reader = authority.acting()?;
    let key = (id, kind);
    let place = MARK.place(cx, reader, &key).await?;
    let Some(mark) = cx.find(&MARK.rows, &place, &key).await? else { return Ok(()) };
    let relation = RelationId(mark.value.id);
    let mut draft = cx.draft(authority);
    draft.decide_gone(&MARK.rows, (&place, &key), mark.stamp);
    MARKED.ensure_gone(cx, &mut draft, (reader, kind), &relation).await?;
    if kind == MarkKind::Favourite {
        LIKES.ensure_gone(cx, &mut draft, id, &relation).await?;
        if let Some(row) = find_row(cx, id).await? {
            unwrite(cx, &mut draft, &favourited(reader, &row.post(id), relation)).await?;
        }
    }
    cx.perform(draft).await
}

fn favourited(reader: AccountId, post: &Post, mark: RelationId) -> Notice<'_> {
    Notice { to: post.author, kind: Kind::Favourite, from: reader, post: Some(post), at: mark.at() }
}
