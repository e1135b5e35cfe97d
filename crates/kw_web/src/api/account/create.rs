//! `POST /api/v1/accounts`

use axum::Json;
use axum::extract::State;
use http::HeaderMap;
use kw_app::account::{SignUp, sign_up};
use kw_app::session::{Actor, AppActor};
use kw_domain::sign_up::Agreement;

use crate::actor::agent_of;
use crate::api::entity::Token;
use crate::api::{Answer, Call};
use crate::edge::Web;
use crate::error::Problem;
use crate::params::Params;

/// Signs somebody up through a client, and answers a token of theirs. It works once nothing is waited for any more.
pub async fn create(
    State(web): State<Web>,
    call: Call,
    headers: HeaderMap,
    extensions: Peer,
    params: Params,
) -> Answer<Token> {
    let app = app_of(&call)?;
    let form = SignUp {
        handle: params.text("username")?.unwrap_or_default(),
        email: params.word("email")?,
        password: params.text("password")?.unwrap_or_default(),
        reason: params.text("reason")?.unwrap_or_default(),
        invitation: params.word("invite_code")?,
        locale: params.word("locale")?.map_or("", |locale| locale.split(['-', '_']).next().unwrap_or(locale)),
        agreement: if params.is_on("agreement")? { Agreement::Given } else { Agreement::Missing },
        agent: agent_of(&web, &extensions.0, &headers),
        app: Some(app),
    };
    let signed_up = sign_up(&call.cx, &form).await?;
    Ok(Json(Token::of(&signed_up.issued)))
}

fn app_of(call: &Call) -> Result<&AppActor, Problem> {
    match call.caller.actor() {
        Actor::App(app) => Ok(app),
        _ => Err(Problem::new(http::StatusCode::FORBIDDEN, "app_required", "This action is not allowed")),
    }
}

/// What the server knows of the connection.
#[derive(Debug)]
pub struct Peer(http::Extensions);

impl axum::extract::FromRequestParts<Web> for Peer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut http::request::Parts, _: &Web) -> Result<Self, Problem> {
        Ok(Self(parts.extensions.clone()))
    }
}
