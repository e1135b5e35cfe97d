//! The one table: every path, who may call it, and its handler.
//!
//! A row is all that stands between a request and its handler: [`Route`] puts the guard there that the row describes.

use axum::Router;
use axum::extract::{Request, State};
use axum::response::Response;
use http::StatusCode;
use kw_app::context::Context;
use kw_domain::scope::Scope;
use tower::ServiceExt as _;

use crate::api::{
    account, app, empty, instance, list, marker, notification, post, preference, relation, search, timeline,
};
use crate::edge::{EdgeSettings, Web};
use crate::error::Problem;
use crate::limit::Class;
use crate::route::Access::{App, Free, Open, Public};
use crate::route::{Route, RouteInfo, refuse_stranger};
use crate::{layer, ledger, media, oauth, pages, well_known};

// When the versions came out that brought something better for an old path, in seconds since 1970.
const MASTODON_3_0: u64 = 1_570_060_800;
const MASTODON_3_4: u64 = 1_621_123_200;
const MASTODON_3_5: u64 = 1_648_598_400;
const MASTODON_4_0: u64 = 1_668_384_000;

/// Every row, in no order that matters.
fn table() -> Vec<Route> {
    let mut rows = Vec::new();
    rows.extend(clients());
    rows.extend(discovery());
    rows.extend(accounts());
    rows.extend(relations());
    rows.extend(posts());
    rows.extend(timelines());
    rows.extend(notifications());
    rows.extend(not_yet());
    rows.extend(pages::routes());
    rows
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
    let router = router.method_not_allowed_fallback(wrong_method);
    let plain = router.clone().fallback(unknown_path).with_state(web.clone());
    let router = router.fallback(move |request: Request| without_slash(plain.clone(), request)).with_state(web.clone());
    layer::wrap(router, &web)
}

/// Asks again without the slash at the end, which some clients write and others do not (Mastodon.py:
/// `/api/v1/instance/`). Pages have one address each, so that only paths of clients are forgiven.
async fn without_slash(plain: Router, mut request: Request) -> Response {
    let path = request.uri().path();
    if let Some(shorter) =
        path.strip_suffix('/').filter(|path| path.starts_with("/api/") || path.starts_with("/oauth/"))
    {
        let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
        if let Ok(uri) = format!("{shorter}{query}").parse() {
            *request.uri_mut() = uri;
        }
    }
    let Ok(response) = plain.oneshot(request).await;
    response
}

async fn unknown_path(State(web): State<Web>, request: Request) -> Response {
    let is_api = request.uri().path().starts_with("/api/");
    let sentence = if is_api { "This address is not part of the API" } else { "Not found" };
    refuse_stranger(&web, &request, Problem::new(StatusCode::NOT_FOUND, "no_route", sentence))
}

async fn wrong_method(State(web): State<Web>, request: Request) -> Response {
    let sentence = "This address cannot be used with this method";
    refuse_stranger(&web, &request, Problem::new(StatusCode::METHOD_NOT_ALLOWED, "wrong_method", sentence))
}

/// Clients, their tokens, and the page where members let them in.
#[rustfmt::skip] // One row a line: a table is read down its columns.
fn clients() -> Vec<Route> {
    vec![
        Route::post("/api/v1/apps", app::register::register).access(Open),
        Route::get("/api/v1/apps/verify_credentials", app::verify_credentials::verify_credentials).access(App(&[])),
        Route::get("/oauth/authorize", oauth::authorize::ask).browser(),
        Route::post("/oauth/authorize", oauth::authorize::answer).browser(),
        Route::get("/oauth/authorize/", oauth::authorize::ask).browser(),
        Route::post("/oauth/authorize/", oauth::authorize::answer).browser(),
        Route::post("/oauth/token", oauth::token::token).access(Open),
        Route::post("/oauth/revoke", oauth::revoke::revoke).access(Open),
        Route::get("/oauth/userinfo", oauth::userinfo::userinfo).scope(&[Scope::PROFILE]),
        Route::post("/oauth/userinfo", oauth::userinfo::userinfo).scope(&[Scope::PROFILE]),
    ]
}

