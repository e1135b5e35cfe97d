//! `POST /api/v1/apps`

use axum::Json;
use kw_app::oauth::{NewApp, register_app};

use crate::api::entity::Application;
use crate::api::{Answer, Call};
use crate::params::Params;

/// Registers a client. Its addresses are a text with lines, or a list.
pub async fn register(call: Call, params: Params) -> Answer<Application> {
    let redirect_uris: Vec<String> = params.words("redirect_uris")?.into_iter().map(str::to_owned).collect();
    let new = NewApp {
        name: params.text("client_name")?.unwrap_or_default(),
        website: params.word("website")?,
        redirect_uris: &redirect_uris,
        scopes: &params.words("scopes")?.join(" "),
    };
    Ok(Json(Application::registered(register_app(&call.cx, &new).await?)))
}
