//! `GET /api/v2/notifications`, `GET /api/v2/notifications/{:group_key,:group_key/accounts}` and
//! `POST /api/v2/notifications/:group_key/dismiss`

use axum::Json;
use http::HeaderMap;
use kw_app::notification::{dismiss_group, find_group, list_group_accounts, list_groups};
use serde_json::{Value, json};

use super::{filter_of, grouped_of};
use crate::actor::Actor;
use crate::api::entity::{Account, Groups};
use crate::api::{Answer, Call, Name};
use crate::error::Problem;
use crate::paging::Newer;
use crate::params::Params;

/// What the member is told, in groups, newest first.
pub async fn list(call: Call, actor: Actor, params: Params) -> Result<(HeaderMap, Json<Groups>), Problem> {
    let (filter, grouped) = (filter_of(&params)?, grouped_of(&params)?);
    let page = list_groups(&call.cx, actor.authority(), &filter, &grouped, &params.window(40, 80)?).await?;
    Ok((call.links(&page, Newer::MinId), Json(call.writer().groups(&page.items))))
}

/// One group.
pub async fn show(call: Call, actor: Actor, Name(key): Name) -> Answer<Groups> {
    let group = find_group(&call.cx, actor.authority(), &key).await?;
    Ok(Json(call.writer().groups(std::slice::from_ref(&group))))
}

/// Everybody in a group.
pub async fn accounts(call: Call, actor: Actor, Name(key): Name) -> Answer<Vec<Account>> {
    let views = list_group_accounts(&call.cx, actor.authority(), &key).await?;
    Ok(Json(call.writer().accounts(&views)))
}

/// Puts a group away.
pub async fn dismiss(call: Call, actor: Actor, Name(key): Name) -> Answer<Value> {
    dismiss_group(&call.cx, actor.authority(), &key).await?;
    Ok(Json(json!({})))
}
