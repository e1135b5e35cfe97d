//! A whole server in a test: the real router over the reference store, with a clock that stands still until somebody does
//! something, and chance from a seed. Nothing here knows of rows; people do what clients do.

#![allow(dead_code, unused_imports, reason = "a vocabulary: not every word of it is in use at every moment")]

mod person;
mod wire;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, Response};
use http_body_util::BodyExt;
use kw_app::account::{self, NewAccount};
use kw_app::authority::Authority;
use kw_app::context::{Context, Parts, Stores};
use kw_app::feed::Bus;
use kw_app::oauth::{self, Ask, Asked, NewApp, TokenAsk};
use kw_app::outside::Outside;
use kw_app::session::{self, Actor, Agent, Member, SignIn, SignInForm};
use kw_app::settings::{PasswordCost, Settings};
use kw_store::mem::MemStore;
use kw_store::{ManualClock, SharedStore};
use kw_web::EdgeSettings;
use rand::SeedableRng;
use rand::rngs::StdRng;
use tower::ServiceExt;
use url::Url;

pub use person::Person;
pub use wire::{Account, Answer, Notification, Post, favourite_by};

/// The password of everybody.
pub const PASSWORD: &str = "three gulls on a bollard";
/// Noon of a day in spring, in microseconds since 1970.
const NOON_MICROS: u64 = 1_777_032_000_000_000;
/// How long anything takes in the world, in milliseconds.
const REQUEST_MS: u64 = 20;
const OUT_OF_BAND: &str = "urn:ietf:wg:oauth:2.0:oob";

/// A server and everybody on it.
#[derive(Debug)]
pub struct World {
    /// What the server works with, for what no client can see.
    pub cx: Context,
    /// The server's clock.
    pub clock: Arc<ManualClock>,
    store: SharedStore,
    settings: Settings,
    router: Router,
    tokens: Mutex<BTreeMap<String, String>>,
}

impl World {
    /// A server with nobody on it.
    pub async fn new() -> Self {
        Self::with(|_| {}, |_| {}).await
    }

    /// A server that is configured otherwise.
    pub async fn with(settings: impl FnOnce(&mut Settings), edge: impl FnOnce(&mut EdgeSettings)) -> Self {
        let mut chosen = Settings::at(Url::parse("https://bay.example").expect("it is an address"));
        chosen.password_cost = PasswordCost::Least;
        settings(&mut chosen);
        let mut at_edge = EdgeSettings::of_version("0.0.0-test");
        // Limits are far away, but for tests that look for them.
        at_edge.rate_limit_factor = 1_000.0;
        edge(&mut at_edge);
        let clock = Arc::new(ManualClock::at_micros(NOON_MICROS));
        let store: SharedStore = Arc::new(MemStore::new(clock.clone()));
        let cx = start(&store, &clock, &chosen, 0).await;
        let router = kw_web::router(cx.clone(), at_edge);
        Self { cx, clock, store, settings: chosen, router, tokens: Mutex::default() }
    }

    /// A server that just started on the same rows, and remembers nothing.
    pub async fn started_again(&self) -> Router {
        let mut edge = EdgeSettings::of_version("0.0.0-test");
        edge.rate_limit_factor = 1_000.0;
        kw_web::router(start(&self.store, &self.clock, &self.settings, 1).await, edge)
    }

    /// Somebody, who joins with their first request and is signed in through a client with every scope.
    pub fn as_<'a>(&'a self, handle: &'a str) -> Person<'a> {
        Person::new(self, Some(handle))
    }

    /// Somebody who is not signed in.
    pub fn as_visitor(&self) -> Person<'_> {
        Person::new(self, None)
    }

    /// Sends a request as it is, from an address of its own, and takes a moment.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        self.send_to(&self.router, request).await
    }

    /// The same to another server.
    pub async fn send_to(&self, router: &Router, mut request: Request<Body>) -> Answer {
        self.clock.advance_millis(REQUEST_MS);
        let peer = std::net::SocketAddr::from(([198, 51, 100, 7], 40_000));
        request.extensions_mut().insert(ConnectInfo(peer));
        let response: Response<Body> = router.clone().oneshot(request).await.expect("a router always answers");
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("the body of an answer can be read").to_bytes();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    /// `GET` of a path, with a token.
    pub fn get_request(path: &str, token: Option<&str>) -> Request<Body> {
        let mut request = Request::builder().uri(path);
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        request.body(Body::empty()).expect("a test's request is well formed")
    }

    /// The token of somebody, who joins if they are not here yet.
    pub async fn token(&self, handle: &str) -> String {
        let known = self.tokens.lock().expect("no holder of this lock panics").get(handle).cloned();
        if let Some(token) = known {
            return token;
        }
        let token = self.join(handle).await;
        self.tokens.lock().expect("no holder of this lock panics").insert(handle.to_owned(), token.clone());
        token
    }

    /// Makes an account and signs it in as a browser, then as a client.
    async fn join(&self, handle: &str) -> String {
        let new = NewAccount { handle, email: None, password: PASSWORD, locale: "en" };
        account::create(&self.cx, &Authority::operator(), &new).await.expect("the handle is free");
        self.clock.advance_millis(REQUEST_MS);
        let member = self.sign_in(handle).await;
        self.let_client_in(&member, "read write follow").await
    }

    /// Signs somebody in on our pages.
    pub async fn sign_in(&self, handle: &str) -> Member {
        let form = SignInForm { identifier: handle, password: PASSWORD, agent: Agent::default() };
        let SignIn::Done(issued) = session::sign_in(&self.cx, &form).await.expect("the password is right") else {
            panic!("@{handle} has a second factor");
        };
        match session::authenticate(&self.cx, &issued.token).await.expect("the token was just issued") {
            Actor::Member(member) => member,
            other => panic!("@{handle} is no member but {other:?}"),
        }
    }

    /// Lets a new client in, with these scopes, and answers its token.
    pub async fn let_client_in(&self, member: &Member, scopes: &str) -> String {
        let cx = &self.cx;
        let redirect_uris = [OUT_OF_BAND.to_owned()];
        let new = NewApp { name: "Spyglass", website: None, redirect_uris: &redirect_uris, scopes };
        let app = oauth::register_app(cx, &new).await.expect("a client may register");
        let client_id = app.app.id.to_string();
        let ask = Ask {
            client_id: &client_id,
            redirect_uri: OUT_OF_BAND,
            response_type: "code",
            scope: scopes,
            code_challenge: "",
            code_challenge_method: "",
        };
        let Asked::Consent(consent) = oauth::look(cx, &ask).await.expect("the client is known") else {
            panic!("the client asks for what it may not have");
        };
        let code = oauth::grant(cx, member, &consent).await.expect("a member may let a client in");
        let ask = TokenAsk {
            grant_type: "authorization_code",
            client_id: &client_id,
            client_secret: &app.secret,
            code: &code,
            redirect_uri: OUT_OF_BAND,
            ..TokenAsk::default()
        };
        oauth::issue(cx, &ask).await.expect("the code is fresh").token
    }
}

async fn start(store: &SharedStore, clock: &Arc<ManualClock>, settings: &Settings, slot: u64) -> Context {
    let parts = Parts {
        stores: Stores::in_one(store.clone()),
        clock: clock.clone(),
        chance: StdRng::seed_from_u64(7 + slot),
        slot,
        bus: Bus::default(),
        outside: Outside::default(),
        settings: settings.clone(),
    };
    Context::start(parts).await.expect("the store can be used")
}
