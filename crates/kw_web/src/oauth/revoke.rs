//! `POST /oauth/revoke`

use axum::Json;
use axum::extract::State;
use http::HeaderMap;
use serde_json::{Value, json};

use super::{OauthProblem, client_of};
use crate::edge::Web;
use crate::params::Params;

/// A client gives a token back. One that does not work any more is no error.
pub async fn revoke(State(web): State<Web>, headers: HeaderMap, params: Params) -> Result<Json<Value>, OauthProblem> {
    let (client_id, client_secret) = client_of(&headers, &params)?;
    let token = params.text("token")?.unwrap_or_default();
    kw_app::oauth::revoke(&web.cx, &client_id, &client_secret, token).await?;
    Ok(Json(json!({})))
}
