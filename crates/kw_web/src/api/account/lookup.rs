//! `GET /api/v1/accounts/lookup`

use axum::Json;
use kw_app::account::find_id;
use kw_domain::handle::Address;

use super::{Found, find};
use crate::api::entity::Account;
use crate::api::{Answer, Call};
use crate::error::Problem;
use crate::params::Params;

/// An account by its handle or address. Nobody is looked for on other servers.
pub async fn lookup(call: Call, params: Params) -> Answer<Account> {
    let address = Address::parse(params.needed_text("acct")?, &call.settings().domain());
    let Ok(Address::Local(handle)) = address else { return Err(Problem::missing()) };
    let id = find_id(&call.cx, &handle).await?.ok_or_else(Problem::missing)?;
    let writer = call.writer();
    Ok(Json(match find(&call, id).await? {
        Found::Shown(view) => writer.account(&view),
        Found::TakenDown(shell) => writer.suspended_account(&shell),
    }))
}
