//! `GET /api/v1/statuses/:id/source`

use axum::Json;
use kw_app::post;
use kw_domain::id::PostId;

use crate::actor::Actor;
use crate::api::entity::Source;
use crate::api::{Answer, Call, Id};

/// What one of the member's own posts was written as.
pub async fn source(call: Call, actor: Actor, Id(id): Id<PostId>) -> Answer<Source> {
    let source = post::source(&call.cx, actor.authority(), id).await?;
    Ok(Json(Source { id: source.id.to_string(), text: source.text, spoiler_text: source.spoiler_text }))
}
