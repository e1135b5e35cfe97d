//! CORS: which pages of other sites may call us from a browser. Everything a client needs is open to all, because a token
//! is what proves anything there; a cookie never goes along.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};

const EXPOSED: &str = "Link, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, X-Request-Id, \
                       Mastodon-Async-Refresh, Deprecation";
/// How long a browser may remember the answer to its question, in seconds.
const REMEMBERED_S: &str = "7200";

/// Answers questions of browsers, and says on every open answer that anyone may read it.
pub async fn answer(request: Request, next: Next) -> Response {
    if !is_open(request.uri().path()) {
        return next.run(request).await;
    }
    let is_question =
        request.method() == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    if is_question {
        let asked = request.headers().get(header::ACCESS_CONTROL_REQUEST_HEADERS).cloned();
        return allow(asked);
    }
    let mut response = next.run(request).await;
    write_origin(response.headers_mut());
    response
}

fn is_open(path: &str) -> bool {
    let is_below =
        |folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    ["/api", "/.well-known", "/nodeinfo", "/media", "/assets", "/oauth/token", "/oauth/revoke", "/oauth/userinfo"]
        .into_iter()
        .any(is_below)
}

fn allow(asked_headers: Option<HeaderValue>) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    write_origin(headers);
    let mut set = |name: HeaderName, value: HeaderValue| _ = headers.insert(name, value);
    set(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST, PUT, PATCH, DELETE, OPTIONS"));
    // `*` does not cover Authorization: browsers want each header by its name.
    let names =
        asked_headers.unwrap_or_else(|| HeaderValue::from_static("Authorization, Content-Type, Idempotency-Key"));
    set(header::ACCESS_CONTROL_ALLOW_HEADERS, names);
    set(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static(REMEMBERED_S));
    set(header::VARY, HeaderValue::from_static("Access-Control-Request-Headers"));
    response
}

fn write_origin(headers: &mut HeaderMap) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_that_go_by_a_cookie_are_closed_to_other_sites() {
        for open in ["/api/v1/statuses", "/oauth/token", "/.well-known/webfinger", "/nodeinfo/2.0", "/media/1/a.png"] {
            assert!(is_open(open), "{open}");
        }
        for closed in ["/", "/home", "/oauth/authorize", "/oauth/tokens", "/apia", "/settings/profile", "/@api"] {
            assert!(!is_open(closed), "{closed}");
        }
    }
}
