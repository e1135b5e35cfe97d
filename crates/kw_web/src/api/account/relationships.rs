//! `GET /api/v1/accounts/relationships`

use axum::Json;
use kw_app::relationship::load_relationships;
use kw_domain::id::AccountId;

use crate::actor::Actor;
use crate::api::entity::Relationship;
use crate::api::{Answer, Call};
use crate::params::Params;

/// The most relationships in one answer.
const IDS_MAX: usize = 80;

/// What stands between the reader and accounts, in the order they were asked for.
pub async fn relationships(call: Call, actor: Actor, params: Params) -> Answer<Vec<Relationship>> {
    let mut ids: Vec<AccountId> = params.ids("id")?;
    ids.truncate(IDS_MAX);
    let views = load_relationships(&call.cx, &actor.viewer(&call.cx).await?, &ids).await?;
    Ok(Json(views.into_iter().map(Relationship::of).collect()))
}
