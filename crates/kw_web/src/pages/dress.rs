//! Problems as pages: whatever goes wrong on the way to a page is told in the reader's language, with the status it has.
//!
//! The guard of a page's route puts its own problems and those of the handler into a page ([`show_problem`]); what has
//! no route, or never came to its end, is dressed on the way out ([`dress`]). Scripts get the sentence as JSON.
//! Deliberately absent: the pages of accounts that are not there; those know whose address it was.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{ALLOW, CACHE_CONTROL, RETRY_AFTER};
use http::{HeaderMap, HeaderValue, StatusCode};
use kw_html::Page;
use kw_html::views::{Failure, FailureKind, Missing};
use serde_json::json;

use super::answer::{json, page_as, wants_json};
use super::words;
use crate::edge::Web;
use crate::error::Problem;
use crate::frame::{self, Surroundings};
use crate::session::Visitor;

/// Shows `problem` to `visitor`. When not even their page can be made, anybody's.
pub async fn show_problem(web: &Web, visitor: &Visitor, surroundings: &Surroundings, problem: Problem) -> Response {
    // When the store does not answer, nothing more is asked of it.
    let page = if problem.status.is_server_error() {
        Err(())
    } else {
        frame::page(web, visitor, surroundings).await.map_err(|_| ())
    };
    let page = page.unwrap_or_else(|()| Page { csrf: visitor.csrf.clone(), ..frame::bare_page(web, surroundings) });
    page_of(page, &problem, String::new())
}

/// The same for a script that asked: the sentence in the reader's language.
pub fn tell_problem(web: &Web, surroundings: &Surroundings, problem: &Problem) -> Response {
    let page = frame::bare_page(web, surroundings);
    let sentence = words::sentence(&page, problem.code, &problem.sentence);
    let mut response = json(json!({ "error": sentence }));
    *response.status_mut() = problem.status;
    response
}

/// Lets the request through, and puts a page in the place of a problem that nobody has dressed.
pub async fn dress(State(web): State<Web>, request: Request, next: Next) -> Response {
    if !is_for_people(request.uri().path()) || wants_json(request.headers()) {
        return next.run(request).await;
    }
    let surroundings = Surroundings::of(request.headers(), request.uri());
    let bare = next.run(request).await;
    let problem = match bare.extensions().get::<Problem>() {
        Some(problem) => problem.clone(),
        None if bare.status() == StatusCode::METHOD_NOT_ALLOWED => {
            Problem::new(bare.status(), "method", "This address cannot be used like that.")
        }
        None => return bare,
    };
    let id = bare.headers().get("x-request-id").and_then(|id| id.to_str().ok());
    let reference = id.filter(|_| problem.status.is_server_error()).unwrap_or_default().to_owned();
    let mut dressed = page_of(frame::bare_page(&web, &surroundings), &problem, reference);
    keep_headers(bare.headers(), dressed.headers_mut());
    dressed
}

/// Whether people come to this address, and not programs.
fn is_for_people(path: &str) -> bool {
    let programs =
        ["/api/", "/oauth/token", "/oauth/revoke", "/oauth/userinfo", "/.well-known/", "/nodeinfo", "/health"];
    !programs.iter().any(|prefix| path.starts_with(prefix))
}

fn page_of(page: Page, problem: &Problem, reference: String) -> Response {
    let mut response = if problem.status == StatusCode::NOT_FOUND {
        page_as(problem.status, &Missing { page })
    } else {
        let kind = kind_of(&page, problem);
        page_as(problem.status, &Failure { page, kind, kept_text: String::new(), reference })
    };
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    if let Some(seconds) = problem.retry_after_s {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn kind_of(page: &Page, problem: &Problem) -> FailureKind {
    match problem.status.as_u16() {
        _ if problem.code == "csrf" => FailureKind::FormTooOld,
        _ if problem.code == "app" => FailureKind::App { sentence: problem.sentence.clone() },
        400 | 415 => FailureKind::Unreadable,
        403 if problem.code == "forbidden" => FailureKind::NotAllowed,
        405 => FailureKind::WrongMethod,
        413 => FailureKind::TooLarge,
        429 => FailureKind::TooOften { seconds: problem.retry_after_s.unwrap_or(1) },
        503 => FailureKind::Busy,
        500.. => FailureKind::Ours,
        _ => FailureKind::Refused { sentence: words::sentence(page, problem.code, &problem.sentence) },
    }
}

fn keep_headers(bare: &HeaderMap, dressed: &mut HeaderMap) {
    for (name, value) in bare.iter().filter(|(name, _)| {
        **name == ALLOW || ["x-request-id"].contains(&name.as_str()) || name.as_str().starts_with("x-ratelimit-")
    }) {
        dressed.insert(name.clone(), value.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_answered_in_json_and_people_with_pages() {
        for path in ["/", "/@ada", "/home", "/oauth/authorize", "/nothing/here"] {
            assert!(is_for_people(path), "{path}");
        }
        for path in ["/api/v1/statuses", "/oauth/token", "/.well-known/webfinger", "/nodeinfo/2.0", "/health"] {
            assert!(!is_for_people(path), "{path}");
        }
    }
}
