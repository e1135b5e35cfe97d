//! `GET /api/v1/{favourites,bookmarks}`

use kw_app::rows::MarkKind;
use kw_app::timeline::{Listing, load_listing};

use crate::actor::Actor;
use crate::api::{Call, Statuses};
use crate::params::Params;

/// What the member favourited, newest favourite first.
pub async fn favourites(call: Call, actor: Actor, params: Params) -> Statuses {
    marked(&call, &actor, &params, MarkKind::Favourite).await
}

/// What the member keeps for later, newest bookmark first.
pub async fn bookmarks(call: Call, actor: Actor, params: Params) -> Statuses {
    marked(&call, &actor, &params, MarkKind::Bookmark).await
}

async fn marked(call: &Call, actor: &Actor, params: &Params, kind: MarkKind) -> Statuses {
    let listing = Listing::Marked(actor.account(), kind);
    let window = params.window(20, 40)?;
    let page = load_listing(&call.cx, &actor.viewer(&call.cx).await?, &listing, &window).await?;
    Ok(call.statuses(&page))
}