/// How others find out what is here.
#[rustfmt::skip] // One row a line: a table is read down its columns.
fn discovery() -> Vec<Route> {
    vec![
        Route::get("/.well-known/oauth-authorization-server", well_known::oauth_server::metadata).access(Open),
        Route::get("/.well-known/webfinger", well_known::webfinger::webfinger).access(Open),
        Route::get("/.well-known/host-meta", well_known::host_meta::host_meta).access(Open),
        Route::get("/.well-known/nodeinfo", well_known::nodeinfo::discover).access(Open),
        Route::get("/nodeinfo/2.0", well_known::nodeinfo::show).access(Open),
        Route::get("/users/{id}", well_known::uri::account).browser(),
        Route::get("/users/{id}/statuses/{post}", well_known::uri::post).browser(),
        Route::get("/ledger/checkpoint", ledger::resource::checkpoint).access(Free),
        Route::get("/ledger/tile/{*path}", ledger::resource::tile).access(Free),
        Route::get("/ledger/proof/{index}", ledger::proof::proof).access(Open),
        Route::get("/ledger/leaf/{index}", ledger::proof::leaf).access(Open),
        Route::get("/health", well_known::health::health).access(Free),
        Route::get("/media/{account}/{file}", media::picture).access(Free),
        Route::get("/api/v1/instance", instance::show::v1).access(Open).deprecated(MASTODON_4_0),
        Route::get("/api/v2/instance", instance::show::v2).access(Open),
        Route::get("/api/v1/instance/rules", instance::show::rule_list).access(Open),
        Route::get("/api/v1/instance/extended_description", instance::show::extended_description).access(Open),
    ]
}

/// Accounts.
#[rustfmt::skip] // One row a line: a table is read down its columns.
fn accounts() -> Vec<Route> {
    vec![
        Route::post("/api/v1/accounts", account::create::create).access(App(&[Scope::WRITE_ACCOUNTS])).class(Class::SignUp),
        Route::get("/api/v1/accounts", account::list::list).access(Public(&[Scope::READ_ACCOUNTS])),
        Route::get("/api/v1/accounts/verify_credentials", account::verify_credentials::verify_credentials).scope(&[Scope::PROFILE, Scope::READ_ACCOUNTS]),
        Route::patch("/api/v1/accounts/update_credentials", account::update_credentials::update_credentials).scope(&[Scope::WRITE_ACCOUNTS]).class(Class::Media).pictures(),
        Route::get("/api/v1/accounts/relationships", account::relationships::relationships).scope(&[Scope::READ_FOLLOWS]),
        Route::get("/api/v1/accounts/familiar_followers", account::familiar_followers::familiar_followers).scope(&[Scope::READ_FOLLOWS]),
        Route::get("/api/v1/accounts/search", account::search::search).scope(&[Scope::READ_ACCOUNTS]),
        Route::get("/api/v1/accounts/lookup", account::lookup::lookup).access(Public(&[Scope::READ_ACCOUNTS])),
        Route::get("/api/v1/accounts/{id}", account::show::show).access(Public(&[Scope::READ_ACCOUNTS])),
        Route::get("/api/v1/accounts/{id}/statuses", account::statuses::statuses).access(Public(&[Scope::READ_STATUSES])),
        Route::get("/api/v1/accounts/{id}/followers", account::followers::followers).access(Public(&[Scope::READ_ACCOUNTS])),
        Route::get("/api/v1/accounts/{id}/following", account::followers::following).access(Public(&[Scope::READ_ACCOUNTS])),
        Route::get("/api/v1/accounts/{id}/featured_tags", empty::of_account).access(Public(&[Scope::READ_ACCOUNTS])),
        Route::get("/api/v1/accounts/{id}/endorsements", empty::of_account).access(Public(&[Scope::READ_ACCOUNTS])),
        Route::get("/api/v1/accounts/{id}/identity_proofs", empty::of_account).access(Public(&[Scope::READ_ACCOUNTS])).deprecated(MASTODON_3_5),
        Route::get("/api/v1/accounts/{id}/lists", list::show::with_account).scope(&[Scope::READ_LISTS]),
        Route::post("/api/v1/accounts/{id}/follow", account::follow::follow).scope(&[Scope::WRITE_FOLLOWS]).class(Class::Follow),
        Route::post("/api/v1/accounts/{id}/unfollow", account::follow::unfollow).scope(&[Scope::WRITE_FOLLOWS]),
        Route::post("/api/v1/accounts/{id}/remove_from_followers", account::follow::remove_from_followers).scope(&[Scope::WRITE_FOLLOWS]),
        Route::post("/api/v1/accounts/{id}/block", account::block::block).scope(&[Scope::WRITE_BLOCKS]),
        Route::post("/api/v1/accounts/{id}/unblock", account::block::unblock).scope(&[Scope::WRITE_BLOCKS]),
        Route::post("/api/v1/accounts/{id}/mute", account::mute::mute).scope(&[Scope::WRITE_MUTES]),
        Route::post("/api/v1/accounts/{id}/unmute", account::mute::unmute).scope(&[Scope::WRITE_MUTES]),
        Route::post("/api/v1/accounts/{id}/note", account::note::note).scope(&[Scope::WRITE_ACCOUNTS]),
    ]
}

