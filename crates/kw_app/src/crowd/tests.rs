//! Crowds grow whole, are counted, are listed to the last of them, and are found as they should be by whoever examines.

use std::collections::BTreeSet;

use kw_domain::id::AccountId;
use kw_domain::time::Millis;
use kw_store::ManualClock;

use super::{Crowd, count, grow};
use crate::account;
use crate::buckets::Window;
use crate::context::Context;
use crate::failure::Failure;
use crate::house::examine;
use crate::relationship::list_followers;
use crate::settings::Stage;
use crate::tests::world::World;
use crate::view::account::load_account;
use crate::viewer::Viewer;

/// Three days' worth, the last of them short.
const FOLLOWERS: u64 = 50;
const A_DAY: u64 = 21;

async fn play() -> World {
    World::with(|settings| settings.stage = Stage::Play).await
}

fn crowd_after(account: AccountId, now: Millis) -> Crowd {
    let first_day = Millis((now.0 / Millis::DAY + 1) * Millis::DAY);
    Crowd { account, followers: FOLLOWERS, first_day, a_day: A_DAY }
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
async fn a_crowd_is_counted_listed_to_the_last_and_found_in_order() {
    let world = play().await;
    let mayor = world.member("mayor").await.account;
    let crowd = crowd_after(mayor, world.cx.now());
    let mut heard = 0;
    grow(&world.cx, &crowd, |there| heard = there).await.expect("it is a play");
    assert_eq!(heard, FOLLOWERS);
    go_to(&world.clock, world.cx.now(), crowd.end());

    let view = load_account(&world.cx, &Viewer::visitor(), mayor).await.expect("anybody may look");
    assert_eq!(view.counts.followers, FOLLOWERS);
    let listed = followers(&world.cx, mayor).await;
    assert_eq!((listed.len() as u64, listed.iter().collect::<BTreeSet<_>>().len() as u64), (FOLLOWERS, FOLLOWERS));
    assert!(listed.is_sorted_by(|newer, older| newer > older));
    assert_eq!(account::count(&world.cx).await.expect("it is counted"), FOLLOWERS + 1);
    let one = load_account(&world.cx, &Viewer::visitor(), listed[0]).await.expect("everybody has a profile");
    assert_eq!(one.counts.following, 1);
    assert_eq!(examine(&world.cx, |_| {}).await.expect("the store answers").findings, []);
}

#[tokio::test]
async fn what_was_interrupted_goes_on_and_what_is_whole_stays_as_it_is() {
    let world = play().await;
    let mayor = world.member("mayor").await.account;
    let whole = crowd_after(mayor, world.cx.now());
    grow(&world.cx, &Crowd { followers: 30, ..whole }, |_| {}).await.expect("it is a play");
    for _ in 0..2 {
        grow(&world.cx, &whole, |_| {}).await.expect("it is a play");
        assert_eq!(count(&world.cx, &whole).await.expect("it is counted"), FOLLOWERS);
    }
    assert_eq!(examine(&world.cx, |_| {}).await.expect("the store answers").findings, []);
}

#[tokio::test]
async fn a_server_for_people_takes_no_crowd() {
    let world = World::new().await;
    let mayor = world.member("mayor").await.account;
    let outcome = grow(&world.cx, &crowd_after(mayor, world.cx.now()), |_| {}).await;
    assert!(matches!(outcome, Err(Failure::Refused(refusal)) if refusal.code == "no_play"));
    assert_eq!(account::count(&world.cx).await.expect("it is counted"), 1);
}
