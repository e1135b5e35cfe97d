//! A server in memory, and browsers that keep cookies and send forms back.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use kw_app::account::{NewAccount, create, find_id};
use kw_app::authority::Authority;
use kw_app::context::{Context, Parts, Stores};
use kw_app::failure::Failure;
use kw_app::feed::Bus;
use kw_app::outside::{Letter, Mailer, Outside, OutsideFuture};
use kw_app::settings::{PasswordCost, Settings};
use kw_app::staff::understudy::Understudy;
use kw_domain::handle::Handle;
use kw_domain::id::AccountId;
use kw_store::mem::MemStore;
use kw_store::{ManualClock, SharedStore};
use rand::SeedableRng;
use rand::rngs::StdRng;
use tower::ServiceExt;

use crate::address::encode_path;
use crate::edge::EdgeSettings;
use crate::router;

/// Monday, 2 November 2026, 12:00 UTC, in microseconds.
const NOON_MICROS: u64 = 1_793_620_800_000_000;
/// Everybody's password.
pub const PASSWORD: &str = "a quiet ledge";

/// Keeps letters in place of sending them.
#[derive(Debug, Default)]
pub struct Postbox {
    letters: Mutex<Vec<Letter>>,
    /// Whether it takes no letters.
    pub is_closed: AtomicBool,
    /// Letters that were handed over, taken or not.
    pub handed_over: AtomicUsize,
}

/// How often others go first while a letter that is sent after its answer is waited for.
const TURNS_MAX: usize = 1_000;

impl Postbox {
    /// The path of the link in the newest letter, which is taken out.
    pub async fn link(&self) -> String {
        let letter = self.take().await;
        let link = letter.text.lines().find_map(|line| line.strip_prefix("http://kittiwake.example"));
        link.expect("a link").to_owned()
    }

    /// The newest letter, which is taken out.
    pub async fn take(&self) -> Letter {
        for _ in 0..TURNS_MAX {
            if let Some(letter) = self.letters.lock().expect("no holder of this lock panics").pop() {
                return letter;
            }
            tokio::task::yield_now().await;
        }
        panic!("no letter came");
    }

    /// Waits until so many letters were handed over since the beginning.
    pub async fn wait_for(&self, letters: usize) {
        for _ in 0..TURNS_MAX {
            if self.handed_over.load(Ordering::SeqCst) >= letters {
                return;
            }
            tokio::task::yield_now().await;
        }
        panic!("not so many letters came");
    }
}

impl Mailer for Postbox {
    fn send(&self, letter: Letter) -> OutsideFuture<'_, ()> {
        self.handed_over.fetch_add(1, Ordering::SeqCst);
        let is_closed = self.is_closed.load(Ordering::SeqCst);
        if !is_closed {
            self.letters.lock().expect("no holder of this lock panics").push(letter);
        }
        Box::pin(async move { if is_closed { Err(Failure::Outside("the box is closed".to_owned())) } else { Ok(()) } })
    }
}

/// A server and its clock.
pub struct World {
    pub cx: Context,
    pub clock: Arc<ManualClock>,
    pub store: SharedStore,
    pub letters: Arc<Postbox>,
    router: Router,
}

impl World {
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// A server whose settings `change` has changed.
    pub async fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let clock = Arc::new(ManualClock::at_micros(NOON_MICROS));
        let store: SharedStore = Arc::new(MemStore::new(clock.clone()));
        let letters = Arc::new(Postbox::default());
        let mut settings = Settings::at("http://kittiwake.example".parse().expect("an address"));
        settings.password_cost = PasswordCost::Least;
        change(&mut settings);
        let cx = start(&store, &clock, &letters, settings, 1).await;
        let edge = EdgeSettings { rate_limit_factor: 1_000.0, ..EdgeSettings::of_version("0.1.0") };
        Self { router: router(cx.clone(), edge), cx, clock, store, letters }
    }

    /// The same server, started once more.
    pub async fn restart(&self) -> Context {
        start(&self.store, &self.clock, &self.letters, self.cx.settings().clone(), 2).await
    }

    /// A browser that nobody has used yet.
    pub fn browser(&self) -> Browser {
        Browser { router: self.router.clone(), cookies: BTreeMap::new() }
    }

    /// The browser of somebody of the staff who is signed in.
    pub fn staff_browser(&self, who: &Understudy) -> Browser {
        let cookies = BTreeMap::from([("kw_staff".to_owned(), who.token.clone())]);
        Browser { cookies, ..self.browser() }
    }

    /// A new member, signed in.
    pub async fn member(&self, handle: &str) -> Browser {
        let new = NewAccount { handle, email: None, password: PASSWORD, locale: "" };
        create(&self.cx, &Authority::operator(), &new).await.expect("the handle is free");
        let mut browser = self.browser();
        let page = browser.send("/sign-in", &[("login", handle), ("password", PASSWORD)]).await;
        assert_eq!((page.status, page.location().as_str()), (StatusCode::SEE_OTHER, "/home"), "{}", page.text);
        browser
    }

    pub async fn id_of(&self, handle: &str) -> AccountId {
        let handle = Handle::parse(handle).expect("a handle");
        find_id(&self.cx, &handle).await.expect("the store answers").expect("somebody is called so")
    }
}

