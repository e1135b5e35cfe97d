//! `GET /api/v1/tags/:name`

use axum::Json;
use kw_app::search::load_tag;

use crate::api::entity::Tag;
use crate::api::{Answer, Call, Name};
use crate::error::Problem;

/// A tag, also one that nobody used yet. What cannot be a tag is missing.
pub async fn show(call: Call, Name(name): Name) -> Answer<Tag> {
    let view = load_tag(&call.cx, &name).await?;
    if view.name.is_empty() {
        return Err(Problem::missing());
    }
    Ok(Json(call.writer().tag(&view)))
}
