//! `POST /api/v1/accounts/:id/note`

use axum::Json;
use kw_app::relationship;
use kw_domain::id::AccountId;

use crate::actor::Actor;
use crate::api::entity::Relationship;
use crate::api::{Answer, Call, Id};
use crate::params::Params;

/// Writes a private note about an account; an empty one takes it away.
pub async fn note(call: Call, actor: Actor, Id(id): Id<AccountId>, params: Params) -> Answer<Relationship> {
    let text = params.text("comment")?.unwrap_or_default();
    let view = relationship::note(&call.cx, actor.authority(), id, text).await?;
    Ok(Json(Relationship::of(view)))
}
