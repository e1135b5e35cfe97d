//! Notifications, as people get them.

use kw_domain::id::{NotificationId, PostId};
use kw_domain::notification::Kind;
use kw_domain::post::Visibility;
use kw_domain::refusal::Refusal;
use kw_domain::time::Millis;

use super::*;
use crate::authority::Authority;
use crate::buckets::{End, Window};
use crate::families::SETTINGS;
use crate::key::Only;
use crate::marker::{Timeline, save};
use crate::operation::Before;
use crate::post::{boost, delete, edit, favourite, unboost, unfavourite};
use crate::relationship::{FollowChoices, MuteChoices, accept_request, block, follow, mute, unfollow};
use crate::rows::SettingsRow;
use crate::world::{World, id_of, refusal};

const GROUPED: [Kind; 3] = [Kind::Favourite, Kind::Reblog, Kind::Follow];

async fn told(world: &World, member: &Authority) -> Vec<(Kind, String)> {
    let page = list(&world.cx, member, &NotificationFilter::default(), &Window::newest(40)).await.expect("it succeeds");
    page.items.into_iter().map(|view| (view.kind, view.account.account.handle.clone())).collect()
}

async fn watch(world: &World, reader: &Authority, author: &Authority) {
    let choices = FollowChoices { notify: Some(true), ..FollowChoices::default() };
    follow(&world.cx, reader, id_of(author), &choices).await.expect("it succeeds");
}

#[tokio::test]
async fn what_others_do_is_told_once_and_untold_when_it_is_taken_back() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let post = world.post(&ada, "hello @ada").await.post.id;
    assert!(told(&world, &ada).await.is_empty());
    for _ in 0..2 {
        favourite(&world.cx, &ben, post).await.expect("it succeeds");
        boost(&world.cx, &ben, post, None).await.expect("it succeeds");
        follow(&world.cx, &ben, id_of(&ada), &FollowChoices::default()).await.expect("it succeeds");
        world.clock.advance_millis(1_000);
    }
    let ben_did = |kind| (kind, "ben".to_owned());
    let mut kinds = told(&world, &ada).await;
    kinds.sort();
    assert_eq!(kinds, [ben_did(Kind::Reblog), ben_did(Kind::Follow), ben_did(Kind::Favourite)]);

    unfavourite(&world.cx, &ben, post).await.expect("it succeeds");
    unboost(&world.cx, &ben, post).await.expect("it succeeds");
    unfollow(&world.cx, &ben, id_of(&ada)).await.expect("it succeeds");
    assert!(told(&world, &ada).await.is_empty());
}

#[tokio::test]
async fn a_mention_is_told_and_goes_with_its_post() {
    let world = World::new().await;
    let (ada, ben, eve) = (world.member("ada").await, world.member("ben").await, world.member("eve").await);
    let post = world.post(&ben, "hello @Ada and @ada@kittiwake.example").await.post.id;
    assert_eq!(told(&world, &ada).await, [(Kind::Mention, "ben".to_owned())]);

    let edited = crate::post::Edited {
        text: "hello @ada and @eve".to_owned(),
        spoiler_text: String::new(),
        sensitive: false,
        language: None,
    };
    edit(&world.cx, &ben, post, &edited).await.expect("it succeeds");
    assert_eq!(told(&world, &ada).await.len(), 1);
    assert_eq!(told(&world, &eve).await.len(), 1);
    delete(&world.cx, &ben, post).await.expect("it succeeds");
    assert!(told(&world, &ada).await.is_empty() && told(&world, &eve).await.is_empty());
}

#[tokio::test]
async fn a_request_becomes_a_follow_when_it_is_accepted() {
    let world = World::new().await;
    let (ada, ben) = (world.locked_member("ada").await, world.member("ben").await);
    follow(&world.cx, &ben, id_of(&ada), &FollowChoices::default()).await.expect("it succeeds");
    assert_eq!(told(&world, &ada).await, [(Kind::FollowRequest, "ben".to_owned())]);
    accept_request(&world.cx, &ada, id_of(&ben)).await.expect("it succeeds");
    assert_eq!(told(&world, &ada).await, [(Kind::Follow, "ben".to_owned())]);
}

