//! `GET /api/v1/statuses/:id`

use kw_app::view::post::load_item;
use kw_domain::id::PostId;

use crate::api::entity::Ready;
use crate::api::{Call, Id};
use crate::error::Problem;

/// A post or a boost.
pub async fn show(call: Call, Id(id): Id<PostId>) -> Result<Ready, Problem> {
    let item = load_item(&call.cx, &call.viewer().await?, id).await?;
    Ok(call.writer().ready_status(&item))
}
