//! A whole server in memory, and people with clients who call it: the fixture of the edge's tests.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use kw_app::context::{Context, Parts, Stores};
use kw_app::feed::Bus;
use kw_app::outside::Outside;
use kw_app::settings::{PasswordCost, Settings};
use kw_domain::id::AccountId;
use kw_store::ManualClock;
use kw_store::mem::MemStore;
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::staff;
use crate::{EdgeSettings, router};

pub const ORIGIN: &str = "https://cliff.example";
/// 23 November 2026, 07:30 UTC.
const NOW_MICROS: u64 = 1_795_419_000_000_000;
const ALL_SCOPES: &str = "read write follow push profile";

/// A server.
pub struct World {
    pub cx: Context,
    pub clock: Arc<ManualClock>,
    router: Router,
}

/// Somebody with a client, or nobody.
pub struct Client<'w> {
    world: &'w World,
    pub token: Option<String>,
    pub id: String,
}

/// An answer.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl World {
    /// A server whose rate limits are out of the way.
    pub async fn new() -> Self {
        Self::with(100_000.0, |_| {}).await
    }

    /// A server with these limits and settings.
    pub async fn with(rate_limit_factor: f64, change: impl FnOnce(&mut Settings)) -> Self {
        let clock = Arc::new(ManualClock::at_micros(NOW_MICROS));
        let mut settings = Settings::at(ORIGIN.parse().expect("a URL"));
        settings.password_cost = PasswordCost::Least;
        change(&mut settings);
        let parts = Parts {
            stores: Stores::in_one(Arc::new(MemStore::new(clock.clone()))),
            clock: clock.clone(),
            chance: StdRng::seed_from_u64(7),
            slot: 0,
            bus: Bus::default(),
            outside: Outside::default(),
            settings,
        };
        let cx = Context::start(parts).await.expect("an empty store can be started on");
        let edge = EdgeSettings { rate_limit_factor, ..EdgeSettings::of_version("0.1.0") };
        Self { router: router(cx.clone(), edge), cx, clock }
    }

    /// Nobody.
    pub fn visitor(&self) -> Client<'_> {
        Client { world: self, token: None, id: String::new() }
    }

    /// Somebody with this token.
    pub fn bearer(&self, token: &str) -> Client<'_> {
        Client { world: self, token: Some(token.to_owned()), id: String::new() }
    }

    /// A client application: its id and secret.
    pub async fn app(&self, redirect_uri: &str, scopes: &str) -> (String, String) {
        let form = json!({ "client_name": "Tern", "redirect_uris": redirect_uri, "scopes": scopes });
        let app = self.visitor().post("/api/v1/apps", &form).await.ok();
        let text = |name: &str| app[name].as_str().expect("a text").to_owned();
        (text("client_id"), text("client_secret"))
    }

    /// A client by itself, without anybody's account.
    pub async fn app_client(&self, scopes: &str) -> Client<'_> {
        let (client_id, client_secret) = self.app("urn:ietf:wg:oauth:2.0:oob", scopes).await;
        let ask = json!({
            "grant_type": "client_credentials", "client_id": client_id, "client_secret": client_secret, "scope": scopes,
        });
        let token = self.visitor().post("/oauth/token", &ask).await.ok();
        self.bearer(token["access_token"].as_str().expect("a token"))
    }

    /// Somebody who has just signed up through a client that may do everything of theirs.
    pub async fn member(&self, handle: &str) -> Client<'_> {
        self.member_with(handle, ALL_SCOPES).await
    }

    /// Somebody whose client may do only this, besides signing them up.
    pub async fn member_with(&self, handle: &str, scopes: &str) -> Client<'_> {
        let app = self.app_client(&format!("write:accounts {scopes}")).await;
        let form = json!({
            "username": handle, "email": format!("{handle}@post.example"), "password": "kelp forest 42",
            "agreement": true, "locale": "en",
        });
        let token = app.post("/api/v1/accounts", &form).await.ok();
        let member = self.bearer(token["access_token"].as_str().expect("a token"));
        let found = self.visitor().get(&format!("/api/v1/accounts/lookup?acct={handle}")).await.ok();
        Client { id: found["id"].as_str().expect("an id").to_owned(), ..member }
    }

    /// Staff, who are founded with it, make an account unavailable for a day.
    pub async fn set_unavailable(&self, id: &str) {
        let solo = staff::solo(&self.cx).await;
        staff::hide(&self.cx, &solo, AccountId(id.parse().expect("an id"))).await;
    }

    /// Sends a request as it is.
    pub async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.expect("the router answers everything");
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("a body").to_bytes().to_vec();
        Reply { status: parts.status, headers: parts.headers, body }
    }
}

impl Client<'_> {
    pub async fn get(&self, path: &str) -> Reply {
        self.call(Method::GET, path, None).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Reply {
        self.call(Method::POST, path, Some(body)).await
    }

    /// Calls with a JSON body.
    pub async fn call(&self, method: Method, path: &str, body: Option<&Value>) -> Reply {
        let content_type = body.map(|_| "application/json");
        self.raw(method, path, content_type, body.map(ToString::to_string).unwrap_or_default()).await
    }

    /// Calls with a form.
    pub async fn form(&self, method: Method, path: &str, form: &str) -> Reply {
        self.raw(method, path, Some("application/x-www-form-urlencoded"), form.to_owned()).await
    }

    /// Calls with any body.
    pub async fn raw(&self, method: Method, path: &str, content_type: Option<&str>, body: impl Into<Body>) -> Reply {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(token) = &self.token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        if let Some(content_type) = content_type {
            request = request.header(header::CONTENT_TYPE, content_type);
        }
        self.world.send(request.body(body.into()).expect("a request")).await
    }

    /// Posts a text and answers the status.
    pub async fn say(&self, text: &str) -> Value {
        self.post("/api/v1/statuses", &json!({ "status": text })).await.ok()
    }

    /// Does something with a post.
    pub async fn mark(&self, id: &str, verb: &str) -> Value {
        self.post(&format!("/api/v1/statuses/{id}/{verb}"), &json!({})).await.ok()
    }

    /// Does something with an account.
    pub async fn relate(&self, other: &Client<'_>, verb: &str) -> Value {
        self.post(&format!("/api/v1/accounts/{}/{verb}", other.id), &json!({})).await.ok()
    }
}

impl Reply {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {} {}", self.status, self.text()))
    }

    /// The body of an answer that went well.
    #[track_caller]
    pub fn ok(&self) -> Value {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text());
        self.json()
    }

    /// The sentence of an answer that did not go well, with this status.
    #[track_caller]
    pub fn refused(&self, status: u16) -> String {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        let error = self.json()["error"].as_str().map(str::to_owned);
        error.unwrap_or_else(|| panic!("no sentence: {}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// The id of an entity.
pub fn id(entity: &Value) -> String {
    entity["id"].as_str().unwrap_or_else(|| panic!("no id: {entity}")).to_owned()
}
