//! Six fixed requests to a small colony, through the real router, without a socket and without anybody's clock or chance.
//!
//! `cargo xtask test instructions` counts what each costs: it runs this under callgrind, which writes what was counted
//! whenever [`measured`] is left. Usage: `fixed_requests`; with `--times N`, each request is made N times and what one
//! takes is printed in microseconds, for `perf` and the curious.

use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::body::Body;
use http_body_util::BodyExt;
use hyper::{Request, StatusCode, header};
use kw_app::account::{self, NewAccount};
use kw_app::authority::Authority;
use kw_app::context::{Context, Parts, Stores};
use kw_app::feed::Bus;
use kw_app::oauth::{self, Ask, Asked, NewApp, TokenAsk};
use kw_app::outside::Outside;
use kw_app::post::{self, NewPost};
use kw_app::relationship::{self, FollowChoices};
use kw_app::session::{self, Actor, Agent, Member, SignIn, SignInForm};
use kw_app::settings::{PasswordCost, Settings};
use kw_domain::post::Visibility;
use kw_store::mem::MemStore;
use kw_store::{ManualClock, SharedStore};
use kw_web::EdgeSettings;
use rand::SeedableRng;
use rand::rngs::StdRng;
use tokio::runtime::Runtime;
use tower::ServiceExt;

/// Noon of a day in spring, in microseconds since 1970.
const NOON_MICROS: u64 = 1_777_032_000_000_000;
const PASSWORD: &str = "three gulls on a bollard";
const OUT_OF_BAND: &str = "urn:ietf:wg:oauth:2.0:oob";
/// Whom the reader follows.
const FOLLOWED: usize = 24;
/// What each of them has posted.
const POSTS_EACH: usize = 3;
/// Requests before one is counted: everything that is kept in memory is there then.
const WARM_UP: usize = 2;

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime starts");
    let colony = runtime.block_on(Colony::new());
    let times = std::env::args().skip_while(|argument| argument != "--times").nth(1);
    let times: Option<u32> = times.and_then(|times| times.parse().ok());
    for fixed in colony.requests() {
        for _ in 0..WARM_UP {
            colony.ask(&runtime, &fixed);
        }
        let Some(times) = times else {
            colony.ask(&runtime, &fixed);
            println!("{}", fixed.name);
            continue;
        };
        let began = Instant::now();
        for _ in 0..times {
            colony.ask(&runtime, &fixed);
        }
        println!("{:<16}{:>8.1} µs", fixed.name, began.elapsed().as_secs_f64() * 1e6 / f64::from(times));
    }
}

/// A request, and what it is called.
struct Fixed {
    name: &'static str,
    method: &'static str,
    path: String,
    header: Option<(header::HeaderName, String)>,
    body: &'static str,
}

/// A server with a few people on it.
struct Colony {
    clock: Arc<ManualClock>,
    router: Router,
    token: String,
    cookie: String,
}

impl Colony {
    async fn new() -> Self {
        let clock = Arc::new(ManualClock::at_micros(NOON_MICROS));
        let store: SharedStore = Arc::new(MemStore::new(clock.clone()));
        let origin = "https://bay.example".parse().expect("it is an address");
        let cx = Context::start(Parts {
            stores: Stores::in_one(store),
            clock: clock.clone(),
            chance: StdRng::seed_from_u64(7),
            slot: 0,
            bus: Bus::default(),
            outside: Outside::default(),
            settings: Settings { password_cost: PasswordCost::Least, ..Settings::at(origin) },
        })
        .await
        .expect("a new store can be used");
        let (reader, cookie) = join(&cx, "reader").await;
        for number in 0..FOLLOWED {
            clock.advance_millis(20);
            let (writer, _) = join(&cx, &format!("writer{number}")).await;
            let choices = FollowChoices::default();
            let follow = relationship::follow(&cx, reader.authority(), writer.account, &choices);
            follow.await.expect("anybody may be followed");
            for _ in 0..POSTS_EACH {
                clock.advance_millis(20);
                post::create(&cx, writer.authority(), &words(number)).await.expect("anybody may post");
            }
        }
        let token = let_client_in(&cx, &reader).await;
        let mut edge = EdgeSettings::of_version("0.0.0-fixed");
        edge.rate_limit_factor = 1e6;
        Self { clock, router: kw_web::router(cx, edge), token, cookie }
    }

    fn requests(&self) -> [Fixed; 6] {
        let client = || Some((header::AUTHORIZATION, format!("Bearer {}", self.token)));
        let browser = || Some((header::COOKIE, format!("kw_session={}", self.cookie)));
        let get = |name, path: &str, header| Fixed { name, method: "GET", path: path.to_owned(), header, body: "" };
        [
            get("api_home", "/api/v1/timelines/home?limit=20", client()),
            get("api_local", "/api/v1/timelines/public?local=true", None),
            get("page_landing", "/", None),
            get("page_profile", "/@writer3", None),
            get("page_home", "/home", browser()),
            Fixed {
                name: "api_post",
                method: "POST",
                path: "/api/v1/statuses".to_owned(),
                header: client(),
                body: "status=Two+eggs+on+the+third+ledge&visibility=public",
            },
        ]
    }

    /// Makes a request, and reads the answer to its end.
    fn ask(&self, runtime: &Runtime, fixed: &Fixed) {
        self.clock.advance_millis(20);
        let mut request = Request::builder().method(fixed.method).uri(&fixed.path);
        if let Some((name, value)) = &fixed.header {
            request = request.header(name, value);
        }
        if !fixed.body.is_empty() {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        let request = request.body(Body::from(fixed.body)).expect("a fixed request is well formed");
        assert_eq!(measured(runtime, &self.router, request), StatusCode::OK, "{}", fixed.name);
    }
}

/// What is counted: from the whole request to the last byte of the answer.
#[inline(never)]
fn measured(runtime: &Runtime, router: &Router, request: Request<Body>) -> StatusCode {
    runtime.block_on(async {
        let answer = router.clone().oneshot(request).await.expect("a router always answers");
        let status = answer.status();
        answer.into_body().collect().await.expect("an answer can be read");
        status
    })
}

/// Somebody new, with the secret of their browser.
async fn join(cx: &Context, handle: &str) -> (Member, String) {
    let new = NewAccount { handle, email: None, password: PASSWORD, locale: "en" };
    account::create(cx, &Authority::operator(), &new).await.expect("the handle is free");
    let form = SignInForm { identifier: handle, password: PASSWORD, agent: Agent::default() };
    let Ok(SignIn::Done(issued)) = session::sign_in(cx, &form).await else { panic!("the password is right") };
    let Ok(Actor::Member(member)) = session::authenticate(cx, &issued.token).await else { panic!("it is theirs") };
    (member, issued.token)
}

/// The token of a client with every scope.
async fn let_client_in(cx: &Context, member: &Member) -> String {
    let scopes = "read write follow";
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
    let Ok(Asked::Consent(consent)) = oauth::look(cx, &ask).await else { panic!("it asks for what it may have") };
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

fn words(number: usize) -> NewPost {
    NewPost {
        text: format!("Ledge {number}: two eggs, one adult, wind from the north-west. #kittiwakes"),
        spoiler_text: String::new(),
        visibility: Visibility::Public,
        language: Some("en".to_owned()),
        sensitive: false,
        in_reply_to: None,
        idempotency_key: None,
        application: None,
    }
}