/// One's own relations, preferences and markers.
#[rustfmt::skip] // One row a line: a table is read down its columns.
fn relations() -> Vec<Route> {
    vec![
        Route::get("/api/v1/preferences", preference::show::show).scope(&[Scope::READ_ACCOUNTS]),
        Route::get("/api/v1/follow_requests", relation::follow_requests::list).scope(&[Scope::READ_FOLLOWS]),
        Route::post("/api/v1/follow_requests/{id}/authorize", relation::follow_requests::authorize).scope(&[Scope::WRITE_FOLLOWS]),
        Route::post("/api/v1/follow_requests/{id}/reject", relation::follow_requests::reject).scope(&[Scope::WRITE_FOLLOWS]),
        Route::get("/api/v1/blocks", relation::blocks::blocks).scope(&[Scope::READ_BLOCKS]),
        Route::get("/api/v1/mutes", relation::mutes::mutes).scope(&[Scope::READ_MUTES]),
        Route::get("/api/v1/domain_blocks", relation::domain_blocks::list).scope(&[Scope::READ_BLOCKS]),
        Route::post("/api/v1/domain_blocks", relation::domain_blocks::block).scope(&[Scope::WRITE_BLOCKS]),
        Route::delete("/api/v1/domain_blocks", relation::domain_blocks::unblock).scope(&[Scope::WRITE_BLOCKS]),
        Route::get("/api/v1/bookmarks", timeline::marked::bookmarks).scope(&[Scope::READ_BOOKMARKS]),
        Route::get("/api/v1/favourites", timeline::marked::favourites).scope(&[Scope::READ_FAVOURITES]),
        Route::get("/api/v1/markers", marker::load::load).scope(&[Scope::READ_STATUSES]),
        Route::post("/api/v1/markers", marker::save::save).scope(&[Scope::WRITE_STATUSES]),
        Route::get("/api/v1/lists", list::show::all).scope(&[Scope::READ_LISTS]),
        Route::post("/api/v1/lists", list::change::create).scope(&[Scope::WRITE_LISTS]),
        Route::get("/api/v1/lists/{id}", list::show::one).scope(&[Scope::READ_LISTS]),
        Route::put("/api/v1/lists/{id}", list::change::update).scope(&[Scope::WRITE_LISTS]),
        Route::delete("/api/v1/lists/{id}", list::change::delete).scope(&[Scope::WRITE_LISTS]),
        Route::get("/api/v1/lists/{id}/accounts", list::members::list).scope(&[Scope::READ_LISTS]),
        Route::post("/api/v1/lists/{id}/accounts", list::members::add).scope(&[Scope::WRITE_LISTS]),
        Route::delete("/api/v1/lists/{id}/accounts", list::members::remove).scope(&[Scope::WRITE_LISTS]),
    ]
}

