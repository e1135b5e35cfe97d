//! Walks the table of routes: who is turned away from each, and with what.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use kw_domain::scope::Scope;
use kw_web::route::{Access, RouteInfo};
use kw_web::routes;
use serde_json::{Value, json};

use crate::world::{Answer, World};

const OUT_OF_BAND: &str = "urn:ietf:wg:oauth:2.0:oob";

/// A path of this route, with ids that name nothing.
fn path_of(route: &RouteInfo) -> String {
    let parts = route.path.split('/').map(|part| match part {
        "{name}" | "{hashtag}" => "nothing",
        "@{handle}" => "@nobody",
        part if part.starts_with('{') => "1",
        part => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

fn is_client_route(route: &RouteInfo) -> bool {
    !matches!(route.access, Access::Browser | Access::Staff)
}

/// A world in which walking every route many times meets no limit.
async fn wide_world() -> World {
    World::with(|_| {}, |edge| edge.rate_limit_factor = 1_000_000.0).await
}

/// Calls a route with a token, or none.
async fn call(world: &World, route: &RouteInfo, token: Option<&str>) -> Answer {
    let mut request = Request::builder().method(route.method.clone()).uri(path_of(route));
    if let Some(token) = token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    let answer = world.send(request.body(Body::empty()).expect("a request")).await;
    check_answer(route, &answer);
    answer
}

/// What every answer carries.
fn check_answer(route: &RouteInfo, answer: &Answer) {
    let what = format!("{} {}", route.method, route.path);
    assert!(!answer.status.is_server_error(), "{what}: {}", answer.text());
    assert!(!answer.header("x-request-id").is_empty(), "{what}");
    assert!(answer.header("content-security-policy").contains("default-src 'none'"), "{what}");
    assert_eq!(answer.header("x-content-type-options"), "nosniff", "{what}");
    if route.path.starts_with("/api/") {
        assert!(!answer.header("x-ratelimit-remaining").is_empty(), "{what}");
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{what}");
        assert!(answer.header("access-control-expose-headers").contains("Link"), "{what}");
        assert!(answer.header("cache-control").contains("no-store"), "{what}");
    }
}

#[track_caller]
fn assert_refused(answer: &Answer, status: u16, sentence: &str, route: &RouteInfo) {
    let what = format!("{} {}", route.method, route.path);
    assert_eq!((answer.status.as_u16(), &*answer.error()), (status, sentence), "{what}");
}

/// The id and secret of a client that may ask for these scopes.
async fn register(world: &World, scopes: &str) -> (Value, Value) {
    let form = json!({ "client_name": "Tern", "redirect_uris": OUT_OF_BAND, "scopes": scopes });
    let app = world.as_visitor().send("/api/v1/apps", form).await.json();
    (app["client_id"].clone(), app["client_secret"].clone())
}

/// The token of a client by itself, and what it takes to give it back.
async fn client_token(world: &World, scopes: &str) -> (String, Value) {
    let (client_id, client_secret) = register(world, scopes).await;
    let ask = json!({
        "grant_type": "client_credentials", "client_id": client_id, "client_secret": client_secret, "scope": scopes,
    });
    let token = world.as_visitor().send("/oauth/token", ask).await.json()["access_token"].clone();
    let back = json!({ "client_id": client_id, "client_secret": client_secret, "token": token });
    (token.as_str().expect("a token").to_owned(), back)
}

#[tokio::test]
async fn who_says_nothing_is_let_in_only_where_the_table_says_so() {
    let world = wide_world().await;
    for route in routes().filter(is_client_route) {
        let answer = call(&world, &route, None).await;
        match route.access {
            Access::Member(_) => {
                assert_refused(&answer, 401, "This method requires an authenticated user", &route);
            }
            Access::App(_) => assert_refused(&answer, 401, "The access token is invalid", &route),
            _ if route.path.starts_with("/oauth") => {}
            _ => assert_ne!(answer.status, StatusCode::UNAUTHORIZED, "{}", route.path),
        }
    }
}

#[tokio::test]
async fn a_token_for_something_else_is_outside_its_scopes() {
    let world = wide_world().await;
    world.token("ada").await;
    // No route asks for these two, until there are pushes and staff.
    let token = world.let_client_in(&world.sign_in("ada").await, "push admin:read").await;
    let mut walked = 0;
    for route in routes() {
        if let Access::Member(scopes) | Access::Public(scopes) | Access::App(scopes) = route.access
            && !scopes.is_empty()
        {
            let answer = call(&world, &route, Some(&token)).await;
            assert_refused(&answer, 403, "This action is outside the authorized scopes", &route);
            walked += 1;
        }
    }
    assert!(walked > 100, "{walked}");
}

#[tokio::test]
async fn reading_scopes_write_nothing_and_writing_scopes_read_nothing() {
    let world = wide_world().await;
    world.token("ada").await;
    let member = world.sign_in("ada").await;
    for (scopes, method_is_outside) in
        [("read", (|method| *method != Method::GET) as fn(&Method) -> bool), ("write", |method| *method == Method::GET)]
    {
        let token = world.let_client_in(&member, scopes).await;
        for route in
            routes().filter(|route| matches!(route.access, Access::Member(_)) && method_is_outside(&route.method))
        {
            let answer = call(&world, &route, Some(&token)).await;
            assert_refused(&answer, 403, "This action is outside the authorized scopes", &route);
        }
    }
}

#[tokio::test]
async fn a_client_without_a_member_is_told_that_it_needs_one() {
    let world = wide_world().await;
    let (token, _) = client_token(&world, "read write follow push profile").await;
    for route in routes().filter(|route| matches!(route.access, Access::Member(_))) {
        let answer = call(&world, &route, Some(&token)).await;
        assert_refused(&answer, 422, "This method requires an authenticated user", &route);
    }
}

#[tokio::test]
async fn forged_and_revoked_tokens_are_refused_wherever_tokens_are_looked_at() {
    let world = wide_world().await;
    let (revoked, back) = client_token(&world, "read").await;
    for _ in 0..2 {
        assert_eq!(world.as_visitor().send("/oauth/revoke", back.clone()).await.json(), json!({}));
    }
    let forged = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    for (token, sentence) in [(forged, "The access token is invalid"), (&*revoked, "The access token was revoked")] {
        for route in routes().filter(is_client_route) {
            let is_looked_at = matches!(route.access, Access::Member(_) | Access::Public(_) | Access::App(_));
            if is_looked_at {
                assert_refused(&call(&world, &route, Some(token)).await, 401, sentence, &route);
            } else if route.method == Method::GET {
                let answer = call(&world, &route, Some(token)).await;
                assert_ne!(answer.status, StatusCode::UNAUTHORIZED, "{}", route.path);
            }
        }
    }
}

#[tokio::test]
async fn forms_of_pages_need_what_only_our_own_pages_carry() {
    let world = wide_world().await;
    for route in routes().filter(|route| route.access == Access::Browser && route.method != Method::GET) {
        let request = Request::builder().method(route.method.clone()).uri(path_of(&route));
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = world.send(request.body(Body::from("text=hello&csrf=guess")).expect("a request")).await;
        check_answer(&route, &answer);
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{} {}", route.method, route.path);
    }
}

#[tokio::test]
async fn every_page_answers_a_stranger_without_failing() {
    let world = wide_world().await;
    for route in routes().filter(|route| route.access == Access::Browser && route.method == Method::GET) {
        call(&world, &route, None).await;
    }
}

/// Calls a route as a browser with this cookie does.
async fn call_with_cookie(world: &World, route: &RouteInfo, cookie: &str) -> Answer {
    let request = Request::builder().method(route.method.clone()).uri(path_of(route)).header(header::COOKIE, cookie);
    let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let answer = world.send(request.body(Body::from("csrf=guess")).expect("a request")).await;
    check_answer(route, &answer);
    answer
}

#[tokio::test]
async fn every_room_of_staff_leads_whoever_is_not_staff_to_its_door() {
    let world = wide_world().await;
    let token = world.token("ada").await;
    let mut walked = 0;
    for route in routes().filter(|route| route.access == Access::Staff) {
        let what = format!("{} {}", route.method, route.path);
        assert!(
            route.path == "/staff" || route.path.starts_with("/staff/"),
            "staff's cookie is sent there alone: {what}"
        );
        let by_token = call(&world, &route, Some(&token)).await;
        let mut answers = vec![by_token];
        for cookie in ["", "kw_staff=guess", &format!("kw_session={token}"), &format!("kw_staff={token}")] {
            answers.push(call_with_cookie(&world, &route, cookie).await);
        }
        for answer in answers {
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{what}: {}", answer.text());
            assert!(answer.header("location").starts_with("/staff/sign-in?back=%2Fstaff"), "{what}");
            assert!(answer.header("cache-control").contains("no-store"), "{what}");
        }
        walked += 1;
    }
    assert!(walked > 4, "{walked}");
}

#[tokio::test]
async fn unknown_paths_and_wrong_methods_are_answered_in_json() {
    let world = wide_world().await;
    for (method, path, status) in [
        (Method::GET, "/api/v1/nothing", 404),
        (Method::POST, "/api/v9/statuses", 404),
        (Method::DELETE, "/api/v1/instance", 405),
        (Method::PATCH, "/api/v1/statuses", 405),
        (Method::GET, "/oauth/token", 405),
    ] {
        let answer = world.as_visitor().request(method, path, None).await;
        assert_eq!(answer.status.as_u16(), status, "{path}");
        assert!(!answer.error().is_empty() && !answer.header("x-ratelimit-limit").is_empty(), "{path}");
    }
}

#[tokio::test]
async fn browsers_of_other_sites_may_ask_for_any_header_without_a_token() {
    let world = wide_world().await;
    for route in routes().filter(|route| route.path.starts_with("/api/")) {
        let request = Request::options(path_of(&route))
            .header(header::ORIGIN, "https://elk.example")
            .header(header::ACCESS_CONTROL_REQUEST_METHOD, route.method.as_str())
            .header(header::ACCESS_CONTROL_REQUEST_HEADERS, "authorization,idempotency-key");
        let answer = world.send(request.body(Body::empty()).expect("a request")).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", route.path);
        assert_eq!(answer.header("access-control-allow-headers"), "authorization,idempotency-key");
        assert!(answer.header("access-control-allow-methods").contains(route.method.as_str()));
        assert!(!answer.header("access-control-max-age").is_empty());
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
