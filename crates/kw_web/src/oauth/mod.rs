//! OAuth 2 over HTTP: the page where a member lets a client in, and the endpoints where clients get and give back tokens.
//!
//! Errors of the endpoints have OAuth's own shape: `{"error": "invalid_grant", "error_description": "…"}`.

pub mod authorize;
pub mod revoke;
pub mod token;
pub mod userinfo;

use axum::Json;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use kw_app::failure::Failure;
use kw_domain::refusal::{Kind, Refusal};
use serde_json::json;

use crate::error::Problem;
use crate::params::Params;

/// Why a client gets no token.
#[derive(Debug)]
pub enum OauthProblem {
    /// An expected no, in OAuth's words.
    Refused(Refusal),
    /// Anything else.
    Other(Problem),
}

impl From<Failure> for OauthProblem {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => Self::Refused(refusal),
            failure => Self::Other(failure.into()),
        }
    }
}

impl From<Problem> for OauthProblem {
    fn from(problem: Problem) -> Self {
        Self::Other(problem)
    }
}

impl IntoResponse for OauthProblem {
    fn into_response(self) -> Response {
        let refusal = match self {
            Self::Other(problem) => return problem.into_response(),
            Self::Refused(Refusal { kind: Kind::TooOften(_), .. }) => {
                return Problem::too_often(60).into_response();
            }
            Self::Refused(refusal) => refusal,
        };
        let status = match refusal.kind {
            Kind::Unauthenticated => StatusCode::UNAUTHORIZED,
            Kind::Forbidden => StatusCode::FORBIDDEN,
            _ => StatusCode::BAD_REQUEST,
        };
        let body = json!({ "error": refusal.code, "error_description": refusal.sentence });
        let mut response = (status, Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"Kittiwake\""));
        }
        response
    }
}

/// A client's id and secret: in the body, or as HTTP Basic.
fn client_of(headers: &HeaderMap, params: &Params) -> Result<(String, String), Problem> {
    let text = |name| Ok::<_, Problem>(params.text(name)?.unwrap_or_default().to_owned());
    let basic = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(basic_of);
    match basic {
        Some(client) => Ok(client),
        None => Ok((text("client_id")?, text("client_secret")?)),
    }
}

fn basic_of(header: &str) -> Option<(String, String)> {
    let (kind, encoded) = header.split_once(' ')?;
    if !kind.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    Some((id.to_owned(), secret.to_owned()))
}
