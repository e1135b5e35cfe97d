//! The guards of every answer, outermost first: CORS, security headers, compression, pages in the place of problems, and
//! the request's id with its log line, panics and time. Deliberately absent: anything that knows who calls; that is the route's own guard.

mod cors;
mod envelope;
mod security;

pub use security::policy_with_form_action;

use axum::{Router, middleware};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

use crate::edge::Web;
use crate::pages;

/// Puts the guards around `router`.
pub fn wrap(router: Router, web: &Web) -> Router {
    // Pictures are compressed already; fonts too.
    let worth_it = DefaultPredicate::new().and(NotForContentType::new("font/"));
    router
        .layer(middleware::from_fn_with_state(web.clone(), envelope::enclose))
        .layer(middleware::from_fn_with_state(web.clone(), pages::dress::dress))
        .layer(CompressionLayer::new().gzip(true).compress_when(worth_it))
        .layer(middleware::from_fn(security::add_headers))
        .layer(middleware::from_fn(cors::answer))
}
