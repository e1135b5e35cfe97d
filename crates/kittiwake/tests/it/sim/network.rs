//! Thousands of random sequences of what people do, each compared with the naive model: homes, profiles, threads,
//! notifications and counts.

use kw_domain::account::Reach;
use kw_domain::id::{AccountId, PostId};
use kw_domain::post::Visibility;
use kw_domain::time::Millis;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::checks::{check_counts, check_notifications, check_reader};
use super::model::Way;
use super::town::{Call, Town};

/// People in a sequence.
const MEMBERS: usize = 5;
/// Sequences. Each has its own store.
const SEQUENCES: u32 = 2_000;

/// Something somebody does; numbers are taken modulo what there is.
#[derive(Debug, Clone)]
struct Step {
    who: usize,
    call: Kind,
    target: usize,
    variant: u8,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Post,
    Reply,
    Boost,
    Unboost,
    Favourite,
    Unfavourite,
    Edit,
    Delete,
    Follow,
    Unfollow,
    Block,
    Unblock,
    Mute,
    Unmute,
    Standing,
    Wait,
    /// Looks at everything in the middle, so that it is kept in memory, and has to be right again afterwards.
    Look,
}

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![
        6 => Just(Kind::Post), 4 => Just(Kind::Reply), 5 => Just(Kind::Boost), 1 => Just(Kind::Unboost),
        2 => Just(Kind::Favourite), 1 => Just(Kind::Unfavourite), 1 => Just(Kind::Edit), 2 => Just(Kind::Delete),
        5 => Just(Kind::Follow), 1 => Just(Kind::Unfollow), 1 => Just(Kind::Block), 1 => Just(Kind::Unblock),
        1 => Just(Kind::Mute), 1 => Just(Kind::Unmute), 1 => Just(Kind::Standing), 1 => Just(Kind::Wait), 3 => Just(Kind::Look),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    (0..MEMBERS, kind(), any::<usize>(), any::<u8>()).prop_map(|(who, call, target, variant)| Step {
        who,
        call,
        target,
        variant,
    })
}

#[test]
fn what_people_see_equals_the_model_after_random_sequences() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime starts");
    let config = Config { cases: SEQUENCES, max_shrink_iters: 2_000, ..Config::default() };
    let outcome = TestRunner::new(config).run(&prop::collection::vec(step(), 1..60), |steps| {
        runtime.block_on(play(&steps));
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

async fn play(steps: &[Step]) {
    let mut town = Town::new(MEMBERS).await;
    for step in steps {
        // Time passes between any two things, so that ids follow the order in which things were done.
        town.wait_ms(2);
        if matches!(step.call, Kind::Look) {
            let members = town.members();
            check_counts(&town.cx, &town.model, &members).await;
            check_reader(&town.cx, &town.model, members[step.who], &members).await;
        } else if let Some(call) = call_of(&town, step) {
            town.make(step.who, &call).await;
        }
    }
    let members = town.members();
    check_counts(&town.cx, &town.model, &members).await;
    for reader in &members {
        check_reader(&town.cx, &town.model, *reader, &members).await;
        check_notifications(&town.cx, &town.model, *reader, town.authority_of(*reader)).await;
    }
}

/// The call that a step stands for in this town; none when there is nothing to do it to.
fn call_of(town: &Town, step: &Step) -> Option<Call> {
    let me = town.members()[step.who];
    let other = town.members()[step.target % MEMBERS];
    let a_post = || pick(&posts_seen_by(town, me), step.target);
    Some(match step.call {
        Kind::Post => Call::Post { visibility: visibility_of(step.variant), mention: mentioned(other, step.variant) },
        Kind::Reply => Call::Reply { to: a_post()?, visibility: visibility_of(step.variant) },
        Kind::Boost => Call::Boost(pick(&boostable(town, me), step.target)?, reach_of_boost(step.variant)),
        Kind::Unboost => Call::Unboost(a_post()?),
        Kind::Favourite => Call::Favourite(a_post()?),
        Kind::Unfavourite => Call::Unfavourite(a_post()?),
        Kind::Edit => Call::Edit(pick(&own_posts(town, me), step.target)?),
        Kind::Delete => Call::Delete(pick(&own_posts(town, me), step.target)?),
        Kind::Standing => Call::Standing(other, reach_of(town, step.variant)),
        Kind::Wait => Call::Wait(u64::from(step.variant) * 1_000),
        Kind::Look => return None,
        _ if other == me => return None,
        Kind::Follow => Call::Follow(other),
        Kind::Unfollow => Call::Unfollow(other),
        Kind::Block => Call::Block(other),
        Kind::Unblock => Call::Unblock(other),
        Kind::Mute => Call::Mute(other, step.variant.is_multiple_of(2).then(|| u64::from(step.variant) * 500 + 500)),
        Kind::Unmute => Call::Unmute(other),
    })
}

fn pick(ids: &[PostId], at: usize) -> Option<PostId> {
    ids.get(at.checked_rem(ids.len())?).copied()
}

fn posts_seen_by(town: &Town, me: AccountId) -> Vec<PostId> {
    let posts = town
        .model
        .posts
        .iter()
        .filter(|(id, post)| post.boost_of.is_none() && town.model.may_see(me, **id, Way::Direct));
    posts.map(|(id, _)| *id).collect()
}

fn boostable(town: &Town, me: AccountId) -> Vec<PostId> {
    let is_boostable = |id: &PostId| {
        let post = &town.model.posts[id];
        matches!(post.visibility, Visibility::Public | Visibility::Unlisted)
            || post.visibility == Visibility::Private && post.author == me
    };
    posts_seen_by(town, me).into_iter().filter(is_boostable).collect()
}

fn own_posts(town: &Town, me: AccountId) -> Vec<PostId> {
    let own = town.model.posts.iter().filter(|(_, post)| post.author == me && post.boost_of.is_none());
    own.map(|(id, _)| *id).collect()
}

fn visibility_of(variant: u8) -> Visibility {
    match variant % 8 {
        0..=3 => Visibility::Public,
        4 => Visibility::Unlisted,
        5 | 6 => Visibility::Private,
        _ => Visibility::Direct,
    }
}

fn reach_of_boost(variant: u8) -> Visibility {
    match variant % 4 {
        0 | 1 => Visibility::Public,
        2 => Visibility::Unlisted,
        _ => Visibility::Private,
    }
}

fn mentioned(other: AccountId, variant: u8) -> Option<AccountId> {
    variant.is_multiple_of(3).then_some(other)
}

fn reach_of(town: &Town, variant: u8) -> Reach {
    let until = variant.is_multiple_of(2).then(|| Millis(town.model.now.0 + u64::from(variant) * 700 + 700));
    match variant % 5 {
        0 => Reach::Clear,
        1 | 2 => Reach::Limited { until },
        _ => Reach::Unavailable { until },
    }
}
