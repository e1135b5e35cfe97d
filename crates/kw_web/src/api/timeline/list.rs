//! `GET /api/v1/timelines/list/:list_id`

use kw_app::timeline::load_list;
use kw_domain::id::ListId;

use crate::actor::Actor;
use crate::api::{Call, Id, Statuses};
use crate::params::Params;

/// The posts and boosts of a list's members.
pub async fn list(call: Call, actor: Actor, Id(id): Id<ListId>, params: Params) -> Statuses {
    let page = load_list(&call.cx, &actor.viewer(&call.cx).await?, id, &params.window(20, 40)?).await?;
    Ok(call.statuses(&page))
}
