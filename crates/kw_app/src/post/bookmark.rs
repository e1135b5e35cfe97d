//! Keeping a post for later, and letting it go. Nobody else learns of it.

use kw_domain::id::PostId;

use crate::authority::Authority;
use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::post::mark::{mark_once, unmark_once};
use crate::post::own::subject_of;
use crate::rows::MarkKind;
use crate::view::PostView;
use crate::view::post::load_post;
use crate::viewer::Viewer;

/// Bookmarks a post; of a boost, its subject. Repeating it changes nothing.
pub async fn bookmark(cx: &Context, authority: &Authority, id: PostId) -> Result<PostView, Failure> {
    let viewer = Viewer::member(cx, authority.acting()?).await?;
    let view = load_post(cx, &viewer, id).await?;
    retry(|| mark_once(cx, authority, &view.post, MarkKind::Bookmark)).await?;
    load_post(cx, &viewer, id).await
}

/// Takes a bookmark back, also from a post that can no longer be seen. Repeating it changes nothing.
pub async fn unbookmark(cx: &Context, authority: &Authority, id: PostId) -> Result<PostView, Failure> {
    let viewer = Viewer::member(cx, authority.acting()?).await?;
    let subject = subject_of(cx, id).await?;
    retry(|| unmark_once(cx, authority, subject, MarkKind::Bookmark)).await?;
    load_post(cx, &viewer, subject).await
}
