//! Colonies are counted, are listed to the last of them, and are found as they should be by whoever examines.

use std::collections::BTreeSet;

use kw_domain::id::AccountId;
use kw_domain::time::Millis;
use kw_store::bulk::Run;
use kw_store::{Batch, Bytes, Change, Condition, ManualClock, Operation, OperationId, Outcome, Partition, Put, limit};

use super::{Colony, Part, Shape, count_followers, prepare, runs, sign_in};
use crate::account;
use crate::buckets::Window;
use crate::context::Context;
use crate::failure::Failure;
use crate::families::FOLLOWERS;
use crate::house::examine;
use crate::relationship::{self, FollowChoices, list_followers};
use crate::settings::Stage;
use crate::tests::world::World;
use crate::timeline;
use crate::view::account::load_account;
use crate::viewer::Viewer;

/// Three days' worth, the last of them short.
const MEMBERS: u64 = 50;
const A_DAY: u64 = 21;
const POSTS_EACH: u64 = 2;

async fn play() -> World {
    World::with(|settings| settings.stage = Stage::Play).await
}

fn colony_after(now: Millis, shape: Shape) -> Colony {
    let first_day = Millis((now.0 / Millis::DAY + 1) * Millis::DAY);
    Colony { members: MEMBERS, shape, first_day, a_day: A_DAY, seed: 5 }
}

/// Loads everything through the contract, which counts by itself, and looks whether the runs say the same.
async fn load(cx: &Context, colony: Colony) {
    prepare(cx, &colony).await.expect("it is a play");
    for part in [Part::Accounts, Part::Follows, Part::Posts { each: POSTS_EACH }] {
        let mut rows = 0;
        let (all, at_least) = runs(colony, part);
        for run in all {
            rows += run.len() as u64;
            write(cx, &run).await;
        }
        assert!(rows >= at_least, "{part:?}");
    }
}

async fn write(cx: &Context, run: &Run) {
    for at in 0..run.len() {
        let row = run.row(at);
        let partition = Partition { family: run.family(), key: Bytes::copy_from_slice(row.partition) };
        if row.key.is_empty() {
            continue;
        }
        let put = Some(Put { value: Bytes::copy_from_slice(row.value), expires_ms: None });
        let key = Bytes::copy_from_slice(row.key);
        let changes = vec![Change { key, put, condition: Condition::Newer, stamp: None }];
        let id = OperationId(u128::from_be_bytes(cx.random_bytes()));
        let steps = vec![Batch { partition, changes }];
        let not_after_ms = row.stamp.0 / 1_000 + limit::NOT_AFTER_MS;
        let operation = Operation { id, stamp: row.stamp, not_after_ms, steps };
        let outcome = cx.store().perform(&operation).await;
        assert_eq!(outcome, Ok(Outcome::Done));
    }
    for at in (0..run.len()).filter(|at| run.row(*at).key.is_empty()) {
        let row = run.row(at);
        let partition = Partition { family: run.family(), key: Bytes::copy_from_slice(row.partition) };
        let count = cx.store().get(&partition, &[kw_store::COUNT_KEY]).await.expect("it answers").pop().flatten();
        assert_eq!(count.map(|count| count.value.to_vec()).as_deref(), Some(row.value), "{}", run.family().name);
    }
}

async fn followers(cx: &Context, account: AccountId) -> Vec<AccountId> {
    let mut all = Vec::new();
    let mut window = Window::newest(7);
    loop {
        let page = list_followers(cx, &Viewer::visitor(), account, &window).await.expect("anybody may look");
        all.extend(page.items.iter().map(|follower| follower.account.id));
        let Some(older) = page.older else { return all };
        window.below = Some(older);
    }
}

fn go_to(clock: &ManualClock, now: Millis, to: Millis) {
    clock.advance_millis(to.0 - now.0);
}

