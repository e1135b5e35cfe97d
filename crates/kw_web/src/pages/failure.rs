//! The page about something that did not work, in place of the JSON that the client API answers.

use axum::response::{Html, IntoResponse, Response};
use http::header::CACHE_CONTROL;
use http::{HeaderValue, StatusCode};
use kw_html::View;
use kw_html::views::{Failure, FailureKind, Missing};

use crate::edge::Web;
use crate::error::Problem;
use crate::frame::{self, Surroundings};
use crate::session::Visitor;

/// Shows `problem` to `visitor`. When even the page cannot be made, its plain sentence.
pub async fn show_problem(web: &Web, visitor: &Visitor, surroundings: &Surroundings, problem: Problem) -> Response {
    let status = problem.status;
    let Ok(page) = frame::page(web, visitor, surroundings).await else {
        return (status, problem.sentence).into_response();
    };
    let html = if status == StatusCode::NOT_FOUND {
        Missing { page }.to_html()
    } else {
        let kind = kind_of(&problem);
        Failure { page, kind, kept_text: String::new(), reference: String::new() }.to_html()
    };
    let mut response = (status, Html(html)).into_response();
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    response
}

fn kind_of(problem: &Problem) -> FailureKind {
    match (problem.status, problem.code) {
        (_, "csrf") => FailureKind::FormTooOld,
        (StatusCode::BAD_REQUEST | StatusCode::UNSUPPORTED_MEDIA_TYPE, _) => FailureKind::Unreadable,
        (StatusCode::METHOD_NOT_ALLOWED, _) => FailureKind::WrongMethod,
        (StatusCode::PAYLOAD_TOO_LARGE, _) => FailureKind::TooLarge,
        (StatusCode::TOO_MANY_REQUESTS, _) => {
            FailureKind::TooOften { seconds: problem.retry_after_s.unwrap_or(60) }
        }
        (StatusCode::SERVICE_UNAVAILABLE, _) => FailureKind::Busy,
        (StatusCode::UNPROCESSABLE_ENTITY, _) => FailureKind::Refused { sentence: problem.sentence.clone() },
        (status, _) if status.is_server_error() => FailureKind::Ours,
        _ => FailureKind::NotAllowed,
    }
}
