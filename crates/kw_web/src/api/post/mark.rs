//! `POST /api/v1/statuses/:id/{favourite,unfavourite,bookmark,unbookmark,mute,unmute,pin,unpin}`, all repeatable.

use axum::Json;
use kw_app::post;
use kw_domain::id::PostId;

use crate::actor::Actor;
use crate::api::entity::Status;
use crate::api::{Answer, Call, Id};

macro_rules! marks {
    ($($(#[$doc:meta])* $verb:ident),* $(,)?) => {$(
        $(#[$doc])*
        pub async fn $verb(call: Call, actor: Actor, Id(id): Id<PostId>) -> Answer<Status> {
            let view = post::$verb(&call.cx, actor.authority(), id).await?;
            Ok(Json(call.writer().post(&view)))
        }
    )*};
}

marks! {
    /// Favourites a post.
    favourite,
    /// Takes a favourite back.
    unfavourite,
    /// Keeps a post for later.
    bookmark,
    /// Keeps it no longer.
    unbookmark,
    /// Mutes the conversation around a post.
    mute,
    /// Listens to it again.
    unmute,
    /// Pins one's own post to one's profile.
    pin,
    /// Takes it off again.
    unpin,
}