/// Posts, and what members do with them.
#[rustfmt::skip] // One row a line: a table is read down its columns.
fn posts() -> Vec<Route> {
    vec![
        Route::post("/api/v1/statuses", post::create::create).scope(&[Scope::WRITE_STATUSES]).class(Class::Post),
        Route::get("/api/v1/statuses", post::list::list).access(Public(&[Scope::READ_STATUSES])),
        Route::get("/api/v1/statuses/{id}", post::show::show).access(Public(&[Scope::READ_STATUSES])),
        Route::put("/api/v1/statuses/{id}", post::edit::edit).scope(&[Scope::WRITE_STATUSES]),
        Route::delete("/api/v1/statuses/{id}", post::delete::delete).scope(&[Scope::WRITE_STATUSES]).class(Class::Delete),
        Route::get("/api/v1/statuses/{id}/context", post::context::context).access(Public(&[Scope::READ_STATUSES])),
        Route::get("/api/v1/statuses/{id}/source", post::source::source).scope(&[Scope::READ_STATUSES]),
        Route::get("/api/v1/statuses/{id}/history", post::history::history).access(Public(&[Scope::READ_STATUSES])),
        Route::get("/api/v1/statuses/{id}/reblogged_by", post::people::reblogged_by).access(Public(&[Scope::READ_ACCOUNTS])),
        Route::get("/api/v1/statuses/{id}/favourited_by", post::people::favourited_by).access(Public(&[Scope::READ_ACCOUNTS])),
        Route::get("/api/v1/statuses/{id}/quotes", empty::of_post).access(Public(&[Scope::READ_STATUSES])),
        Route::get("/api/v1/statuses/{id}/card", empty::card).access(Public(&[Scope::READ_STATUSES])),
        Route::post("/api/v1/statuses/{id}/reblog", post::boost::reblog).scope(&[Scope::WRITE_STATUSES]).class(Class::Post),
        Route::post("/api/v1/statuses/{id}/unreblog", post::boost::unreblog).scope(&[Scope::WRITE_STATUSES]).class(Class::Delete),
        Route::post("/api/v1/statuses/{id}/favourite", post::mark::favourite).scope(&[Scope::WRITE_FAVOURITES]),
        Route::post("/api/v1/statuses/{id}/unfavourite", post::mark::unfavourite).scope(&[Scope::WRITE_FAVOURITES]),
        Route::post("/api/v1/statuses/{id}/bookmark", post::mark::bookmark).scope(&[Scope::WRITE_BOOKMARKS]),
        Route::post("/api/v1/statuses/{id}/unbookmark", post::mark::unbookmark).scope(&[Scope::WRITE_BOOKMARKS]),
        Route::post("/api/v1/statuses/{id}/mute", post::mark::mute).scope(&[Scope::WRITE_MUTES]),
        Route::post("/api/v1/statuses/{id}/unmute", post::mark::unmute).scope(&[Scope::WRITE_MUTES]),
        Route::post("/api/v1/statuses/{id}/pin", post::mark::pin).scope(&[Scope::WRITE_ACCOUNTS]),
        Route::post("/api/v1/statuses/{id}/unpin", post::mark::unpin).scope(&[Scope::WRITE_ACCOUNTS]),
    ]
}

/// Timelines and search.
#[rustfmt::skip] // One row a line: a table is read down its columns.
fn timelines() -> Vec<Route> {
    vec![
        Route::get("/api/v1/timelines/home", timeline::home::home).scope(&[Scope::READ_STATUSES]),
        Route::get("/api/v1/timelines/public", timeline::public::public).access(Public(&[Scope::READ_STATUSES])),
        Route::get("/api/v1/timelines/tag/{hashtag}", timeline::tag::tag).access(Public(&[Scope::READ_STATUSES])),
        Route::get("/api/v1/timelines/direct", timeline::direct::direct).scope(&[Scope::READ_STATUSES]).deprecated(MASTODON_3_0),
        Route::get("/api/v1/timelines/list/{list_id}", timeline::list::list).scope(&[Scope::READ_LISTS]),
        Route::get("/api/v2/search", search::find::find).access(Public(&[Scope::READ_SEARCH])),
        Route::get("/api/v1/tags/{name}", search::tag::show).access(Public(&[Scope::READ])),
    ]
}

