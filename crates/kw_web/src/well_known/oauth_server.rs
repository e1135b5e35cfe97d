//! `GET /.well-known/oauth-authorization-server` (RFC 8414). What is announced is true.

use axum::Json;
use axum::extract::State;
use kw_domain::scope::Scope;
use serde_json::{Value, json};

use crate::edge::Web;

/// What a client may expect of our OAuth.
pub async fn metadata(State(web): State<Web>) -> Json<Value> {
    let url = |path| web.cx.settings().url(path);
    let scopes: Vec<&str> = Scope::ALL.iter().map(|scope| scope.word()).collect();
    Json(json!({
        "issuer": url("/"),
        "service_documentation": "https://docs.joinmastodon.org/",
        "authorization_endpoint": url("/oauth/authorize"),
        "token_endpoint": url("/oauth/token"),
        "app_registration_endpoint": url("/api/v1/apps"),
        "revocation_endpoint": url("/oauth/revoke"),
        "userinfo_endpoint": url("/oauth/userinfo"),
        "scopes_supported": scopes,
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "code_challenge_methods_supported": ["S256"],
        "grant_types_supported": ["authorization_code", "client_credentials"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
    }))
}
