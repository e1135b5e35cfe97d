//! `GET /api/v1/preferences`

use axum::Json;
use kw_app::account::find_settings;

use crate::actor::Actor;
use crate::api::entity::Preferences;
use crate::api::{Answer, Call};

/// The member's preferences, flat, with colons in their names.
pub async fn show(call: Call, actor: Actor) -> Answer<Preferences> {
    Ok(Json(Preferences::of(find_settings(&call.cx, actor.account()).await?)))
}
