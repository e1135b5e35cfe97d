//! What reading costs where all is in memory: `cargo bench -p kw_web`. Deliberately absent: sockets and the engine, which
//! `kittiwake bench` measures.

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::body::Body;
use divan::{Bencher, black_box};
use http::Request;
use http_body_util::BodyExt;
use kw_app::account::{self, NewAccount};
use kw_app::authority::Authority;
use kw_app::buckets::Window;
use kw_app::context::{Context, Parts, Stores};
use kw_app::feed::Bus;
use kw_app::list::{self, NewList, Replies};
use kw_app::outside::Outside;
use kw_app::post::{self, NewPost};
use kw_app::relationship::{self, FollowChoices};
use kw_app::session::{self, Actor, Agent, Member, SignIn, SignInForm};
use kw_app::settings::{PasswordCost, Settings};
use kw_app::timeline::{load_home, load_list};
use kw_app::viewer::Viewer;
use kw_domain::id::{AccountId, ListId, PostId};
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
/// Whom the reader follows.
const FOLLOWED: usize = 400;
/// Accounts that are put on a list at once.
const NAMED: usize = 40;
/// Entries of a page.
const PAGE: usize = 20;

fn main() {
    divan::main();
}

/// The heads of 400 outboxes are merged anew into a page of 20, each checked for its reader: lists keep no merge.
#[divan::bench]
fn merge_400_heads(bencher: Bencher<'_, '_>) {
    let Colony { runtime, cx, reader, list, .. } = &*COLONY;
    bencher.bench_local(|| {
        runtime.block_on(async {
            let viewer = Viewer::member(cx, *reader).await.expect("the reader is there");
            load_list(cx, &viewer, *list, &Window::newest(PAGE)).await.expect("the list is there").items.len()
        })
    });
}

/// The same page as home, whose merge is kept until somebody posts.
#[divan::bench]
fn home_of_400(bencher: Bencher<'_, '_>) {
    let Colony { runtime, cx, reader, .. } = &*COLONY;
    bencher.bench_local(|| {
        runtime.block_on(async {
            let viewer = Viewer::member(cx, *reader).await.expect("the reader is there");
            load_home(cx, &viewer, &Window::newest(PAGE)).await.expect("there is a home").items.len()
        })
    });
}

/// A post that was asked for before, through the whole router to its JSON.
#[divan::bench]
fn json_of_a_post(bencher: Bencher<'_, '_>) {
    let Colony { runtime, router, post, .. } = &*COLONY;
    let path = format!("/api/v1/statuses/{post}");
    bencher.bench_local(|| {
        let request = Request::get(black_box(&path)).body(Body::empty()).expect("the request is well formed");
        runtime.block_on(async {
            let answer = router.clone().oneshot(request).await.expect("a router always answers");
            assert!(answer.status().is_success(), "the post is public");
            answer.into_body().collect().await.expect("an answer can be read").to_bytes().len()
        })
    });
}

/// One who follows 400, all of whom posted.
struct Colony {
    runtime: Runtime,
    cx: Context,
    router: Router,
    reader: AccountId,
    list: ListId,
    post: PostId,
}

static COLONY: LazyLock<Colony> = LazyLock::new(|| {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime starts");
    let clock = Arc::new(ManualClock::at_micros(NOON_MICROS));
    let store: SharedStore = Arc::new(MemStore::new(clock.clone()));
    let origin = "https://bay.example".parse().expect("it is an address");
    let parts = Parts {
        stores: Stores::in_one(store),
        clock: clock.clone(),
        chance: StdRng::seed_from_u64(7),
        slot: 0,
        bus: Bus::default(),
        outside: Outside::default(),
        settings: Settings { password_cost: PasswordCost::Least, ..Settings::at(origin) },
    };
    let cx = runtime.block_on(Context::start(parts)).expect("a new store can be used");
    let mut edge = EdgeSettings::of_version("0.0.0-bench");
    edge.rate_limit_factor = 1e9;
    let router = kw_web::router(cx.clone(), edge);
    let (reader, list, post) = runtime.block_on(settle(&cx, &clock));
    Colony { runtime, cx, router, reader, list, post }
});

/// The reader, a list of all whom they follow, and the newest post.
async fn settle(cx: &Context, clock: &ManualClock) -> (AccountId, ListId, PostId) {
    let reader = join(cx, "reader").await;
    let (mut followed, mut newest) = (Vec::new(), None);
    for number in 0..FOLLOWED {
        clock.advance_millis(20);
        let writer = join(cx, &format!("writer{number}")).await;
        let choices = FollowChoices::default();
        let follow = relationship::follow(cx, reader.authority(), writer.account, &choices);
        follow.await.expect("anybody may be followed");
        let said = post::create(cx, writer.authority(), &words(number)).await.expect("anybody may post");
        newest = Some(said.post.id);
        followed.push(writer.account);
    }
    let new = NewList { title: "Ledges".to_owned(), replies: Replies::Followed, exclusive: false };
    let list = list::create(cx, reader.authority(), &new).await.expect("a member may have a list").id;
    for members in followed.chunks(NAMED) {
        list::add_members(cx, reader.authority(), list, members).await.expect("they are followed");
    }
    (reader.account, list, newest.expect("somebody posted"))
}

async fn join(cx: &Context, handle: &str) -> Member {
    let new = NewAccount { handle, email: None, password: PASSWORD, locale: "en" };
    account::create(cx, &Authority::operator(), &new).await.expect("the handle is free");
    let form = SignInForm { identifier: handle, password: PASSWORD, agent: Agent::default() };
    let Ok(SignIn::Done(issued)) = session::sign_in(cx, &form).await else { panic!("the password is right") };
    let Ok(Actor::Member(member)) = session::authenticate(cx, &issued.token).await else { panic!("it is theirs") };
    member
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
