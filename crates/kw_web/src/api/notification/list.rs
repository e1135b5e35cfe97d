//! `GET /api/v1/notifications` and `GET /api/v1/notifications/:id`

use axum::Json;
use kw_app::notification;
use kw_domain::id::NotificationId;

use super::filter_of;
use crate::actor::Actor;
use crate::api::entity::Notification;
use crate::api::{Answer, Call, Id, Listed};
use crate::paging::Newer;
use crate::params::Params;

/// What the member is told, newest first.
pub async fn list(call: Call, actor: Actor, params: Params) -> Listed<Notification> {
    let page = notification::list(&call.cx, actor.authority(), &filter_of(&params)?, &params.window(40, 80)?).await?;
    let writer = call.writer();
    let notifications = page.items.iter().map(|view| writer.notification(view)).collect();
    Ok((call.links(&page, Newer::MinId), Json(notifications)))
}

/// One notification.
pub async fn show(call: Call, actor: Actor, Id(id): Id<NotificationId>) -> Answer<Notification> {
    let view = notification::find(&call.cx, actor.authority(), id).await?;
    Ok(Json(call.writer().notification(&view)))
}
