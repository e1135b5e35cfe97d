//! Pictures of accounts, as they were stored. A picture of an account that cannot be seen is not there.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use kw_app::account::find_picture;
use kw_domain::id::AccountId;

use crate::edge::Web;
use crate::error::Problem;

/// The name changes with the content, so a browser may keep it for ever. A cache in front may not: it would go on showing what
/// was hidden since.
const KEPT: &str = "private, max-age=31536000, immutable";

/// `GET /media/:account/:file`
pub async fn picture(
    State(web): State<Web>,
    Path((account, file)): Path<(String, String)>,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let id: AccountId = account.parse().map_err(|_| Problem::missing())?;
    let picture = find_picture(&web.cx, id, &file).await?.ok_or_else(Problem::missing)?;
    let tag = HeaderValue::from_str(&format!("\"{file}\"")).map_err(|_| Problem::missing())?;
    let is_known = asked.get(header::IF_NONE_MATCH).is_some_and(|known| known == tag);
    let content_type = HeaderValue::from_str(&picture.content_type);
    let mut response = if is_known { StatusCode::NOT_MODIFIED.into_response() } else { picture.bytes.into_response() };
    let headers = response.headers_mut();
    if let Ok(content_type) = content_type {
        headers.insert(header::CONTENT_TYPE, content_type);
    }
    headers.insert(header::ETAG, tag);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(KEPT));
    // Clients on other sites show it too.
    let policy = HeaderName::from_static("cross-origin-resource-policy");
    headers.insert(policy, HeaderValue::from_static("cross-origin"));
    Ok(response)
}
