//! `GET /api/v1/accounts/verify_credentials`

use axum::Json;

use crate::actor::Actor;
use crate::api::entity::CredentialAccount;
use crate::api::{Answer, Call};

/// The member's own account, with what only its owner sees.
pub async fn verify_credentials(call: Call, actor: Actor) -> Answer<CredentialAccount> {
    Ok(Json(load(&call, &actor).await?))
}

/// The member's own account as it is now.
pub(super) async fn load(call: &Call, actor: &Actor) -> Result<CredentialAccount, crate::error::Problem> {
    let view = kw_app::view::account::load_account(&call.cx, &actor.viewer(&call.cx).await?, actor.account()).await?;
    let settings = kw_app::account::find_settings(&call.cx, actor.account()).await?;
    let requests = kw_app::relationship::count_requests(&call.cx, actor.authority()).await?;
    Ok(call.writer().credential_account(&view, &settings, requests))
}
