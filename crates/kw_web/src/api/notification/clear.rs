//! `POST /api/v1/notifications/{clear,:id/dismiss}`

use axum::Json;
use kw_app::notification;
use kw_domain::id::NotificationId;
use serde_json::{Value, json};

use crate::actor::Actor;
use crate::api::{Answer, Call, Id};
use crate::error::Problem;
use crate::params::Params;

/// Puts everything away.
pub async fn clear(call: Call, actor: Actor) -> Answer<Value> {
    notification::clear(&call.cx, actor.authority()).await?;
    Ok(Json(json!({})))
}

/// Puts one notification away.
pub async fn dismiss(call: Call, actor: Actor, Id(id): Id<NotificationId>) -> Answer<Value> {
    notification::dismiss(&call.cx, actor.authority(), id).await?;
    Ok(Json(json!({})))
}

/// The same with the id in the body: `POST /api/v1/notifications/dismiss`, which old clients call.
pub async fn dismiss_named(call: Call, actor: Actor, params: Params) -> Answer<Value> {
    let id = params.id::<NotificationId>("id")?.ok_or_else(Problem::missing)?;
    notification::dismiss(&call.cx, actor.authority(), id).await?;
    Ok(Json(json!({})))
}
