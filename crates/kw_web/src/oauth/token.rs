//! `POST /oauth/token`

use axum::Json;
use axum::extract::State;
use http::{HeaderMap, HeaderValue, header};
use kw_app::oauth::{TokenAsk, issue};

use super::{OauthProblem, client_of};
use crate::api::entity::Token;
use crate::edge::Web;
use crate::params::Params;

/// A code, or a client's own secret, for a token.
pub async fn token(
    State(web): State<Web>,
    headers: HeaderMap,
    params: Params,
) -> Result<(HeaderMap, Json<Token>), OauthProblem> {
    let (client_id, client_secret) = client_of(&headers, &params)?;
    let ask = TokenAsk {
        grant_type: params.text("grant_type")?.unwrap_or_default(),
        client_id: &client_id,
        client_secret: &client_secret,
        code: params.text("code")?.unwrap_or_default(),
        redirect_uri: params.text("redirect_uri")?.unwrap_or_default(),
        code_verifier: params.text("code_verifier")?.unwrap_or_default(),
        scope: params.text("scope")?.unwrap_or_default(),
    };
    let issued = issue(&web.cx, &ask).await?;
    let mut answer = HeaderMap::new();
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok((answer, Json(Token::of(&issued))))
}
