//! `GET /api/v1/timelines/home`

use kw_app::timeline::load_home;

use crate::actor::Actor;
use crate::api::{Call, Statuses};
use crate::params::Params;

/// The posts and boosts of those whom the member follows, and their own.
pub async fn home(call: Call, actor: Actor, params: Params) -> Statuses {
    let page = load_home(&call.cx, &actor.viewer(&call.cx).await?, &params.window(20, 40)?).await?;
    Ok(call.statuses(&page))
}
