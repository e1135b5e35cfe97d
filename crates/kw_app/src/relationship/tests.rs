//! Relationships, as people live them.

use kw_domain::time::Millis;
use kw_domain::visibility::Surface;

use super::*;
use crate::buckets::Window;
use crate::families::{FOLLOWERS, FOLLOWING, REQUESTS};
use crate::relationship::load::load_relationship;
use crate::view::account::load_accounts;
use crate::view::{AccountView, Page};
use crate::viewer::Viewer;
use crate::world::{World, id_of, refusal};

#[tokio::test]
async fn following_twice_counts_once_and_changes_the_choices() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);

    let view = follow(&world.cx, &ben, id_of(&ada), &FollowChoices::default()).await.expect("it succeeds");
    assert!(view.following && view.showing_reblogs && !view.notifying && view.languages.is_none());
    let choices = FollowChoices {
        boosts: Some(false),
        notify: Some(true),
        languages: Some(vec!["fr-CA".to_owned(), "en".to_owned(), "??".to_owned()]),
    };
    let view = follow(&world.cx, &ben, id_of(&ada), &choices).await.expect("it succeeds");

    assert!(!view.showing_reblogs && view.notifying);
    assert_eq!(view.languages, Some(vec!["en".to_owned(), "fr".to_owned()]));
    assert_eq!(FOLLOWERS.total(&world.cx, id_of(&ada)).await.expect("it succeeds"), 1);
    assert_eq!(world.cx.count(&FOLLOWING, &id_of(&ben)).await.expect("it succeeds"), 1);
    assert!(load_relationship(&world.cx, id_of(&ada), id_of(&ben)).await.expect("it succeeds").followed_by);
    assert!(!unfollow(&world.cx, &ben, id_of(&ada)).await.expect("it succeeds").following);
    assert_eq!(FOLLOWERS.total(&world.cx, id_of(&ada)).await.expect("it succeeds"), 0);
}

#[tokio::test]
async fn two_follows_at_once_count_once() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let choices = FollowChoices::default();

    let both =
        tokio::join!(follow(&world.cx, &ben, id_of(&ada), &choices), follow(&world.cx, &ben, id_of(&ada), &choices));

    assert!(both.0.expect("it succeeds").following && both.1.expect("it succeeds").following);
    assert_eq!(FOLLOWERS.total(&world.cx, id_of(&ada)).await.expect("it succeeds"), 1);
}

#[tokio::test]
async fn a_request_is_accepted_with_the_choices_it_was_made_with() {
    let world = World::new().await;
    let (ada, ben) = (world.locked_member("ada").await, world.member("ben").await);
    let choices = FollowChoices { notify: Some(true), ..FollowChoices::default() };

    let view = follow(&world.cx, &ben, id_of(&ada), &FollowChoices::default()).await.expect("it succeeds");
    assert!(view.requested && !view.following);
    follow(&world.cx, &ben, id_of(&ada), &choices).await.expect("it succeeds");
    assert_eq!(count_requests(&world.cx, &ada).await.expect("it succeeds"), 1);
    let waiting = list_requests(&world.cx, &ada, &Window::newest(40)).await.expect("it succeeds");
    assert_eq!(waiting.items[0].account.handle, "ben");
    let view = accept_request(&world.cx, &ada, id_of(&ben)).await.expect("it succeeds");
    assert!(view.followed_by && !view.requested_by);

    let view = load_relationship(&world.cx, id_of(&ben), id_of(&ada)).await.expect("it succeeds");
    assert!(view.following && view.notifying && !view.requested);
    assert_eq!(count_requests(&world.cx, &ada).await.expect("it succeeds"), 0);
    assert_eq!(refusal(accept_request(&world.cx, &ada, id_of(&ben)).await), "missing");
}

#[tokio::test]
async fn unfollowing_while_asked_takes_the_request_back() {
    let world = World::new().await;
    let (ada, ben) = (world.locked_member("ada").await, world.member("ben").await);
    follow(&world.cx, &ben, id_of(&ada), &FollowChoices::default()).await.expect("it succeeds");

    let view = unfollow(&world.cx, &ben, id_of(&ada)).await.expect("it succeeds");

    assert!(!view.requested && !view.following);
    assert!(world.all(&REQUESTS).await.is_empty());
    assert_eq!(refusal(accept_request(&world.cx, &ada, id_of(&ben)).await), "missing");
}

#[tokio::test]
async fn accepting_and_taking_back_at_once_leave_no_half_follow() {
    for seed in 0..20 {
        let world = World::seeded(seed).await;
        let (ada, ben) = (world.locked_member("ada").await, world.member("ben").await);
        follow(&world.cx, &ben, id_of(&ada), &FollowChoices::default()).await.expect("it succeeds");

        let (_accepted, taken_back) =
            tokio::join!(accept_request(&world.cx, &ada, id_of(&ben)), unfollow(&world.cx, &ben, id_of(&ada)));

        assert!(!taken_back.expect("it succeeds").requested);
        let (following, followers) = (world.all(&FOLLOWING).await.len(), world.all(&FOLLOWERS.rows).await.len());
        assert_eq!((following, followers), (0, 0));
        assert!(world.all(&REQUESTS).await.is_empty());
    }
}