/// What members are told.
#[rustfmt::skip] // One row a line: a table is read down its columns.
fn notifications() -> Vec<Route> {
    vec![
        Route::get("/api/v1/notifications", notification::list::list).scope(&[Scope::READ_NOTIFICATIONS]),
        Route::get("/api/v1/notifications/unread_count", notification::unread_count::single).scope(&[Scope::READ_NOTIFICATIONS]),
        Route::get("/api/v1/notifications/{id}", notification::list::show).scope(&[Scope::READ_NOTIFICATIONS]),
        Route::post("/api/v1/notifications/clear", notification::clear::clear).scope(&[Scope::WRITE_NOTIFICATIONS]),
        Route::post("/api/v1/notifications/dismiss", notification::clear::dismiss_named).scope(&[Scope::WRITE_NOTIFICATIONS]),
        Route::post("/api/v1/notifications/{id}/dismiss", notification::clear::dismiss).scope(&[Scope::WRITE_NOTIFICATIONS]),
        Route::get("/api/v1/notifications/requests", empty::list).scope(&[Scope::READ_NOTIFICATIONS]),
        Route::get("/api/v2/notifications", notification::group::list).scope(&[Scope::READ_NOTIFICATIONS]),
        Route::get("/api/v2/notifications/unread_count", notification::unread_count::grouped).scope(&[Scope::READ_NOTIFICATIONS]),
        Route::get("/api/v2/notifications/policy", notification::policy::show).scope(&[Scope::READ_NOTIFICATIONS]),
        Route::patch("/api/v2/notifications/policy", notification::policy::update).scope(&[Scope::WRITE_NOTIFICATIONS]),
        Route::get("/api/v2/notifications/{group_key}", notification::group::show).scope(&[Scope::READ_NOTIFICATIONS]),
        Route::get("/api/v2/notifications/{group_key}/accounts", notification::group::accounts).scope(&[Scope::READ_NOTIFICATIONS]),
        Route::post("/api/v2/notifications/{group_key}/dismiss", notification::group::dismiss).scope(&[Scope::WRITE_NOTIFICATIONS]),
    ]
}

/// What is not there yet and has an honest answer: lists with nothing in them. All else that clients know is a 404.
#[rustfmt::skip] // One row a line: a table is read down its columns.
fn not_yet() -> Vec<Route> {
    vec![
        Route::get("/api/v1/custom_emojis", empty::list).access(Open),
        Route::get("/api/v1/announcements", empty::list).scope(&[Scope::READ]),
        Route::get("/api/v1/followed_tags", empty::list).scope(&[Scope::READ_FOLLOWS]),
        Route::get("/api/v1/featured_tags", empty::list).scope(&[Scope::READ_ACCOUNTS]),
        Route::get("/api/v1/featured_tags/suggestions", empty::list).scope(&[Scope::READ_ACCOUNTS]),
        Route::get("/api/v1/filters", empty::list).scope(&[Scope::READ_FILTERS]).deprecated(MASTODON_4_0),
        Route::get("/api/v2/filters", empty::list).scope(&[Scope::READ_FILTERS]),
        Route::get("/api/v1/conversations", empty::list).scope(&[Scope::READ_STATUSES]),
        Route::get("/api/v1/scheduled_statuses", empty::list).scope(&[Scope::READ_STATUSES]),
        Route::get("/api/v1/endorsements", empty::list).scope(&[Scope::READ_ACCOUNTS]),
        Route::get("/api/v1/suggestions", empty::list).scope(&[Scope::READ]).deprecated(MASTODON_3_4),
        Route::get("/api/v2/suggestions", empty::list).scope(&[Scope::READ]),
        Route::get("/api/v1/directory", empty::list).access(Open),
        Route::get("/api/v1/trends", empty::list).access(Open),
        Route::get("/api/v1/trends/tags", empty::list).access(Open),
        Route::get("/api/v1/trends/statuses", empty::list).access(Open),
        Route::get("/api/v1/trends/links", empty::list).access(Open),
        Route::get("/api/v1/instance/peers", empty::list).access(Open),
        Route::get("/api/v1/instance/activity", empty::list).access(Open),
        Route::get("/api/v1/instance/domain_blocks", empty::list).access(Open),
        Route::get("/api/v1/instance/translation_languages", empty::none).access(Open),
    ]
}
