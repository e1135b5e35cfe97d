//! `GET /api/v1/follow_requests` and `POST /api/v1/follow_requests/:account_id/{authorize,reject}`

use axum::Json;
use kw_app::relationship::{accept_request, list_requests, reject_request};
use kw_domain::id::AccountId;

use crate::actor::Actor;
use crate::api::entity::{Account, Relationship};
use crate::api::{Answer, Call, Id, Listed};
use crate::params::Params;

/// Who asks to follow the member.
pub async fn list(call: Call, actor: Actor, params: Params) -> Listed<Account> {
    let page = list_requests(&call.cx, actor.authority(), &params.window(40, 80)?).await?;
    Ok(call.accounts(&page))
}

/// Lets somebody follow. The id is the account's.
pub async fn authorize(call: Call, actor: Actor, Id(id): Id<AccountId>) -> Answer<Relationship> {
    let view = accept_request(&call.cx, actor.authority(), id).await?;
    Ok(Json(Relationship::of(view)))
}

/// Turns somebody away. The id is the account's.
pub async fn reject(call: Call, actor: Actor, Id(id): Id<AccountId>) -> Answer<Relationship> {
    let view = reject_request(&call.cx, actor.authority(), id).await?;
    Ok(Json(Relationship::of(view)))
}