#[tokio::test]
async fn nobody_is_told_of_those_they_block_or_mute_before_or_after() {
    let world = World::new().await;
    let (ada, ben, eve) = (world.member("ada").await, world.member("ben").await, world.member("eve").await);
    let post = world.post(&ada, "hello").await.post.id;
    favourite(&world.cx, &ben, post).await.expect("it succeeds");
    favourite(&world.cx, &eve, post).await.expect("it succeeds");
    let choices = MuteChoices { notifications: true, duration_ms: Some(Millis::HOUR) };
    mute(&world.cx, &ada, id_of(&ben), choices).await.expect("it succeeds");
    block(&world.cx, &ada, id_of(&eve)).await.expect("it succeeds");
    assert!(told(&world, &ada).await.is_empty());

    boost(&world.cx, &ben, post, None).await.expect("it succeeds");
    assert!(told(&world, &ada).await.is_empty());
    world.clock.advance_millis(Millis::HOUR);
    assert_eq!(told(&world, &ada).await, [(Kind::Favourite, "ben".to_owned())]);
}

#[tokio::test]
async fn a_muted_conversation_notifies_no_more() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let post = world.post(&ada, "hello").await.post.id;
    crate::post::mute(&world.cx, &ada, post).await.expect("it succeeds");
    world.reply(&ben, post, "@ada hello").await;
    assert!(told(&world, &ada).await.is_empty());
}

#[tokio::test]
async fn the_policy_keeps_strangers_apart_or_drops_them() {
    let world = World::new().await;
    let (ada, ben, eve) = (world.member("ada").await, world.member("ben").await, world.member("eve").await);
    follow(&world.cx, &ada, id_of(&ben), &FollowChoices::default()).await.expect("it succeeds");
    let post = world.post(&ada, "hello").await.post.id;
    set_policy(&world, &ada, ["filter", "accept", "accept", "drop", "accept"]).await;
    favourite(&world.cx, &ben, post).await.expect("it succeeds");
    favourite(&world.cx, &eve, post).await.expect("it succeeds");
    world.post_as(&eve, "@ada psst", Visibility::Direct).await;

    assert_eq!(told(&world, &ada).await, [(Kind::Favourite, "ben".to_owned())]);
    let among = NotificationFilter { kept: Kept::Among, ..NotificationFilter::default() };
    let all = list(&world.cx, &ada, &among, &Window::newest(40)).await.expect("it succeeds");
    assert_eq!(all.items.len(), 2);
    set_policy(&world, &ada, ["accept"; 5]).await;
    assert_eq!(told(&world, &ada).await.len(), 2);
}

async fn set_policy(world: &World, member: &Authority, words: [&str; 5]) {
    let id = id_of(member);
    let before = world.cx.find(&SETTINGS, &id, &Only).await.expect("it succeeds");
    let row = SettingsRow {
        visibility: "public".to_owned(),
        sensitive: false,
        language: None,
        locale: String::new(),
        zone: String::new(),
        policy: words.map(str::to_owned).to_vec(),
    };
    let mut draft = world.cx.draft(member);
    draft.decide(&SETTINGS, (&id, &Only), Before::of(before.as_ref()), &row);
    world.cx.perform(draft).await.expect("it succeeds");
}

