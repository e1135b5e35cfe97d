//! `GET|POST /oauth/userinfo`

use axum::Json;
use kw_app::view::account::load_account;
use serde_json::{Value, json};

use crate::actor::Actor;
use crate::api::{Answer, Call};

/// Who the member is, and nothing more: for signing in elsewhere with an account here.
pub async fn userinfo(call: Call, actor: Actor) -> Answer<Value> {
    let view = load_account(&call.cx, &actor.viewer(&call.cx).await?, actor.account()).await?;
    let account = call.writer().account(&view);
    Ok(Json(json!({
        "iss": call.settings().url("/"),
        "sub": account.uri,
        "name": account.display_name,
        "preferred_username": account.username,
        "profile": account.url,
        "picture": account.avatar,
    })))
}
