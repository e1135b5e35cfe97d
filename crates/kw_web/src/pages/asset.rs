//! `/assets/{name}`: style, scripts, fonts and pictures of the site; each under the hash of its content, for ever.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use kw_html::assets::assets;

use crate::error::Problem;

/// One file. A name with another hash is missing: the page that named it is older or newer than we are.
pub async fn show(Path(name): Path<String>) -> Result<Response, Problem> {
    let path = format!("/assets/{name}");
    let asset = assets().iter().find(|asset| asset.path == path).ok_or_else(Problem::missing)?;
    let headers = [(CONTENT_TYPE, asset.content_type), (CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Ok((headers, asset.bytes.to_vec()).into_response())
}

/// The icon where browsers look without being told.
pub async fn show_icon() -> Result<Response, Problem> {
    let found = assets().iter().find(|asset| asset.name == "favicon.svg").ok_or_else(Problem::missing)?;
    let headers = [(CONTENT_TYPE, found.content_type), (CACHE_CONTROL, "public, max-age=86400")];
    Ok((headers, found.bytes.to_vec()).into_response())
}
