//! `GET /api/v1/statuses/:id/history`

use axum::Json;
use kw_app::post;
use kw_domain::id::PostId;

use crate::api::entity::Edit;
use crate::api::{Answer, Call, Id};

/// Everything a post said, oldest first; one entry for a post that was never changed.
pub async fn history(call: Call, Id(id): Id<PostId>) -> Answer<Vec<Edit>> {
    let versions = post::history(&call.cx, &call.viewer().await?, id).await?;
    let writer = call.writer();
    Ok(Json(versions.iter().map(|version| writer.edit(version)).collect()))
}
