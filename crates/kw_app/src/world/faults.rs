//! Everything that people do, in random order over a store with every fault: whatever stopped or came twice, the rows
//! fit in the end.

use kw_domain::id::PostId;
use kw_store::fault::Faults;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};

use super::sound::check_sound;
use super::{World, id_of, plain};
use crate::authority::Authority;
use crate::failure::Failure;
use crate::post::{self, Edited, NewPost};
use crate::relationship::{self, FollowChoices};

/// Faults without waiting: the clock of these tests stands still.
const FAULTS: Faults = Faults { latency: 0, ..Faults::USUAL };
const SEEDS: u64 = 40;
const STEPS: usize = 60;

/// A refusal, or an outcome that stayed unknown, is fine: the rows must fit all the same.
fn settled<T>(outcome: Result<T, Failure>) {
    match outcome {
        Ok(_) | Err(Failure::Refused(_) | Failure::Conflict | Failure::Store(_)) => {}
        Err(failure) => panic!("{failure}"),
    }
}

async fn mark_or_boost(world: &World, random: &mut StdRng, who: &Authority, id: PostId) {
    let cx = &world.cx;
    match random.random_range(0..8) {
        0 => settled(post::favourite(cx, who, id).await),
        1 => settled(post::unfavourite(cx, who, id).await),
        2 => settled(post::boost(cx, who, id, None).await),
        3 => settled(post::unboost(cx, who, id).await),
        4 => settled(post::bookmark(cx, who, id).await),
        5 => settled(post::unbookmark(cx, who, id).await),
        6 => settled(post::pin(cx, who, id).await),
        _ => settled(post::unpin(cx, who, id).await),
    }
}

async fn relate(world: &World, random: &mut StdRng, who: &Authority, whom: &Authority) {
    let (cx, whom) = (&world.cx, id_of(whom));
    match random.random_range(0..9) {
        0..=2 => settled(relationship::follow(cx, who, whom, &FollowChoices::default()).await),
        3 => settled(relationship::unfollow(cx, who, whom).await),
        4 => settled(relationship::accept_request(cx, who, whom).await),
        5 => settled(relationship::reject_request(cx, who, whom).await),
        6 => settled(relationship::remove_follower(cx, who, whom).await),
        7 => settled(relationship::block(cx, who, whom).await),
        _ => settled(relationship::unblock(cx, who, whom).await),
    }
}

async fn write(world: &World, random: &mut StdRng, who: &Authority, target: Option<PostId>) -> Option<PostId> {
    let cx = &world.cx;
    let text = ["a #gull", "a #tern and a #gull", "@ada look", "nothing"].choose(random).expect("there are some");
    match (random.random_range(0..5), target) {
        (0 | 1, _) | (_, None) => {
            let in_reply_to = target.filter(|_| random.random_bool(0.5));
            let idempotency_key = random.random_bool(0.5).then(|| random.random_range(0..1_000).to_string());
            match post::create(cx, who, &NewPost { in_reply_to, idempotency_key, ..plain(text) }).await {
                Ok(view) => return Some(view.post.id),
                outcome => settled(outcome),
            }
        }
        (2 | 3, Some(id)) => {
            let edited = Edited {
                text: (*text).to_owned(),
                spoiler_text: String::new(),
                sensitive: random.random(),
                language: None,
            };
            settled(post::edit(cx, who, id, &edited).await);
        }
        (_, Some(id)) => settled(post::delete(cx, who, id).await),
    }
    None
}

/// Somebody does something. The post that they wrote, if they wrote one.
async fn act(world: &World, seed: u64, members: &[Authority], posts: &[PostId]) -> Option<PostId> {
    let mut random = StdRng::seed_from_u64(seed);
    let (who, whom) = (members.choose(&mut random)?, members.choose(&mut random)?);
    let target = posts.choose(&mut random).copied();
    match (random.random_range(0..3), target) {
        (0, Some(id)) => mark_or_boost(world, &mut random, who, id).await,
        (1, _) => relate(world, &mut random, who, whom).await,
        _ => return write(world, &mut random, who, target).await,
    }
    None
}

#[tokio::test]
async fn whatever_stops_or_comes_twice_or_at_once_the_rows_fit() {
    for seed in 0..SEEDS {
        let world = World::seeded(seed).await;
        let members = [world.member("ada").await, world.locked_member("ben").await, world.member("eve").await];
        let mut random = StdRng::seed_from_u64(seed);
        let mut posts = Vec::new();
        world.faults.set_faults(FAULTS);
        for _ in 0..STEPS {
            world.clock.advance_millis(random.random_range(0..300));
            let (one, other) = (random.random(), random.random());
            let both = tokio::join!(act(&world, one, &members, &posts), act(&world, other, &members, &posts));
            posts.extend([both.0, both.1].into_iter().flatten());
        }
        world.faults.set_faults(Faults::NONE);
        world.faults.settle().await.expect("the model answers");
        println!("after seed {seed}:");
        check_sound(&world).await;
    }
}
