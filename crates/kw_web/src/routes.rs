//! The one table: every path, who may call it, and its handler.

use axum::Router;
use http::Uri;
use kw_app::context::Context;

use crate::edge::{EdgeSettings, Web};
use crate::error::Problem;
use crate::route::{Route, RouteInfo};
use crate::{layer, pages};

/// Every row, in no order that matters.
fn table() -> Vec<Route> {
    pages::routes()
}

/// What every row says, for tests that walk the table.
pub fn routes() -> impl Iterator<Item = RouteInfo> {
    table().into_iter().map(|route| route.info().clone())
}

/// The server's router.
pub fn router(cx: Context, edge: EdgeSettings) -> Router {
    let web = Web::new(cx, edge);
    let mut router = Router::new();
    for route in table() {
        let (path, handler) = route.guarded(&web);
        router = router.route(path, handler);
    }
    let router = router.fallback(unknown_path).method_not_allowed_fallback(wrong_method).with_state(web.clone());
    layer::wrap(router, &web)
}

async fn unknown_path(uri: Uri) -> Problem {
    let sentence = if uri.path().starts_with("/api/") { "This address is not part of the API" } else { "Not found" };
    Problem::new(http::StatusCode::NOT_FOUND, "no_route", sentence)
}

async fn wrong_method() -> Problem {
    Problem::new(http::StatusCode::METHOD_NOT_ALLOWED, "wrong_method", "This address cannot be used with this method")
}
