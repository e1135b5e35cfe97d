//! `DELETE /api/v1/statuses/:id`

use axum::Json;
use kw_app::post;
use kw_domain::id::PostId;

use crate::actor::Actor;
use crate::api::entity::Status;
use crate::api::{Answer, Call, Id};

/// Deletes a post, and answers it as it was written.
pub async fn delete(call: Call, actor: Actor, Id(id): Id<PostId>) -> Answer<Status> {
    let item = post::delete(&call.cx, actor.authority(), id).await?;
    Ok(Json(call.writer().deleted(&item)))
}
