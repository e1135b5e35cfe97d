//! `GET /api/{v1,v2}/notifications/unread_count`

use axum::Json;
use kw_app::notification::{count_unread, count_unread_groups};
use serde_json::{Value, json};

use super::{filter_of, grouped_of};
use crate::actor::Actor;
use crate::api::{Answer, Call};
use crate::params::Params;

/// How many notifications are unread.
pub async fn single(call: Call, actor: Actor, params: Params) -> Answer<Value> {
    let limit = params.limit(100, 1_000);
    let count = count_unread(&call.cx, actor.authority(), &filter_of(&params)?, limit).await?;
    Ok(Json(json!({ "count": count })))
}

/// How many groups of them are unread.
pub async fn grouped(call: Call, actor: Actor, params: Params) -> Answer<Value> {
    let (filter, grouped) = (filter_of(&params)?, grouped_of(&params)?);
    let limit = params.limit(100, 1_000);
    let count = count_unread_groups(&call.cx, actor.authority(), &filter, &grouped, limit).await?;
    Ok(Json(json!({ "count": count })))
}
