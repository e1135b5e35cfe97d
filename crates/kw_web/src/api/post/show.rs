//! `GET /api/v1/statuses/:id`

use axum::Json;
use kw_app::view::post::load_item;
use kw_domain::id::PostId;

use crate::api::entity::Status;
use crate::api::{Answer, Call, Id};

/// A post or a boost.
pub async fn show(call: Call, Id(id): Id<PostId>) -> Answer<Status> {
    let item = load_item(&call.cx, &call.viewer().await?, id).await?;
    Ok(Json(call.writer().status(&item)))
}
