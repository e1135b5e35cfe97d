//! `GET /api/v1/statuses/:id/context`

use axum::Json;
use kw_app::timeline::load_thread;
use kw_domain::id::PostId;

use crate::api::entity::Context;
use crate::api::{Answer, Call, Id};

/// What a post answers, oldest first, and what answers it, as a tree written out.
pub async fn context(call: Call, Id(id): Id<PostId>) -> Answer<Context> {
    let thread = load_thread(&call.cx, &call.viewer().await?, id).await?;
    let writer = call.writer();
    Ok(Json(Context {
        ancestors: writer.statuses(&thread.ancestors),
        descendants: writer.statuses(&thread.descendants),
    }))
}
