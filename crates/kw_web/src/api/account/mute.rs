//! `POST /api/v1/accounts/:id/{mute,unmute}`

use axum::Json;
use kw_app::relationship::{self, MuteChoices};
use kw_domain::id::AccountId;

use crate::actor::Actor;
use crate::api::entity::Relationship;
use crate::api::{Answer, Call, Id};
use crate::params::Params;

/// The longest mute that ends by itself, in seconds: ten years.
const DURATION_S_MAX: u64 = 10 * 365 * 24 * 3_600;

/// Mutes an account, for a time or for good.
pub async fn mute(call: Call, actor: Actor, Id(id): Id<AccountId>, params: Params) -> Answer<Relationship> {
    let duration_s = params.number("duration")?.filter(|duration_s| *duration_s > 0);
    let choices = MuteChoices {
        notifications: params.flag("notifications")?.unwrap_or(true),
        duration_ms: duration_s.map(|duration_s| duration_s.min(DURATION_S_MAX) * 1_000),
    };
    let view = relationship::mute(&call.cx, actor.authority(), id, choices).await?;
    Ok(Json(Relationship::of(view)))
}

/// Listens to an account again.
pub async fn unmute(call: Call, actor: Actor, Id(id): Id<AccountId>) -> Answer<Relationship> {
    let view = relationship::unmute(&call.cx, actor.authority(), id).await?;
    Ok(Json(Relationship::of(view)))
}
