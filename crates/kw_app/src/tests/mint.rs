//! Minting over restarts.

use kw_domain::id::TIME_SHIFT;

use super::world::World;
use crate::context::Context;

async fn minted_ms(cx: &Context) -> u64 {
    cx.mint_id().await.expect("an id") >> TIME_SHIFT
}

#[tokio::test]
async fn after_a_run_that_ended_well_ids_are_dated_now() {
    let world = World::new().await;
    let last = minted_ms(&world.cx).await;
    world.cx.rest().await.expect("nothing is in the way");
    world.clock.advance_millis(5);

    let next = world.restart(|_| {}).await.expect("it starts again");
    assert_eq!(minted_ms(&next).await, world.cx.now().0);
    assert!(world.cx.now().0 > last);
}

#[tokio::test]
async fn after_a_kill_ids_are_above_everything_that_may_have_been_minted() {
    let world = World::new().await;
    let before = minted_ms(&world.cx).await;
    world.clock.advance_millis(5);

    let next = world.restart(|_| {}).await.expect("it starts again");
    assert!(minted_ms(&next).await > before + 5, "it cannot know that less was minted than was reserved");
}

#[tokio::test]
async fn resting_with_the_clock_set_back_mints_nothing_twice() {
    let world = World::new().await;
    let before = world.cx.mint_id().await.expect("an id");
    world.cx.rest().await.expect("nothing is in the way");
    world.clock.set_micros(1_000_000);

    let next = world.restart(|_| {}).await.expect("it starts again");
    assert!(next.mint_id().await.expect("an id") > before);
}

#[tokio::test]
async fn what_mints_after_the_rest_reserves_anew() {
    let world = World::new().await;
    world.cx.rest().await.expect("nothing is in the way");
    world.clock.advance_millis(50);
    let late = world.cx.mint_id().await.expect("an id");

    let next = world.restart(|_| {}).await.expect("it starts again");
    assert!(next.mint_id().await.expect("an id") > late);
}
