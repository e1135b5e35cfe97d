//! `GET /ledger/checkpoint` and `GET /ledger/tile/…`: <https://c2sp.org/tlog-tiles>.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue, header};
use kw_app::ledger::publish::{self, Resource};

use crate::edge::Web;
use crate::error::Problem;

/// What never changes: tiles and bundles, whatever their width.
const KEPT: &str = "public, max-age=31536000, immutable";

/// The newest signed checkpoint.
pub async fn checkpoint(State(web): State<Web>) -> Result<Response, Problem> {
    let bytes = publish::read(&web.cx, Resource::Checkpoint).await?.ok_or_else(Problem::missing)?;
    Ok(answer(bytes, "text/plain; charset=utf-8", "no-cache"))
}

/// A tile or a bundle of entries.
pub async fn tile(State(web): State<Web>, Path(path): Path<String>) -> Result<Response, Problem> {
    let resource: Resource = format!("tile/{path}").parse().map_err(|_| Problem::missing())?;
    let bytes = publish::read(&web.cx, resource).await?.ok_or_else(Problem::missing)?;
    Ok(answer(bytes, "application/octet-stream", KEPT))
}

/// Anybody may read it from anywhere: that is what it is for.
pub(super) fn answer(bytes: Vec<u8>, kind: &'static str, kept: &'static str) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    let policy = HeaderName::from_static("cross-origin-resource-policy");
    headers.insert(policy, HeaderValue::from_static("cross-origin"));
    response
}
