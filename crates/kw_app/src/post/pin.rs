//! Pinning one's own posts to one's profile.

use kw_domain::id::PostId;
use kw_domain::post::react::may_pin;

use crate::authority::Authority;
use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::families::MARKED;
use crate::post::mark::{mark_once, unmark_once};
use crate::post::own::subject_of;
use crate::rows::MarkKind;
use crate::view::PostView;
use crate::view::post::load_post;
use crate::viewer::Viewer;

/// Pins one of one's own posts to the profile. Repeating it changes nothing.
pub async fn pin(cx: &Context, authority: &Authority, id: PostId) -> Result<PostView, Failure> {
    let account = authority.acting()?;
    let viewer = Viewer::member(cx, account).await?;
    let view = load_post(cx, &viewer, id).await?;
    if view.marks.is_some_and(|marks| marks.pinned) {
        return Ok(view);
    }
    let pinned = MARKED.total(cx, (account, MarkKind::Pin)).await?;
    may_pin(&view.post, account, pinned)?;
    retry(|| mark_once(cx, authority, &view.post, MarkKind::Pin)).await?;
    load_post(cx, &viewer, id).await
}

/// Takes a pin off the profile. Repeating it changes nothing.
pub async fn unpin(cx: &Context, authority: &Authority, id: PostId) -> Result<PostView, Failure> {
    let viewer = Viewer::member(cx, authority.acting()?).await?;
    let subject = subject_of(cx, id).await?;
    retry(|| unmark_once(cx, authority, subject, MarkKind::Pin)).await?;
    load_post(cx, &viewer, subject).await
}
