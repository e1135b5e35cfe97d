//! Favouriting a post, and taking that back.

use kw_domain::id::PostId;
use kw_domain::post::react::may_favourite;

use crate::authority::Authority;
use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::post::mark::{mark_once, unmark_once};
use crate::post::own::subject_of;
use crate::rows::MarkKind;
use crate::view::PostView;
use crate::view::post::load_post;
use crate::viewer::Viewer;

/// Favourites a post; of a boost, its subject. Repeating it changes nothing.
pub async fn favourite(cx: &Context, authority: &Authority, id: PostId) -> Result<PostView, Failure> {
    let viewer = Viewer::member(cx, authority.acting()?).await?;
    let view = load_post(cx, &viewer, id).await?;
    may_favourite(&view.post, &viewer.graph.relation(view.post.author))?;
    retry(|| mark_once(cx, authority, &view.post, MarkKind::Favourite)).await?;
    load_post(cx, &viewer, id).await
}

/// Takes a favourite back, also from a post that can no longer be seen. Repeating it changes nothing.
pub async fn unfavourite(cx: &Context, authority: &Authority, id: PostId) -> Result<PostView, Failure> {
    let viewer = Viewer::member(cx, authority.acting()?).await?;
    let subject = subject_of(cx, id).await?;
    retry(|| unmark_once(cx, authority, subject, MarkKind::Favourite)).await?;
    load_post(cx, &viewer, subject).await
}
