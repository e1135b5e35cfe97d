//! `/robots.txt`: what machines that read everything may read.

use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE};

/// Public pages may be read; forms and what belongs to a member may not.
const RULES: &str = "User-agent: *\n\
    Disallow: /api/\n\
    Disallow: /compose\n\
    Disallow: /home\n\
    Disallow: /notifications\n\
    Disallow: /oauth/\n\
    Disallow: /search\n\
    Disallow: /settings/\n\
    Disallow: /sign-in\n";

/// The rules.
pub async fn show() -> Response {
    ([(CONTENT_TYPE, "text/plain; charset=utf-8"), (CACHE_CONTROL, "public, max-age=86400")], RULES).into_response()
}
