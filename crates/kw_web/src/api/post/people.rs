//! `GET /api/v1/statuses/:id/{favourited_by,reblogged_by}`

use kw_app::post::{list_boosted_by, list_favourited_by};
use kw_domain::id::PostId;

use crate::api::entity::Account;
use crate::api::{Call, Id, Listed};
use crate::params::Params;

/// Who favourited a post.
pub async fn favourited_by(call: Call, Id(id): Id<PostId>, params: Params) -> Listed<Account> {
    let window = params.window(40, 80)?;
    Ok(call.accounts(&list_favourited_by(&call.cx, &call.viewer().await?, id, &window).await?))
}

/// Who boosted a post.
pub async fn reblogged_by(call: Call, Id(id): Id<PostId>, params: Params) -> Listed<Account> {
    let window = params.window(40, 80)?;
    Ok(call.accounts(&list_boosted_by(&call.cx, &call.viewer().await?, id, &window).await?))
}
