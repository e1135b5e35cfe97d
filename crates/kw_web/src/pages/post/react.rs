//! `POST /posts/{id}/{verb}`: favourite, boost, bookmark, pin, mute, and the ways back. A browser goes back to where it was;
//! a script is told the new numbers.

use axum::extract::Path;
use axum::response::Response;
use kw_app::post;
use kw_app::view::PostView;
use serde_json::json;

use super::id_of;
use crate::pages::answer::{self, Answer, go};
use crate::pages::form::MemberForm;

macro_rules! handlers {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        pub async fn $name(Path(id): Path<String>, form: MemberForm) -> Answer {
            let done = post::$name(form.cx(), form.authority(), id_of(&id)?).await?;
            Ok(done_with(&form, &done))
        }
    )*};
}

handlers! {
    /// Makes it a favourite.
    favourite
    /// Takes the favourite back.
    unfavourite
    /// Takes the boost back.
    unboost
    /// Bookmarks it.
    bookmark
    /// Takes the bookmark back.
    unbookmark
    /// Pins it to one's profile.
    pin
    /// Takes the pin back.
    unpin
    /// Mutes its conversation.
    mute
    /// Hears its conversation again.
    unmute
}

/// Boosts it, to as many people as may see it.
pub async fn boost(Path(id): Path<String>, form: MemberForm) -> Answer {
    let done = post::boost(form.cx(), form.authority(), id_of(&id)?, None).await?;
    Ok(done_with(&form, &done.post))
}

fn done_with(form: &MemberForm, post: &PostView) -> Response {
    if !form.is_script {
        return go(form.back_or("/home"));
    }
    let marks = post.marks.unwrap_or_default();
    answer::json(json!({
        "ok": true,
        "replies": post.counts.replies,
        "boosts": post.counts.boosts,
        "favourites": post.counts.favourites,
        "boosted": marks.boosted,
        "favourited": marks.favourited,
        "bookmarked": marks.bookmarked,
        "pinned": marks.pinned,
        "muted": marks.muted,
    }))
}
