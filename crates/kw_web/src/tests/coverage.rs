//! Walks the table of routes: who is turned away, and with what.

use http::{Method, StatusCode};
use kw_domain::scope::Scope;
use serde_json::json;

use super::world::{Reply, World};
use crate::error::Problem;
use crate::route::{Access, RouteInfo};
use crate::routes;

/// A path of this route, with ids that name nothing.
fn path_of(route: &RouteInfo) -> String {
    let parts = route.path.split('/').map(|part| match part {
        "{name}" | "{hashtag}" => "nothing",
        part if part.starts_with('{') => "1",
        part => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

fn is_client_route(route: &RouteInfo) -> bool {
    !matches!(route.access, Access::Browser)
}

/// What every answer of the API carries.
fn check_answer(route: &RouteInfo, reply: &Reply) {
    let what = format!("{} {}", route.method, route.path);
    assert!(!reply.status.is_server_error(), "{what}: {}", reply.text());
    assert!(!reply.header("x-request-id").is_empty(), "{what}");
    assert!(reply.header("content-security-policy").contains("default-src 'none'"), "{what}");
    if route.path.starts_with("/api/") {
        assert!(!reply.header("x-ratelimit-remaining").is_empty(), "{what}");
        assert_eq!(reply.header("access-control-allow-origin"), "*", "{what}");
        assert!(reply.header("access-control-expose-headers").contains("Link"), "{what}");
    }
}

#[tokio::test]
async fn who_says_nothing_is_let_in_only_where_the_table_says_so() {
    let world = World::new().await;
    for route in routes().filter(is_client_route) {
        let reply = world.visitor().call(route.method.clone(), &path_of(&route), None).await;
        check_answer(&route, &reply);
        match route.access {
            Access::Member(_) => {
                assert_eq!(reply.refused(401), "This method requires an authenticated user", "{}", route.path);
            }
            Access::App(_) => assert_eq!(reply.refused(401), "The access token is invalid", "{}", route.path),
            _ if route.path.starts_with("/oauth") => {}
            _ => assert_ne!(reply.status, StatusCode::UNAUTHORIZED, "{}", route.path),
        }
    }
}

#[tokio::test]
async fn a_token_for_something_else_is_outside_its_scopes() {
    let world = World::new().await;
    let member = world.member_with("ada", "push admin:read").await;
    // This client may write accounts too: it signed its member up.
    let is_elsewhere = |scopes: &[Scope]| !scopes.is_empty() && !scopes.contains(&Scope::WRITE_ACCOUNTS);
    let mut walked = 0;
    for route in routes() {
        if let Access::Member(scopes) | Access::Public(scopes) | Access::App(scopes) = route.access
            && is_elsewhere(scopes)
        {
            let reply = member.call(route.method.clone(), &path_of(&route), None).await;
            check_answer(&route, &reply);
            assert_eq!(reply.refused(403), "This action is outside the authorized scopes", "{}", route.path);
            walked += 1;
        }
    }
    assert!(walked > 80, "{walked}");
}

#[tokio::test]
async fn a_client_without_a_member_is_told_that_it_needs_one() {
    let world = World::new().await;
    let app = world.app_client("read write follow push profile").await;
    for route in routes().filter(|route| matches!(route.access, Access::Member(_))) {
        let reply = app.call(route.method.clone(), &path_of(&route), None).await;
        check_answer(&route, &reply);
        assert_eq!(reply.refused(422), "This method requires an authenticated user", "{}", route.path);
    }
}

#[tokio::test]
async fn forged_tokens_are_refused_wherever_tokens_are_looked_at() {
    let world = World::new().await;
    let forged = world.bearer("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    for route in routes() {
        let is_looked_at = matches!(route.access, Access::Member(_) | Access::Public(_) | Access::App(_));
        if is_looked_at {
            let reply = forged.call(route.method.clone(), &path_of(&route), None).await;
            check_answer(&route, &reply);
            assert_eq!(reply.refused(401), "The access token is invalid", "{}", route.path);
        } else if route.access == Access::Open && route.method == Method::GET {
            let reply = forged.call(route.method.clone(), &path_of(&route), None).await;
            assert_ne!(reply.status, StatusCode::UNAUTHORIZED, "{}", route.path);
        }
    }
}

#[tokio::test]
async fn revoked_tokens_are_told_apart_from_unknown_ones() {
    let world = World::new().await;
    let (client_id, client_secret) = world.app("urn:ietf:wg:oauth:2.0:oob", "read").await;
    let ask = json!({ "grant_type": "client_credentials", "client_id": client_id, "client_secret": client_secret });
    let token = world.visitor().post("/oauth/token", &ask).await.ok()["access_token"].clone();
    let revoke = json!({ "client_id": client_id, "client_secret": client_secret, "token": token });
    for _ in 0..2 {
        assert_eq!(world.visitor().post("/oauth/revoke", &revoke).await.ok(), json!({}));
    }
    let revoked = world.bearer(token.as_str().expect("a text"));
    let reply = revoked.get("/api/v1/apps/verify_credentials").await;
    assert_eq!(reply.refused(401), "The access token was revoked");
}

#[tokio::test]
async fn forms_of_pages_need_what_only_our_own_pages_carry() {
    let world = World::new().await;
    for route in routes().filter(|route| route.access == Access::Browser && route.method != Method::GET) {
        let reply = world.visitor().form(route.method.clone(), &path_of(&route), "text=hello&csrf=guess").await;
        assert_eq!(reply.status, StatusCode::FORBIDDEN, "{} {}", route.method, route.path);
    }
}

#[tokio::test]
async fn unknown_paths_and_wrong_methods_are_answered_in_json() {
    let world = World::new().await;
    for (method, path, status) in [
        (Method::GET, "/api/v1/nothing", 404),
        (Method::POST, "/api/v9/statuses", 404),
        (Method::DELETE, "/api/v1/instance", 405),
        (Method::PATCH, "/api/v1/statuses", 405),
        (Method::GET, "/oauth/token", 405),
    ] {
        let reply = world.visitor().call(method, path, None).await;
        reply.refused(status);
        assert!(!reply.header("x-ratelimit-limit").is_empty(), "{path}");
    }
}

#[tokio::test]
async fn browsers_of_other_sites_may_ask_for_any_header_without_a_token() {
    let world = World::new().await;
    for route in routes().filter(|route| route.path.starts_with("/api/")) {
        let request = http::Request::options(path_of(&route))
            .header("origin", "https://elk.example")
            .header("access-control-request-method", route.method.as_str())
            .header("access-control-request-headers", "authorization,idempotency-key")
            .body(axum::body::Body::empty())
            .expect("a request");
        let reply = world.send(request).await;
        assert_eq!(reply.status, StatusCode::NO_CONTENT, "{}", route.path);
        assert_eq!(reply.header("access-control-allow-headers"), "authorization,idempotency-key");
        assert!(reply.header("access-control-allow-methods").contains(route.method.as_str()));
        assert!(!reply.header("access-control-max-age").is_empty());
    }
}

#[test]
fn no_path_has_two_rows_of_one_method() {
    let mut seen = std::collections::BTreeSet::new();
    for route in routes() {
        assert!(seen.insert((route.path, route.method.to_string())), "{} {}", route.method, route.path);
    }
}

#[test]
fn every_row_that_changes_something_of_a_member_asks_for_a_writing_scope() {
    for route in routes().filter(|route| route.method != Method::GET) {
        if let Access::Member(scopes) = route.access {
            let is_writing = |scope: &Scope| scope.word().starts_with("write:") || *scope == Scope::PROFILE;
            assert!(!scopes.is_empty() && scopes.iter().all(is_writing), "{} {}", route.method, route.path);
        }
    }
}

/// Everything that clients need first, as they call it.
const NEEDED_FIRST: &str = "
    POST /api/v1/apps · GET /api/v1/apps/verify_credentials · GET /oauth/authorize · POST /oauth/authorize
    GET /oauth/authorize/ · POST /oauth/token · POST /oauth/revoke · GET /api/v1/instance · GET /api/v2/instance
    POST /api/v1/accounts · GET /api/v1/accounts · GET /api/v1/accounts/verify_credentials
    PATCH /api/v1/accounts/update_credentials · GET /api/v1/accounts/relationships
    GET /api/v1/accounts/familiar_followers · GET /api/v1/accounts/search · GET /api/v1/accounts/lookup
    GET /api/v1/accounts/{id} · GET /api/v1/accounts/{id}/statuses · GET /api/v1/accounts/{id}/followers
    GET /api/v1/accounts/{id}/following · GET /api/v1/accounts/{id}/featured_tags · GET /api/v1/accounts/{id}/lists
    POST /api/v1/accounts/{id}/follow · POST /api/v1/accounts/{id}/unfollow
    POST /api/v1/accounts/{id}/remove_from_followers · POST /api/v1/accounts/{id}/block
    POST /api/v1/accounts/{id}/unblock · POST /api/v1/accounts/{id}/mute · POST /api/v1/accounts/{id}/unmute
    POST /api/v1/accounts/{id}/note · GET /api/v1/preferences · GET /api/v1/follow_requests
    POST /api/v1/follow_requests/{id}/authorize · POST /api/v1/follow_requests/{id}/reject · GET /api/v1/blocks
    GET /api/v1/mutes · GET /api/v1/domain_blocks · POST /api/v1/domain_blocks · DELETE /api/v1/domain_blocks
    GET /api/v1/bookmarks · GET /api/v1/favourites · GET /api/v1/markers · POST /api/v1/markers
    GET /api/v1/custom_emojis · GET /api/v1/announcements · GET /api/v1/followed_tags · GET /api/v1/filters
    GET /api/v2/filters · GET /api/v1/lists · POST /api/v1/lists · GET /api/v1/notifications
    GET /api/v1/notifications/{id} · POST /api/v1/notifications/clear · POST /api/v1/notifications/{id}/dismiss
    GET /api/v1/notifications/unread_count · GET /api/v2/notifications/unread_count · GET /api/v2/notifications
    GET /api/v2/notifications/{group_key} · GET /api/v2/notifications/{group_key}/accounts
    POST /api/v2/notifications/{group_key}/dismiss · GET /api/v2/notifications/policy
    PATCH /api/v2/notifications/policy · GET /api/v2/search · POST /api/v1/statuses · GET /api/v1/statuses
    GET /api/v1/statuses/{id} · PUT /api/v1/statuses/{id} · DELETE /api/v1/statuses/{id}
    GET /api/v1/statuses/{id}/context · GET /api/v1/statuses/{id}/source · GET /api/v1/statuses/{id}/history
    GET /api/v1/statuses/{id}/reblogged_by · GET /api/v1/statuses/{id}/favourited_by
    GET /api/v1/statuses/{id}/quotes · GET /api/v1/statuses/{id}/card · POST /api/v1/statuses/{id}/reblog
    POST /api/v1/statuses/{id}/unreblog · POST /api/v1/statuses/{id}/favourite
    POST /api/v1/statuses/{id}/unfavourite · POST /api/v1/statuses/{id}/bookmark
    POST /api/v1/statuses/{id}/unbookmark · POST /api/v1/statuses/{id}/mute · POST /api/v1/statuses/{id}/unmute
    POST /api/v1/statuses/{id}/pin · POST /api/v1/statuses/{id}/unpin · GET /api/v1/timelines/home
    GET /api/v1/timelines/public · GET /api/v1/timelines/tag/{hashtag} · GET /api/v1/timelines/list/{list_id}
    GET /.well-known/oauth-authorization-server · GET /.well-known/webfinger · GET /.well-known/host-meta
    GET /.well-known/nodeinfo · GET /nodeinfo/2.0 · GET /oauth/userinfo · GET /health";

#[test]
fn everything_that_clients_need_first_is_there() {
    let rows: Vec<String> = routes().map(|route| format!("{} {}", route.method, route.path)).collect();
    for needed in NEEDED_FIRST.split(['·', '\n']).map(str::trim).filter(|needed| !needed.is_empty()) {
        assert!(rows.iter().any(|row| row == needed), "{needed}");
    }
}

#[test]
fn a_problem_is_json_with_a_sentence() {
    let response = axum::response::IntoResponse::into_response(Problem::missing());
    assert_eq!(response.headers()["content-type"], "application/json");
}