#[tokio::test]
async fn a_rejected_request_is_gone_and_can_be_made_again() {
    let world = World::new().await;
    let (ada, ben) = (world.locked_member("ada").await, world.member("ben").await);
    follow(&world.cx, &ben, id_of(&ada), &FollowChoices::default()).await.expect("it succeeds");

    reject_request(&world.cx, &ada, id_of(&ben)).await.expect("it succeeds");

    let view = load_relationship(&world.cx, id_of(&ben), id_of(&ada)).await.expect("it succeeds");
    assert!(!view.requested && !view.following);
    assert!(follow(&world.cx, &ben, id_of(&ada), &FollowChoices::default()).await.expect("it succeeds").requested);
}

#[tokio::test]
async fn a_block_ends_follows_and_requests_both_ways() {
    let world = World::new().await;
    let (ada, ben) = (world.locked_member("ada").await, world.member("ben").await);
    follow(&world.cx, &ada, id_of(&ben), &FollowChoices::default()).await.expect("it succeeds");
    follow(&world.cx, &ben, id_of(&ada), &FollowChoices::default()).await.expect("it succeeds");

    let view = block(&world.cx, &ada, id_of(&ben)).await.expect("it succeeds");

    assert!(view.blocking && !view.following && !view.requested_by);
    let view = load_relationship(&world.cx, id_of(&ben), id_of(&ada)).await.expect("it succeeds");
    assert!(view.blocked_by && !view.requested && !view.followed_by);
    assert_eq!(FOLLOWERS.total(&world.cx, id_of(&ben)).await.expect("it succeeds"), 0);
    assert!(world.all(&REQUESTS).await.is_empty() && world.all(&FOLLOWING).await.is_empty());
    assert_eq!(refusal(follow(&world.cx, &ben, id_of(&ada), &FollowChoices::default()).await), "forbidden");
    assert_eq!(refusal(follow(&world.cx, &ada, id_of(&ben), &FollowChoices::default()).await), "forbidden");
    assert_eq!(list_blocks(&world.cx, &ada, &Window::newest(40)).await.expect("it succeeds").items.len(), 1);
    assert!(!unblock(&world.cx, &ada, id_of(&ben)).await.expect("it succeeds").blocking);
}

#[tokio::test]
async fn a_block_and_a_follow_at_once_leave_no_follow() {
    for seed in 0..20 {
        let world = World::seeded(seed).await;
        let (ada, ben) = (world.member("ada").await, world.member("ben").await);
        let choices = FollowChoices::default();

        let (blocked, _followed) =
            tokio::join!(block(&world.cx, &ada, id_of(&ben)), follow(&world.cx, &ben, id_of(&ada), &choices));

        assert!(blocked.expect("it succeeds").blocking);
        assert!(world.all(&FOLLOWING).await.is_empty() && world.all(&FOLLOWERS.rows).await.is_empty());
    }
}

#[tokio::test]
async fn a_removed_follower_follows_no_more_and_may_come_back() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    follow(&world.cx, &ben, id_of(&ada), &FollowChoices::default()).await.expect("it succeeds");

    assert!(!remove_follower(&world.cx, &ada, id_of(&ben)).await.expect("it succeeds").followed_by);

    assert!(!world.viewer(&ben).await.graph.follows.contains_key(&id_of(&ada)));
    assert_eq!(FOLLOWERS.total(&world.cx, id_of(&ada)).await.expect("it succeeds"), 0);
    assert!(follow(&world.cx, &ben, id_of(&ada), &FollowChoices::default()).await.expect("it succeeds").following);
}

#[tokio::test]
async fn a_mute_ends_by_itself() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let choices = MuteChoices { notifications: true, duration_ms: Some(Millis::HOUR) };

    let view = mute(&world.cx, &ada, id_of(&ben), choices).await.expect("it succeeds");
    assert!(view.muting && view.muting_notifications);
    let muted = list_mutes(&world.cx, &ada, &Window::newest(40)).await.expect("it succeeds").items;
    assert_eq!(muted[0].until, view.muting_expires_at);
    world.clock.advance_millis(Millis::HOUR);

    let view = load_relationship(&world.cx, id_of(&ada), id_of(&ben)).await.expect("it succeeds");
    assert!(!view.muting && !view.muting_notifications);
    assert!(list_mutes(&world.cx, &ada, &Window::newest(40)).await.expect("it succeeds").items.is_empty());
    let forever = MuteChoices { notifications: false, duration_ms: None };
    let view = mute(&world.cx, &ada, id_of(&ben), forever).await.expect("it succeeds");
    assert!(view.muting && !view.muting_notifications && view.muting_expires_at.is_none());
    assert!(!unmute(&world.cx, &ada, id_of(&ben)).await.expect("it succeeds").muting);
}

