//! `GET /.well-known/webfinger`: from an address to an account's page.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::CONTENT_TYPE;
use kw_app::account::{find, find_by_handle};
use kw_app::view::account::load_account;
use kw_app::viewer::Viewer;
use kw_domain::account::{Account, OwnerState};
use kw_domain::handle::{Address, Handle};
use serde_json::json;

use crate::address;
use crate::edge::Web;
use crate::error::Problem;
use crate::params::Params;

/// An account by `acct:name@domain`, or by the address of its page. Gone when it was deleted; missing when it cannot be
/// seen, whatever the reason.
pub async fn webfinger(State(web): State<Web>, params: Params) -> Result<Response, Problem> {
    let resource = params.needed_text("resource")?;
    let account = find_named(&web, resource).await?.ok_or_else(Problem::missing)?;
    if matches!(account.owner_state, OwnerState::Deleted(_)) {
        return Err(Problem::new(StatusCode::GONE, "gone", "This account was deleted"));
    }
    let view = load_account(&web.cx, &Viewer::visitor(), account.id).await?;
    let (settings, handle) = (web.cx.settings(), &view.account.handle);
    let page = address::account_url(settings, handle);
    let body = json!({
        "subject": format!("acct:{handle}@{}", settings.domain()),
        "aliases": [page, address::account_uri(settings, view.account.id)],
        "links": [
            { "rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": page },
        ],
    });
    Ok(([(CONTENT_TYPE, "application/jrd+json; charset=utf-8")], body.to_string()).into_response())
}

async fn find_named(web: &Web, resource: &str) -> Result<Option<Account>, Problem> {
    let settings = web.cx.settings();
    let path = resource.strip_prefix(settings.origin.as_str().trim_end_matches('/'));
    if let Some(id) = path.and_then(|path| path.strip_prefix("/users/")).and_then(|id| id.parse().ok()) {
        return Ok(find(&web.cx, id).await?);
    }
    let handle = match path.and_then(|path| path.strip_prefix("/@")) {
        Some(handle) => Handle::parse(handle).ok(),
        None => match Address::parse(resource, &settings.domain()) {
            Ok(Address::Local(handle)) => Some(handle),
            _ => None,
        },
    };
    match handle {
        Some(handle) => Ok(find_by_handle(&web.cx, &handle).await?),
        None => Ok(None),
    }
}
