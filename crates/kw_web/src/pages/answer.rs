//! Answers of pages: HTML, redirects, and JSON for scripts. How long a browser may keep them is decided here.

use axum::Json;
use axum::response::{Html, IntoResponse, Response};
use http::header::{CACHE_CONTROL, LOCATION, SET_COOKIE, VARY};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use kw_html::View;
use kw_html::page::Said;
use serde_json::Value;

use crate::error::Problem;
use crate::frame::SAID_COOKIE;

/// What a handler of a page ends in. A problem becomes a page of its own on the way out ([`super::dress`]).
pub type Answer = Result<Response, Problem>;

/// A page.
pub fn page(view: &impl View) -> Response {
    page_as(StatusCode::OK, view)
}

/// A page with another status than 200.
pub fn page_as(status: StatusCode, view: &impl View) -> Response {
    // Every page holds the token of its reader's forms, so none is for anybody else. What a member reads is not kept
    // at all: the next person at this browser finds nothing by going back.
    let keeping = if view.page().viewer.is_some() { "private, no-store" } else { "private, no-cache" };
    let headers = [(CACHE_CONTROL, keeping), (VARY, "Cookie, Accept-Language")];
    let mut response = (status, headers, Html(view.to_html())).into_response();
    if view.page().flash.is_some() {
        // It is said once.
        let gone = format!("{SAID_COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
        response.headers_mut().extend(HeaderValue::from_str(&gone).map(|gone| (SET_COOKIE, gone)));
    }
    response
}

/// The form again, with what was typed and what was wrong with it.
pub fn form_again(view: &impl View) -> Response {
    page_as(StatusCode::UNPROCESSABLE_ENTITY, view)
}

/// The same answer, never to be kept by anybody.
pub fn not_kept(mut response: Response) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// On to a path of ours, by GET. What is no path of ours leads to the front page.
pub fn go(path: &str) -> Response {
    let place = HeaderValue::from_str(path).unwrap_or_else(|_| HeaderValue::from_static("/"));
    let keeping = HeaderValue::from_static("private, no-store");
    (StatusCode::SEE_OTHER, [(LOCATION, place), (CACHE_CONTROL, keeping)]).into_response()
}

/// On to a path of ours, whose page says what was done.
pub fn go_saying(path: &str, said: Said) -> Response {
    let mut response = go(path);
    // No secret, and gone in a minute when no page comes.
    let cookie = format!("{SAID_COOKIE}={}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax", said.word());
    response.headers_mut().extend(HeaderValue::from_str(&cookie).map(|cookie| (SET_COOKIE, cookie)));
    response
}

/// JSON for a script.
pub fn json(value: Value) -> Response {
    ([(CACHE_CONTROL, "private, no-store")], Json(value)).into_response()
}

/// Whether a script asks, which wants JSON.
pub fn wants_json(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.split(',').next().is_some_and(|first| first.trim().starts_with("application/json"))
}