#[tokio::test]
async fn posts_of_those_one_asked_to_hear_of_are_told_from_then_on() {
    let world = World::new().await;
    let (ada, ben, eve) = (world.member("ada").await, world.member("ben").await, world.member("eve").await);
    let root = world.post(&eve, "before").await.post.id;
    world.post(&ben, "before").await;
    world.clock.advance_millis(1_000);
    watch(&world, &ada, &ben).await;
    let post = world.post(&ben, "after").await.post.id;
    world.reply(&ben, root, "an answer to another").await;
    boost(&world.cx, &ben, root, None).await.expect("it succeeds");
    world.post_as(&ben, "psst", Visibility::Direct).await;
    let private = world.post_as(&ben, "for followers", Visibility::Private).await.post.id;

    let page = list(&world.cx, &ada, &NotificationFilter::default(), &Window::newest(40)).await.expect("it succeeds");
    let posts: Vec<PostId> = page.items.iter().filter_map(|view| Some(view.post.as_ref()?.post.id)).collect();
    assert_eq!(posts, [private, post]);
    assert!(page.items.iter().all(|view| view.kind == Kind::Status));
    let one = find(&world.cx, &ada, page.items[1].id).await.expect("it succeeds");
    assert_eq!(one, page.items[1]);
    dismiss(&world.cx, &ada, page.items[0].id).await.expect("it succeeds");
    assert_eq!(told(&world, &ada).await.len(), 1);
}

#[tokio::test]
async fn pages_join_without_holes_in_both_directions() {
    let world = World::new().await;
    let (ada, ben, eve) = (world.member("ada").await, world.member("ben").await, world.member("eve").await);
    watch(&world, &ada, &ben).await;
    for number in 0..7 {
        world.post(&ben, &format!("post {number}")).await;
        world.post(&eve, "@ada hello").await;
        world.post(&eve, "nothing").await;
    }
    let filter = NotificationFilter::default();
    let all: Vec<u64> = ids(&list(&world.cx, &ada, &filter, &Window::newest(80)).await.expect("it succeeds").items);
    assert_eq!(all.len(), 14);
    let (mut down, mut below) = (Vec::new(), None);
    loop {
        let page = list(&world.cx, &ada, &filter, &Window { below, ..Window::newest(4) }).await.expect("it succeeds");
        down.extend(ids(&page.items));
        below = page.older;
        if below.is_none() {
            break;
        }
    }
    assert_eq!(down, all);
    let (mut up, mut above) = (Vec::new(), Some(0));
    loop {
        let window = Window { above, from: End::Oldest, ..Window::newest(4) };
        let page = list(&world.cx, &ada, &filter, &window).await.expect("it succeeds");
        if page.items.is_empty() {
            break;
        }
        up.extend(ids(&page.items).into_iter().rev());
        above = page.newer;
    }
    up.reverse();
    assert_eq!(up, all);
}

fn ids(views: &[NotificationView]) -> Vec<u64> {
    views.iter().map(|view| view.id.0).collect()
}

#[tokio::test]
async fn the_same_done_by_many_is_one_group() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let post = world.post(&ada, "hello").await.post.id;
    for number in 0..10 {
        let fan = world.member(&format!("fan{number}")).await;
        favourite(&world.cx, &fan, post).await.expect("it succeeds");
        follow(&world.cx, &fan, id_of(&ada), &FollowChoices::default()).await.expect("it succeeds");
        world.clock.advance_millis(1_000);
    }
    let ben = world.member("ben").await;
    world.post(&ben, "@ada hello").await;
    let filter = NotificationFilter::default();

    let page = list_groups(&world.cx, &ada, &filter, &GROUPED, &Window::newest(40)).await.expect("it succeeds");
    let kinds: Vec<_> = page.items.iter().map(|group| (group.kind, group.count)).collect();
    assert_eq!(kinds, [(Kind::Mention, 1), (Kind::Follow, 10), (Kind::Favourite, 10)]);
    let favourites = &page.items[2];
    assert_eq!((favourites.accounts.len(), favourites.accounts[0].account.handle.as_str()), (8, "fan9"));
    assert!(page.items.iter().all(|group| !group.key.contains('/') && group.newest >= group.oldest));

    assert_eq!(find_group(&world.cx, &ada, &favourites.key).await.expect("it succeeds"), *favourites);
    assert_eq!(list_group_accounts(&world.cx, &ada, &favourites.key).await.expect("it succeeds").len(), 10);
    let single = find_group(&world.cx, &ada, &page.items[0].key).await.expect("it succeeds");
    assert_eq!(single.kind, Kind::Mention);
    dismiss_group(&world.cx, &ada, &favourites.key).await.expect("it succeeds");
    assert_eq!(refusal(find_group(&world.cx, &ada, &favourites.key).await), "missing");
    let apart = list_groups(&world.cx, &ada, &filter, &[], &Window::newest(5)).await.expect("it succeeds");
    assert_eq!(apart.items.len(), 5);
    let rest = Window { below: apart.older, ..Window::newest(40) };
    assert_eq!(list_groups(&world.cx, &ada, &filter, &[], &rest).await.expect("it succeeds").items.len(), 6);
}

