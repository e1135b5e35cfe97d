//! `GET /api/v1/timelines/direct`

use kw_app::timeline::{Listing, load_listing};

use crate::actor::Actor;
use crate::api::{Call, Statuses};
use crate::params::Params;

/// The direct posts that the member wrote or is named in.
pub async fn direct(call: Call, actor: Actor, params: Params) -> Statuses {
    let window = params.window(20, 40)?;
    let listing = Listing::Direct(actor.account());
    let page = load_listing(&call.cx, &actor.viewer(&call.cx).await?, &listing, &window).await?;
    Ok(call.statuses(&page))
}
