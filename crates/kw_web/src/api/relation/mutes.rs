//! `GET /api/v1/mutes`

use axum::Json;
use kw_app::relationship::list_mutes;

use crate::actor::Actor;
use crate::api::entity::MutedAccount;
use crate::api::{Call, Listed};
use crate::paging::Newer;
use crate::params::Params;

/// Whom the member mutes, and until when.
pub async fn mutes(call: Call, actor: Actor, params: Params) -> Listed<MutedAccount> {
    let page = list_mutes(&call.cx, actor.authority(), &params.window(40, 80)?).await?;
    let writer = call.writer();
    let muted = page.items.iter().map(|muted| writer.muted_account(muted)).collect();
    Ok((call.links(&page, Newer::SinceId), Json(muted)))
}
