//! `GET /api/v1/accounts`

use axum::Json;
use kw_app::view::account::load_accounts;
use kw_domain::id::AccountId;
use kw_domain::visibility::Surface;

use crate::api::entity::Account;
use crate::api::{Answer, Call};
use crate::params::Params;

/// The most accounts in one answer.
const IDS_MAX: usize = 80;

/// Accounts by their ids; unknown ones are left out.
pub async fn list(call: Call, params: Params) -> Answer<Vec<Account>> {
    let mut ids: Vec<AccountId> = params.ids("id")?;
    ids.truncate(IDS_MAX);
    let views = load_accounts(&call.cx, &call.viewer().await?, &ids, Surface::Direct).await?;
    Ok(Json(call.writer().accounts(&views)))
}
