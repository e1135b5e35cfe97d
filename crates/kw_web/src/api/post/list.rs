//! `GET /api/v1/statuses`

use axum::Json;
use kw_app::view::post::load_items;
use kw_domain::id::PostId;
use kw_domain::visibility::Surface;

use crate::api::entity::Status;
use crate::api::{Answer, Call};
use crate::params::Params;

/// The most posts in one answer.
const IDS_MAX: usize = 40;

/// Posts and boosts by their ids; those that are not there or not the reader's to see are left out.
pub async fn list(call: Call, params: Params) -> Answer<Vec<Status>> {
    let mut ids: Vec<PostId> = params.ids("id")?;
    ids.truncate(IDS_MAX);
    let items = load_items(&call.cx, &call.viewer().await?, &ids, Surface::Direct).await?;
    let items: Vec<_> = items.into_iter().flatten().collect();
    Ok(Json(call.writer().statuses(&items)))
}
