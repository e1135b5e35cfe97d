//! `GET /api/v1/accounts/search`

use axum::Json;
use kw_app::search::{Among, Slice, search_accounts};

use crate::api::entity::Account;
use crate::api::{Answer, Call};
use crate::params::Params;

/// Accounts by their address, or by the beginning of their handle or name.
pub async fn search(call: Call, params: Params) -> Answer<Vec<Account>> {
    let among = if params.is_on("following")? { Among::Followed } else { Among::All };
    let slice = Slice { offset: params.offset(), limit: params.limit(40, 80) };
    let query = params.text("q")?.unwrap_or_default();
    let views = search_accounts(&call.cx, &call.viewer().await?, query, among, slice).await?;
    Ok(Json(call.writer().accounts(&views)))
}
