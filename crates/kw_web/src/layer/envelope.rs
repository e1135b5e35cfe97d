//! The outermost guard: gives the request its id, bounds its time, turns a panic into an answer, writes one log line.
//!
//! The query is never logged: it may hold a token or what somebody searches for.

use std::panic::AssertUnwindSafe;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::FutureExt;
use http::HeaderValue;
use tracing::Instrument;

use crate::edge::Web;
use crate::error::Problem;

/// Answers the request, whatever happens on the way.
pub async fn enclose(State(web): State<Web>, request: Request, next: Next) -> Response {
    let id = new_id(&web);
    let span = tracing::info_span!("request", id, method = %request.method(), path = request.uri().path());
    let began = web.cx.now();
    let mut response = answer(&web, request, next).instrument(span.clone()).await;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", value);
    }
    let ms = web.cx.now().0.saturating_sub(began.0);
    span.in_scope(|| tracing::debug!(status = response.status().as_u16(), ms, "answered"));
    response
}

async fn answer(web: &Web, request: Request, next: Next) -> Response {
    let handled = AssertUnwindSafe(next.run(request)).catch_unwind();
    match tokio::time::timeout(web.edge.request_timeout, handled).await {
        Ok(Ok(response)) => response,
        Ok(Err(panic)) => Problem::ours(format!("panic: {}", words_of(&*panic))).into_response(),
        Err(_) => Problem::busy("the request took too long").into_response(),
    }
}

fn words_of(panic: &(dyn std::any::Any + Send)) -> &str {
    panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("without words")
}

fn new_id(web: &Web) -> String {
    format!("{:016x}", u64::from_be_bytes(web.cx.random_bytes()))
}
