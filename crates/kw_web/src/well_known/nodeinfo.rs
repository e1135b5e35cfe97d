//! `GET /.well-known/nodeinfo` and `GET /nodeinfo/2.0`

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;
use kw_app::house::census;
use kw_app::settings::Registrations;
use serde_json::{Value, json};

use crate::edge::Web;
use crate::error::Problem;

const SCHEMA: &str = "http://nodeinfo.diaspora.software/ns/schema/2.0";

/// Which versions there are.
pub async fn discover(State(web): State<Web>) -> Json<Value> {
    Json(json!({ "links": [{ "rel": SCHEMA, "href": web.cx.settings().url("/nodeinfo/2.0") }] }))
}

/// What runs here. No protocol is named before others can be spoken to.
pub async fn show(State(web): State<Web>) -> Result<Response, Problem> {
    let settings = web.cx.settings();
    let (members, counted) = (kw_app::account::count(&web.cx).await?, census(&web.cx));
    let body = json!({
        "version": "2.0",
        "software": { "name": "kittiwake", "version": web.edge.version },
        "protocols": [],
        "services": { "inbound": [], "outbound": [] },
        "openRegistrations": matches!(settings.registrations, Registrations::Open | Registrations::Approval),
        "usage": { "users": { "total": members, "activeMonth": counted.active_month }, "localPosts": counted.posts },
        "metadata": { "nodeName": settings.title, "nodeDescription": settings.description },
    });
    let content_type = format!("application/json; profile=\"{SCHEMA}#\"; charset=utf-8");
    Ok(([(CONTENT_TYPE, content_type)], body.to_string()).into_response())
}
