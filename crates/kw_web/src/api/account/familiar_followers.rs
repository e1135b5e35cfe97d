//! `GET /api/v1/accounts/familiar_followers`

use axum::Json;
use kw_app::failure::Failure;
use kw_app::relationship::list_familiar_followers;
use kw_domain::id::AccountId;

use crate::actor::Actor;
use crate::api::entity::FamiliarFollowers;
use crate::api::{Answer, Call};
use crate::params::Params;

/// The most accounts that one call may ask about.
const IDS_MAX: usize = 20;

/// Those who follow the accounts asked about, and whom the reader follows. One entry for each account.
pub async fn familiar_followers(call: Call, actor: Actor, params: Params) -> Answer<Vec<FamiliarFollowers>> {
    let viewer = actor.viewer(&call.cx).await?;
    let writer = call.writer();
    let mut found = Vec::new();
    for id in params.ids::<AccountId>("id")?.into_iter().take(IDS_MAX) {
        let views = match list_familiar_followers(&call.cx, &viewer, id).await {
            Ok(views) => views,
            Err(Failure::Refused(_)) => continue,
            Err(failure) => return Err(failure.into()),
        };
        found.push(FamiliarFollowers { id: id.to_string(), accounts: writer.accounts(&views) });
    }
    Ok(Json(found))
}
