//! `GET|POST|DELETE /api/v1/lists/:id/accounts`

use axum::Json;
use kw_app::list::{add_members, list_members, remove_members};
use kw_domain::id::{AccountId, ListId};
use serde_json::{Value, json};

use crate::actor::Actor;
use crate::api::entity::Account;
use crate::api::{Answer, Call, Id, Listed};
use crate::params::Params;

/// The most members of a list.
const MEMBERS_MAX: usize = 500;

/// Who is on a list; `limit=0` asks for all of them.
pub async fn list(call: Call, actor: Actor, Id(id): Id<ListId>, params: Params) -> Listed<Account> {
    let mut window = params.window(40, 80)?;
    if params.word("limit")? == Some("0") {
        window.limit = MEMBERS_MAX;
    }
    Ok(call.accounts(&list_members(&call.cx, actor.authority(), id, &window).await?))
}

/// Puts accounts on a list, whom the member has to follow.
pub async fn add(call: Call, actor: Actor, Id(id): Id<ListId>, params: Params) -> Answer<Value> {
    let members: Vec<AccountId> = params.ids("account_ids")?;
    add_members(&call.cx, actor.authority(), id, &members).await?;
    Ok(Json(json!({})))
}

/// Takes accounts off a list.
pub async fn remove(call: Call, actor: Actor, Id(id): Id<ListId>, params: Params) -> Answer<Value> {
    let members: Vec<AccountId> = params.ids("account_ids")?;
    remove_members(&call.cx, actor.authority(), id, &members).await?;
    Ok(Json(json!({})))
}
