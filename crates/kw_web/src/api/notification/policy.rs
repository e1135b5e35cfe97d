//! `GET|PATCH /api/v2/notifications/policy`

use axum::Json;
use kw_app::account::{SettingsChange, update_settings};
use kw_app::notification::load_policy;

use crate::actor::Actor;
use crate::api::entity::NotificationPolicy;
use crate::api::{Answer, Call};
use crate::params::Params;

/// From whom the member wants to be told.
pub async fn show(call: Call, actor: Actor) -> Answer<NotificationPolicy> {
    Ok(Json(NotificationPolicy::of(load_policy(&call.cx, actor.account()).await?)))
}

/// Changes that. What is not said stays as it is.
pub async fn update(call: Call, actor: Actor, params: Params) -> Answer<NotificationPolicy> {
    let policy = [
        params.word("for_not_following")?,
        params.word("for_not_followers")?,
        params.word("for_new_accounts")?,
        params.word("for_private_mentions")?,
        params.word("for_limited_accounts")?,
    ];
    let change = SettingsChange { policy, ..SettingsChange::default() };
    update_settings(&call.cx, actor.member(), &change).await?;
    Ok(Json(NotificationPolicy::of(load_policy(&call.cx, actor.account()).await?)))
}
