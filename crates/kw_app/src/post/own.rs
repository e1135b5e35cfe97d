//! An author's own post, with the row that decides about it; and the rows that every post has.

use kw_domain::id::{AccountId, PostId};
use kw_domain::post::{Post, Visibility};
use kw_domain::refusal::Refusal;

use crate::buckets::{Bucket, List};
use crate::context::Context;
use crate::failure::Failure;
use crate::families::{DIRECT, LOCAL, OUTBOX, POST, TAG, TAG_NAME};
use crate::family::Stored;
use crate::key::Only;
use crate::operation::Draft;
use crate::rows::{EntryRow, OwnedRow, PostRow, visibility_byte};

/// The row of a post or a boost.
pub(crate) async fn find_row(cx: &Context, id: PostId) -> Result<Option<PostRow>, Failure> {
    Ok(cx.find(&POST, &id, &Only).await?.map(|row| row.value))
}

/// The id that marks hang on: a boost's subject, or the post itself.
pub(crate) async fn subject_of(cx: &Context, id: PostId) -> Result<PostId, Failure> {
    let row = find_row(cx, id).await?.ok_or_else(Refusal::missing)?;
    Ok(row.boost_of.map_or(id, |(subject, _)| PostId(subject)))
}

/// The list that holds the deciding entry of posts of this visibility.
pub(crate) const fn shelf_of(visibility: Visibility) -> List<AccountId, PostId, EntryRow> {
    match visibility {
        Visibility::Direct => DIRECT,
        _ => OUTBOX,
    }
}

/// A post of its author's with the entry that decides about it, as both were read.
pub(crate) struct Own {
    /// The post.
    pub post: Post,
    /// The list that its entry is in.
    pub shelf: List<AccountId, PostId, EntryRow>,
    /// The entry's partition.
    pub place: (AccountId, Bucket),
    /// The entry.
    pub entry: Stored<PostId, EntryRow>,
}

/// `author`'s own post; missing when there is none (any more), when it is somebody else's, or a boost.
///
/// Whatever writes a post writes its entry with the same stamp. Where the two differ, an operation is under way that
/// changed one of them and has yet to change the other: a conflict, to be tried again.
pub(crate) async fn load_own(cx: &Context, author: AccountId, id: PostId) -> Result<Own, Failure> {
    let row = cx.find(&POST, &id, &Only).await?;
    let row = row.filter(|row| row.value.author == author.0 && row.value.boost_of.is_none());
    let Stored { value, stamp, .. } = row.ok_or_else(Refusal::missing)?;
    let post = value.post(id);
    let shelf = shelf_of(post.visibility);
    let place = shelf.place(cx, author, &id).await?;
    let entry = cx.find(&shelf.rows, &place, &id).await?.ok_or_else(Refusal::missing)?;
    if entry.stamp == stamp { Ok(Own { post, shelf, place, entry }) } else { Err(Failure::Conflict) }
}

/// The entry of a post.
pub(crate) fn entry_of(post: &Post, edits: u32) -> EntryRow {
    EntryRow {
        visibility: visibility_byte(post.visibility),
        language: post.body.language.clone(),
        reply_to_account: post.in_reply_to.map(|reply| reply.author.0),
        subject: None,
        edits,
    }
}

/// Whether it stands in the local timeline: public, and no reply to somebody else.
pub(crate) fn is_local_news(post: &Post) -> bool {
    post.visibility == Visibility::Public && post.in_reply_to.is_none_or(|reply| reply.author == post.author)
}

/// Whether it counts among its parent's replies: whoever sees the parent may see it too.
pub(crate) const fn counts_as_reply(post: &Post) -> bool {
    matches!(post.visibility, Visibility::Public | Visibility::Unlisted)
}

/// Lists a public post under `tags`.
pub(crate) async fn ensure_tags(cx: &Context, draft: &mut Draft, post: &Post, tags: &[&String]) -> Result<(), Failure> {
    for tag in tags {
        TAG.ensure(cx, draft, (*tag).clone(), &post.id, &OwnedRow { id: post.author.0 }).await?;
        draft.ensure(&TAG_NAME, (&tag_shelf(tag), *tag), &());
    }
    Ok(())
}

/// Lists a post under `tags` no longer.
pub(crate) async fn ensure_no_tags(
    cx: &Context,
    draft: &mut Draft,
    id: PostId,
    tags: &[&String],
) -> Result<(), Failure> {
    for tag in tags {
        TAG.ensure_gone(cx, draft, (*tag).clone(), &id).await?;
    }
    Ok(())
}

/// Lists a post in the local timeline, where it belongs there.
pub(crate) async fn ensure_local(cx: &Context, draft: &mut Draft, post: &Post) -> Result<(), Failure> {
    if is_local_news(post) {
        LOCAL.ensure(cx, draft, Only, &post.id, &OwnedRow { id: post.author.0 }).await?;
    }
    Ok(())
}

/// The partition of tag names that holds `tag`: its first two characters.
pub(crate) fn tag_shelf(tag: &str) -> String {
    tag.chars().take(2).collect()
}
