//! `GET /api/v1/accounts/:id`

use axum::Json;
use kw_domain::id::AccountId;

use super::{Found, find};
use crate::api::entity::Account;
use crate::api::{Answer, Call, Id};

/// An account; one that is taken down says only that.
pub async fn show(call: Call, Id(id): Id<AccountId>) -> Answer<Account> {
    let writer = call.writer();
    Ok(Json(match find(&call, id).await? {
        Found::Shown(view) => writer.account(&view),
        Found::TakenDown(shell) => writer.suspended_account(&shell),
    }))
}