#[tokio::test]
async fn the_unread_are_those_above_the_marker() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    for _ in 0..3 {
        world.post(&ben, "@ada hello").await;
    }
    let filter = NotificationFilter::default();
    assert_eq!(count_unread(&world.cx, &ada, &filter, 100).await.expect("it succeeds"), 3);
    assert_eq!(count_unread(&world.cx, &ada, &filter, 2).await.expect("it succeeds"), 2);
    let page = list(&world.cx, &ada, &filter, &Window::newest(40)).await.expect("it succeeds");
    save(&world.cx, &ada, &[(Timeline::Notifications, page.items[1].id.0)].into()).await.expect("it succeeds");
    assert_eq!(count_unread(&world.cx, &ada, &filter, 100).await.expect("it succeeds"), 1);
    assert_eq!(count_unread_groups(&world.cx, &ada, &filter, &GROUPED, 100).await.expect("it succeeds"), 1);
}

#[tokio::test]
async fn what_was_dismissed_or_cleared_stays_away() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    for _ in 0..3 {
        world.post(&ben, "@ada hello").await;
    }
    let page = list(&world.cx, &ada, &NotificationFilter::default(), &Window::newest(40)).await.expect("it succeeds");
    dismiss(&world.cx, &ada, page.items[1].id).await.expect("it succeeds");
    assert_eq!(told(&world, &ada).await.len(), 2);
    assert_eq!(refusal(dismiss(&world.cx, &ada, page.items[1].id).await), "missing");
    assert_eq!(refusal(find(&world.cx, &ada, page.items[1].id).await), Refusal::missing().code);
    assert_eq!(refusal(dismiss(&world.cx, &ben, page.items[0].id).await), "missing");
    clear(&world.cx, &ada).await.expect("it succeeds");
    assert!(told(&world, &ada).await.is_empty());
    world.post(&ben, "@ada again").await;
    assert_eq!(told(&world, &ada).await.len(), 1);
    assert_eq!(refusal(find(&world.cx, &ada, NotificationId(7)).await), "missing");
}

#[tokio::test]
async fn kinds_and_causes_are_filtered() {
    let world = World::new().await;
    let (ada, ben, eve) = (world.member("ada").await, world.member("ben").await, world.member("eve").await);
    world.post(&ben, "@ada hello").await;
    follow(&world.cx, &eve, id_of(&ada), &FollowChoices::default()).await.expect("it succeeds");
    let told = async |filter: NotificationFilter| {
        let page = list(&world.cx, &ada, &filter, &Window::newest(40)).await.expect("it succeeds");
        page.items.iter().map(|view| view.kind).collect::<Vec<_>>()
    };
    let none = NotificationFilter::default();
    assert_eq!(told(NotificationFilter { kinds: Some(vec![Kind::Follow]), ..none.clone() }).await, [Kind::Follow]);
    assert_eq!(told(NotificationFilter { without: vec![Kind::Follow], ..none.clone() }).await, [Kind::Mention]);
    assert_eq!(told(NotificationFilter { from: Some(id_of(&eve)), ..none }).await, [Kind::Follow]);
}