#[tokio::test]
async fn a_note_is_kept_until_it_is_emptied() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    assert_eq!(note(&world.cx, &ada, id_of(&ben), "met in Brest").await.expect("it succeeds").note, "met in Brest");
    assert_eq!(note(&world.cx, &ada, id_of(&ben), &"x".repeat(2_000)).await.expect("it succeeds").note.len(), 2_000);
    assert_eq!(refusal(note(&world.cx, &ada, id_of(&ben), &"x".repeat(2_001)).await), "too_long");
    assert_eq!(note(&world.cx, &ada, id_of(&ben), "").await.expect("it succeeds").note, "");
}

#[tokio::test]
async fn nobody_follows_blocks_or_mutes_themselves() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let choices = MuteChoices { notifications: true, duration_ms: None };
    assert_eq!(refusal(follow(&world.cx, &ada, id_of(&ada), &FollowChoices::default()).await), "forbidden");
    assert_eq!(refusal(block(&world.cx, &ada, id_of(&ada)).await), "forbidden");
    assert_eq!(refusal(mute(&world.cx, &ada, id_of(&ada), choices).await), "forbidden");
    let nobody = kw_domain::id::AccountId(7);
    assert_eq!(refusal(follow(&world.cx, &ada, nobody, &FollowChoices::default()).await), "missing");
    assert!(load_relationships(&world.cx, &world.viewer(&ada).await, &[nobody]).await.expect("it succeeds").is_empty());
}

#[tokio::test]
async fn followers_page_by_the_follows_ids_newest_first() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let mut fans = Vec::new();
    for number in 0..5 {
        let fan = world.member(&format!("fan{number}")).await;
        follow(&world.cx, &fan, id_of(&ada), &FollowChoices::default()).await.expect("it succeeds");
        follow(&world.cx, &ada, id_of(&fan), &FollowChoices::default()).await.expect("it succeeds");
        fans.push(fan);
    }
    let visitor = Viewer::visitor();
    let handles =
        |page: &Page<AccountView>| -> Vec<String> { page.items.iter().map(|it| it.account.handle.clone()).collect() };
    let newest = Window::newest(3);
    let first = list_followers(&world.cx, &visitor, id_of(&ada), &newest).await.expect("it succeeds");
    let rest = Window { below: first.older, ..newest.clone() };
    let second = list_followers(&world.cx, &visitor, id_of(&ada), &rest).await.expect("it succeeds");
    assert_eq!([handles(&first), handles(&second)].concat(), ["fan4", "fan3", "fan2", "fan1", "fan0"]);
    assert_eq!(second.older, None);
    let first = list_following(&world.cx, &visitor, id_of(&ada), &newest).await.expect("it succeeds");
    let rest = Window { below: first.older, ..newest };
    let second = list_following(&world.cx, &visitor, id_of(&ada), &rest).await.expect("it succeeds");
    assert_eq!([handles(&first), handles(&second)].concat(), ["fan4", "fan3", "fan2", "fan1", "fan0"]);
    assert_eq!(second.older, None);
    let known =
        list_familiar_followers(&world.cx, &world.viewer(&ada).await, id_of(&fans[0])).await.expect("it succeeds");
    assert!(known.is_empty());
    follow(&world.cx, &fans[1], id_of(&fans[0]), &FollowChoices::default()).await.expect("it succeeds");
    let known =
        list_familiar_followers(&world.cx, &world.viewer(&ada).await, id_of(&fans[0])).await.expect("it succeeds");
    assert_eq!(known[0].account.handle, "fan1");
}

#[tokio::test]
async fn blocked_domains_are_folded_and_listed_newest_first() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    block_domain(&world.cx, &ada, "Gulls.example").await.expect("it succeeds");
    block_domain(&world.cx, &ada, "gulls.example").await.expect("it succeeds");
    block_domain(&world.cx, &ada, "terns.example").await.expect("it succeeds");
    let listed = list_domain_blocks(&world.cx, &ada, &Window::newest(100)).await.expect("it succeeds").items;
    assert_eq!(listed, ["terns.example", "gulls.example"]);
    unblock_domain(&world.cx, &ada, "TERNS.example").await.expect("it succeeds");
    assert_eq!(list_domain_blocks(&world.cx, &ada, &Window::newest(100)).await.expect("it succeeds").items.len(), 1);
    assert_eq!(refusal(block_domain(&world.cx, &ada, "not a domain").await), "domain");
}

#[tokio::test]
async fn counts_on_profiles_follow_the_rows() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    follow(&world.cx, &ben, id_of(&ada), &FollowChoices::default()).await.expect("it succeeds");
    let ids = [id_of(&ada), id_of(&ben)];
    let views = load_accounts(&world.cx, &Viewer::visitor(), &ids, Surface::Direct).await.expect("it succeeds");
    assert_eq!((views[0].counts.followers, views[1].counts.following), (1, 1));
    block(&world.cx, &ben, id_of(&ada)).await.expect("it succeeds");
    let views = load_accounts(&world.cx, &Viewer::visitor(), &ids, Surface::Direct).await.expect("it succeeds");
    assert_eq!((views[0].counts.followers, views[1].counts.following), (0, 0));
}