async fn start(
    store: &SharedStore,
    clock: &Arc<ManualClock>,
    letters: &Arc<Postbox>,
    settings: Settings,
    seed: u64,
) -> Context {
    let parts = Parts {
        stores: Stores::in_one(store.clone()),
        clock: clock.clone(),
        chance: StdRng::seed_from_u64(seed),
        slot: 0,
        bus: Bus::default(),
        outside: Outside { mailer: Some(letters.clone()), fetcher: None },
        settings,
    };
    Context::start(parts).await.expect("the store is ready")
}

/// A browser: it keeps cookies and knows the token of its forms.
pub struct Browser {
    router: Router,
    cookies: BTreeMap<String, String>,
}

/// What came back.
#[derive(Debug)]
pub struct Seen {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Seen {
    /// Where the browser is led.
    pub fn location(&self) -> String {
        self.header("location")
    }

    pub fn header(&self, name: &str) -> String {
        self.headers.get(name).map(|value| value.to_str().expect("ASCII").to_owned()).unwrap_or_default()
    }

    pub fn has(&self, words: &str) -> bool {
        self.text.contains(words)
    }

    /// The value of the first attribute `name` that begins with `prefix`.
    pub fn attribute(&self, name: &str, prefix: &str) -> String {
        let begin = format!("{name}=\"{prefix}");
        let at = self.text.find(&begin).unwrap_or_else(|| panic!("no {begin} in {}", self.text)) + name.len() + 2;
        let end = self.text[at..].find('"').expect("attributes end");
        self.text[at..at + end].to_owned()
    }
}

impl Browser {
    pub async fn open(&mut self, path: &str) -> Seen {
        self.ask(Request::get(path).body(Body::empty()).expect("a request")).await
    }

    /// Opens a page whose status has to be 200.
    pub async fn read(&mut self, path: &str) -> Seen {
        let seen = self.open(path).await;
        assert_eq!(seen.status, StatusCode::OK, "{path}: {} {}", seen.location(), seen.text);
        seen
    }

    /// The value of a cookie that it keeps.
    pub fn cookie(&self, name: &str) -> String {
        self.cookies.get(name).cloned().unwrap_or_default()
    }

    /// Puts a cookie into it that the server did not give to it.
    pub fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    /// The token that this browser's forms carry.
    pub async fn token(&mut self) -> String {
        self.open("/about").await.attribute("value", "").clone()
    }

    /// Sends a form with its token.
    pub async fn send(&mut self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let token = self.token().await;
        let mut all = vec![("csrf", token.as_str())];
        all.extend_from_slice(fields);
        self.send_bare(path, &all).await
    }

    /// Sends a form as it is.
    pub async fn send_bare(&mut self, path: &str, fields: &[(&str, &str)]) -> Seen {
        self.ask(form(path).body(Body::from(encode(fields))).expect("a request")).await
    }

    /// Sends a form as a script does.
    pub async fn send_by_script(&mut self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let token = self.token().await;
        let mut all = vec![("csrf", token.as_str())];
        all.extend_from_slice(fields);
        let request = form(path).header(header::ACCEPT, "application/json");
        self.ask(request.body(Body::from(encode(&all))).expect("a request")).await
    }

    /// Posts a text and tells the path of the post.
    pub async fn post(&mut self, text: &str) -> String {
        self.post_with(text, &[]).await
    }

    pub async fn post_with(&mut self, text: &str, more: &[(&str, &str)]) -> String {
        let mut fields = vec![("text", text), ("back", "/home")];
        fields.extend_from_slice(more);
        let sent = self.send("/posts", &fields).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
        if sent.location() != "/home" {
            return sent.location();
        }
        let own = self.read("/home").await;
        own.attribute("data-post", "/@")
    }

    pub async fn ask(&mut self, mut request: Request<Body>) -> Seen {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            let value = cookies.join("; ").parse().expect("cookies are ASCII");
            request.headers_mut().insert(header::COOKIE, value);
        }
        let response = self.router.clone().oneshot(request).await.expect("a router always answers");
        let (status, headers) = (response.status(), response.headers().clone());
        for cookie in headers.get_all(header::SET_COOKIE) {
            let text = cookie.to_str().expect("ASCII");
            let (name, value) = text.split(';').next().and_then(|pair| pair.split_once('=')).expect("a pair");
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let bytes = response.into_body().collect().await.expect("a whole body").to_bytes();
        Seen { status, headers, text: String::from_utf8_lossy(&bytes).into_owned() }
    }
}

fn form(path: &str) -> http::request::Builder {
    Request::builder().method(Method::POST).uri(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
}

fn encode(fields: &[(&str, &str)]) -> String {
    let pairs = fields.iter().map(|(name, value)| format!("{}={}", encode_path(name), encode_path(value)));
    pairs.collect::<Vec<_>>().join("&")
}