#[tokio::test]
async fn those_who_follow_a_celebrity_are_counted_listed_to_the_last_and_found_in_order() {
    let world = play().await;
    let mayor = world.member("mayor").await.account;
    let colony = colony_after(world.cx.now(), Shape::Celebrity(mayor));
    load(&world.cx, colony).await;
    go_to(&world.clock, world.cx.now(), colony.quiet_from());

    let view = load_account(&world.cx, &Viewer::visitor(), mayor).await.expect("anybody may look");
    assert_eq!(view.counts.followers, MEMBERS);
    assert_eq!(count_followers(&world.cx, mayor).await.expect("they are counted"), MEMBERS);
    let listed = followers(&world.cx, mayor).await;
    assert_eq!((listed.len() as u64, listed.iter().collect::<BTreeSet<_>>().len() as u64), (MEMBERS, MEMBERS));
    assert!(listed.is_sorted_by(|newer, older| newer > older));
    assert_eq!(account::count(&world.cx).await.expect("it is counted"), MEMBERS + 1);
    let one = load_account(&world.cx, &Viewer::visitor(), listed[0]).await.expect("everybody has a profile");
    assert_eq!((one.counts.following, one.counts.posts), (1, POSTS_EACH));
    assert_eq!(examine(&world.cx, |_| {}).await.expect("the store answers").findings, []);
}

#[tokio::test]
async fn a_crowd_follows_itself_and_is_read_like_people() {
    let world = play().await;
    let reader = world.member("reader").await;
    let colony = colony_after(world.cx.now(), Shape::Crowd { follows: 12 });
    load(&world.cx, colony).await;
    go_to(&world.clock, world.cx.now(), colony.quiet_from());

    let first = colony.account(0);
    let counts = load_account(&world.cx, &Viewer::visitor(), first).await.expect("anybody may look").counts;
    assert_eq!(followers(&world.cx, first).await.len() as u64, counts.followers);
    relationship::follow(&world.cx, reader.authority(), first, &FollowChoices::default()).await.expect("they may");
    let viewer = Viewer::member(&world.cx, reader.account).await.expect("they are there");
    let page = timeline::load_home(&world.cx, &viewer, &Window::newest(20)).await.expect("home is there");
    assert_eq!(page.items.len() as u64, POSTS_EACH);
    assert_eq!(examine(&world.cx, |_| {}).await.expect("the store answers").findings, []);
}

#[tokio::test]
async fn a_server_for_people_takes_no_colony() {
    let world = World::new().await;
    let mayor = world.member("mayor").await.account;
    let colony = colony_after(world.cx.now(), Shape::Celebrity(mayor));
    let outcome = prepare(&world.cx, &colony).await;
    assert!(matches!(outcome, Err(Failure::Refused(refusal)) if refusal.code == "no_play"));
    let app = world.client().await.app.id;
    let outcome = sign_in(&world.cx, mayor, app).await;
    assert!(matches!(outcome, Err(Failure::Refused(refusal)) if refusal.code == "no_play"));
}

/// Old follows end, new ones come, days pass: the sum that is kept of the past must not notice.
#[tokio::test]
async fn followers_are_counted_right_while_days_pass_and_old_follows_end() {
    let world = play().await;
    let mayor = world.member("mayor").await.account;
    let mut town = Vec::new();
    for number in 0..9 {
        town.push(world.member(&format!("neighbour_{number}")).await);
    }
    FOLLOWERS.open_by_day(&world.cx, mayor, world.cx.now()).await.expect("nothing is there yet");
    let (mut following, mut chance) = (BTreeSet::new(), 7_u64);
    for step in 0..400 {
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let who = (chance >> 33) as usize % town.len();
        let authority = town[who].authority();
        if following.remove(&who) {
            relationship::unfollow(&world.cx, authority, mayor).await.expect("they may");
        } else {
            let choices = FollowChoices::default();
            relationship::follow(&world.cx, authority, mayor, &choices).await.expect("they may");
            following.insert(who);
        }
        let view = load_account(&world.cx, &Viewer::visitor(), mayor).await.expect("anybody may look");
        assert_eq!(view.counts.followers, following.len() as u64, "after step {step}");
        assert_eq!(FOLLOWERS.total(&world.cx, mayor).await.expect("it is summed"), following.len() as u64);
        world.clock.advance_millis(chance >> 37);
    }
    assert!(world.cx.caches().totals.find(&FOLLOWERS.name_of(&mayor)).is_some(), "the past was kept");
}
