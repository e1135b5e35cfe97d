//! Posts and marks, as people use them.

use kw_domain::id::PostId;
use kw_domain::post::Visibility;

use super::*;
use crate::buckets::Window;
use crate::families::{EDIT, LOCAL, OUTBOX, POST, TAG};
use crate::key::Only;
use crate::relationship::{FollowChoices, follow};
use crate::timeline::{Listing, ProfileFilter, load_listing, load_thread};
use crate::view::post::{load_item, load_post};
use crate::viewer::Viewer;
use crate::world::{World, id_of, plain, refusal};

#[tokio::test]
async fn favouriting_twice_counts_once() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let post = world.post(&ada, "hello").await.post.id;

    favourite(&world.cx, &ben, post).await.expect("it succeeds");
    let view = favourite(&world.cx, &ben, post).await.expect("it succeeds");

    assert_eq!(view.counts.favourites, 1);
    assert!(view.marks.expect("it succeeds").favourited);
    let view = unfavourite(&world.cx, &ben, post).await.expect("it succeeds");
    assert_eq!(view.counts.favourites, 0);
    assert!(!view.marks.expect("it succeeds").favourited);
    assert_eq!(unfavourite(&world.cx, &ben, post).await.expect("it succeeds").counts.favourites, 0);
}

#[tokio::test]
async fn two_favourites_at_once_count_once() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let post = world.post(&ada, "hello").await.post.id;

    let (one, other) = tokio::join!(favourite(&world.cx, &ben, post), favourite(&world.cx, &ben, post));

    assert!(one.is_ok() && other.is_ok());
    let people =
        list_favourited_by(&world.cx, &Viewer::visitor(), post, &Window::newest(40)).await.expect("it succeeds");
    assert_eq!(people.items.len(), 1);
    assert_eq!(load_post(&world.cx, &Viewer::visitor(), post).await.expect("it succeeds").counts.favourites, 1);
}

#[tokio::test]
async fn the_same_idempotency_key_gives_the_same_post_for_an_hour() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let new = NewPost { idempotency_key: Some("k1".to_owned()), ..plain("once") };

    let first = world.write(&ada, &new).await.post.id;
    let again = world.write(&ada, &NewPost { text: "twice".to_owned(), ..new.clone() }).await;
    assert_eq!((again.post.id, again.post.body.text.as_str()), (first, "once"));
    assert_eq!(OUTBOX.total(&world.cx, id_of(&ada)).await.expect("it succeeds"), 1);

    world.clock.advance_millis(3_600_000);
    assert_ne!(world.write(&ada, &new).await.post.id, first);
}

#[tokio::test]
async fn two_attempts_with_one_key_at_once_make_one_post() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let new = NewPost { idempotency_key: Some("k1".to_owned()), ..plain("once") };

    let (one, other) = tokio::join!(create(&world.cx, &ada, &new), create(&world.cx, &ada, &new));

    assert_eq!(one.expect("it succeeds").post.id, other.expect("it succeeds").post.id);
    assert_eq!(OUTBOX.total(&world.cx, id_of(&ada)).await.expect("it succeeds"), 1);
}

#[tokio::test]
async fn a_second_boost_answers_the_first_and_the_wrapper_takes_it_back() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let post = world.post(&ada, "hello").await.post.id;

    let first = boost(&world.cx, &ben, post, None).await.expect("it succeeds");
    let second = boost(&world.cx, &ben, first.id, None).await.expect("it succeeds");
    assert_eq!(first.id, second.id);
    assert_eq!(second.post.counts.boosts, 1);
    assert_eq!(OUTBOX.total(&world.cx, id_of(&ben)).await.expect("it succeeds"), 1);

    let original = unboost(&world.cx, &ben, first.id).await.expect("it succeeds");
    assert_eq!((original.post.id, original.counts.boosts), (post, 0));
    assert_eq!(OUTBOX.total(&world.cx, id_of(&ben)).await.expect("it succeeds"), 0);
    assert!(world.cx.find(&POST, &first.id, &Only).await.expect("it succeeds").is_none());
}

#[tokio::test]
async fn a_followers_only_post_is_boosted_by_its_author_alone() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    follow(&world.cx, &ben, id_of(&ada), &FollowChoices::default()).await.expect("it succeeds");
    let post = world.post_as(&ada, "for friends", Visibility::Private).await.post.id;

    assert_eq!(refusal(boost(&world.cx, &ben, post, None).await), "forbidden");
    let own = boost(&world.cx, &ada, post, None).await.expect("it succeeds");
    let entry = OUTBOX.find(&world.cx, id_of(&ada), &own.id).await.expect("it succeeds").expect("it succeeds").value;
    assert_eq!(crate::rows::visibility_of(entry.visibility), Visibility::Private);
    let direct = world.post_as(&ada, "@ben psst", Visibility::Direct).await.post.id;
    assert_eq!(refusal(boost(&world.cx, &ben, direct, None).await), "forbidden");
}

#[tokio::test]
async fn a_deleted_post_is_gone_from_everywhere_and_answers_its_text() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let root = world.post(&ada, "root").await.post.id;
    let post = world.reply(&ada, root, "a #Kittiwake, @ben").await.post.id;
    edit(&world.cx, &ada, post, &edited("two #kittiwakes and a #kittiwake, @ben")).await.expect("it succeeds");
    pin(&world.cx, &ada, post).await.expect("it succeeds");

    assert_eq!(refusal(delete(&world.cx, &ben, post).await), "missing");
    let gone = delete(&world.cx, &ada, post).await.expect("it succeeds");
    assert_eq!(gone.post.post.body.text, "two #kittiwakes and a #kittiwake, @ben");

    assert_eq!(refusal(load_post(&world.cx, &world.viewer(&ada).await, post).await), "missing");
    assert_eq!(load_post(&world.cx, &Viewer::visitor(), root).await.expect("it succeeds").counts.replies, 0);
    assert_eq!(OUTBOX.total(&world.cx, id_of(&ada)).await.expect("it succeeds"), 1);
    assert!(world.all(&TAG.rows).await.is_empty() && world.all(&EDIT).await.is_empty());
    assert_eq!(world.all(&LOCAL.rows).await.len(), 1);
    let pins = Listing::Marked(id_of(&ada), crate::rows::MarkKind::Pin);
    let pins = load_listing(&world.cx, &Viewer::visitor(), &pins, &Window::newest(20)).await.expect("it succeeds");
    assert!(pins.items.is_empty());
    assert!(load_thread(&world.cx, &Viewer::visitor(), root).await.expect("it succeeds").descendants.is_empty());
    assert_eq!(refusal(delete(&world.cx, &ada, post).await), "missing");
}

#[tokio::test]
async fn a_boost_for_followers_is_seen_by_them_alone() {
    let world = World::new().await;
    let (ada, ben, cleo) = (world.member("ada").await, world.member("ben").await, world.member("cleo").await);
    follow(&world.cx, &cleo, id_of(&ben), &FollowChoices::default()).await.expect("it succeeds");
    let post = world.post(&ada, "Ledges").await.post.id;
    let wrapper = boost(&world.cx, &ben, post, Some(Visibility::Private)).await.expect("it succeeds");
    assert_eq!((wrapper.visibility, wrapper.post.post.visibility), (Visibility::Private, Visibility::Public));

    let profile = Listing::Profile(id_of(&ben), ProfileFilter::default());
    for (viewer, is_seen) in [
        (Viewer::visitor(), false),
        (world.viewer(&ada).await, false),
        (world.viewer(&ben).await, true),
        (world.viewer(&cleo).await, true),
    ] {
        assert_eq!(load_item(&world.cx, &viewer, wrapper.id).await.is_ok(), is_seen);
        let listed = load_listing(&world.cx, &viewer, &profile, &Window::newest(20)).await.expect("it succeeds");
        assert_eq!(listed.items.len(), usize::from(is_seen));
        let boosters = list_boosted_by(&world.cx, &viewer, post, &Window::newest(40)).await.expect("it succeeds");
        assert_eq!(boosters.items.len(), usize::from(is_seen));
    }
}

#[tokio::test]
async fn deleting_ones_own_boost_takes_it_back() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let post = world.post(&ada, "hello").await.post.id;
    let wrapper = boost(&world.cx, &ben, post, None).await.expect("it succeeds").id;

    assert_eq!(refusal(delete(&world.cx, &ada, wrapper).await), "missing");
    delete(&world.cx, &ben, wrapper).await.expect("it succeeds");

    assert_eq!(load_post(&world.cx, &Viewer::visitor(), post).await.expect("it succeeds").counts.boosts, 0);
}

#[tokio::test]
async fn editing_keeps_what_was_said_before() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let post = world.post(&ada, "one #a").await.post.id;
    assert_eq!(history(&world.cx, &Viewer::visitor(), post).await.expect("it succeeds").len(), 1);

    world.clock.advance_millis(60_000);
    edit(&world.cx, &ada, post, &edited("two #b")).await.expect("it succeeds");
    let third = edit(&world.cx, &ada, post, &edited("three #b")).await.expect("it succeeds");
    edit(&world.cx, &ada, post, &edited("three #b")).await.expect("it succeeds");

    let versions = history(&world.cx, &Viewer::visitor(), post).await.expect("it succeeds");
    let texts: Vec<_> = versions.iter().map(|version| version.body.text.as_str()).collect();
    assert_eq!(texts, ["one #a", "two #b", "three #b"]);
    assert!(versions.windows(2).all(|pair| pair[0].at < pair[1].at));
    assert_eq!(third.post.edited_at, Some(versions[2].at));
    let tagged: Vec<String> = world.all(&TAG.rows).await.into_iter().map(|((tag, _), _)| tag).collect();
    assert_eq!(tagged, ["b"]);
    assert_eq!(source(&world.cx, &ada, post).await.expect("it succeeds").text, "three #b");
}

#[tokio::test]
async fn two_edits_at_once_are_both_kept() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let post = world.post(&ada, "one").await.post.id;

    let (second, third) = (edited("two"), edited("three"));
    let both = tokio::join!(edit(&world.cx, &ada, post, &second), edit(&world.cx, &ada, post, &third));

    assert!(both.0.is_ok() && both.1.is_ok());
    assert_eq!(history(&world.cx, &Viewer::visitor(), post).await.expect("it succeeds").len(), 3);
}

#[tokio::test]
async fn only_its_author_changes_or_sees_the_source_of_a_post() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let post = world.post(&ada, "mine").await.post.id;

    assert_eq!(refusal(edit(&world.cx, &ben, post, &edited("yours")).await), "missing");
    assert_eq!(refusal(source(&world.cx, &ben, post).await), "missing");
    assert_eq!(refusal(pin(&world.cx, &ben, post).await), "pin_of_another");
    assert_eq!(load_post(&world.cx, &Viewer::visitor(), post).await.expect("it succeeds").post.body.text, "mine");
}

#[tokio::test]
async fn a_reply_joins_the_conversation_and_counts_where_it_can_be_seen() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let root = world.post(&ada, "root").await;

    let answer = world.reply(&ben, root.post.id, "an answer").await;
    let direct = NewPost { visibility: Visibility::Direct, in_reply_to: Some(root.post.id), ..plain("@ada psst") };
    world.write(&ben, &direct).await;

    assert_eq!(answer.post.conversation, root.post.conversation);
    assert_eq!(load_post(&world.cx, &Viewer::visitor(), root.post.id).await.expect("it succeeds").counts.replies, 1);
    let local =
        load_listing(&world.cx, &Viewer::visitor(), &Listing::Local, &Window::newest(20)).await.expect("it succeeds");
    assert_eq!(ids(&local.items), [root.post.id]);
    let missing = NewPost { in_reply_to: Some(PostId(1)), ..plain("to nothing") };
    assert_eq!(refusal(create(&world.cx, &ben, &missing).await), "no_parent");
}

#[tokio::test]
async fn a_direct_post_is_seen_by_those_it_names_alone() {
    let world = World::new().await;
    let (ada, ben, eve) = (world.member("ada").await, world.member("ben").await, world.member("eve").await);
    let post = world.post_as(&ada, "@ben psst @nobody", Visibility::Direct).await.post.id;

    assert!(load_post(&world.cx, &world.viewer(&ben).await, post).await.is_ok());
    assert_eq!(refusal(load_post(&world.cx, &world.viewer(&eve).await, post).await), "missing");
    assert_eq!(refusal(favourite(&world.cx, &eve, post).await), "missing");
    assert_eq!(OUTBOX.total(&world.cx, id_of(&ada)).await.expect("it succeeds"), 0);

    edit(&world.cx, &ada, post, &edited("@eve psst")).await.expect("it succeeds");
    assert!(load_post(&world.cx, &world.viewer(&eve).await, post).await.is_ok());
    assert_eq!(refusal(load_post(&world.cx, &world.viewer(&ben).await, post).await), "missing");
    delete(&world.cx, &ada, post).await.expect("it succeeds");
    assert!(world.all(&crate::families::DIRECT.rows).await.is_empty());
}

#[tokio::test]
async fn five_posts_can_be_pinned_and_a_deleted_one_makes_room() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let mut posts = Vec::new();
    for number in 0..6 {
        posts.push(world.post(&ada, &format!("post {number}")).await.post.id);
    }
    for post in &posts[..5] {
        pin(&world.cx, &ada, *post).await.expect("it succeeds");
    }
    pin(&world.cx, &ada, posts[0]).await.expect("it succeeds");
    assert_eq!(refusal(pin(&world.cx, &ada, posts[5]).await), "pins_full");

    delete(&world.cx, &ada, posts[2]).await.expect("it succeeds");
    assert!(pin(&world.cx, &ada, posts[5]).await.expect("it succeeds").marks.expect("it succeeds").pinned);
    unpin(&world.cx, &ada, posts[0]).await.expect("it succeeds");
    let direct = world.post_as(&ada, "to myself", Visibility::Direct).await.post.id;
    assert_eq!(refusal(pin(&world.cx, &ada, direct).await), "pin_direct");
}

#[tokio::test]
async fn a_mark_can_be_taken_off_a_post_that_is_no_longer_to_be_seen() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let post = world.post(&ada, "hello").await.post.id;
    bookmark(&world.cx, &ben, post).await.expect("it succeeds");
    crate::relationship::block(&world.cx, &ada, id_of(&ben)).await.expect("it succeeds");

    assert_eq!(refusal(unbookmark(&world.cx, &ben, post).await), "missing");

    crate::relationship::unblock(&world.cx, &ada, id_of(&ben)).await.expect("it succeeds");
    let view = load_post(&world.cx, &world.viewer(&ben).await, post).await.expect("it succeeds");
    assert!(!view.marks.expect("it succeeds").bookmarked);
}

#[tokio::test]
async fn pages_of_people_go_by_the_ids_of_their_marks() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let post = world.post(&ada, "hello").await.post.id;
    for number in 0..5 {
        let fan = world.member(&format!("fan{number}")).await;
        favourite(&world.cx, &fan, post).await.expect("it succeeds");
        boost(&world.cx, &fan, post, None).await.expect("it succeeds");
    }
    let visitor = Viewer::visitor();
    let first = list_favourited_by(&world.cx, &visitor, post, &Window::newest(3)).await.expect("it succeeds");
    let window = Window { below: first.older, ..Window::newest(3) };
    let second = list_favourited_by(&world.cx, &visitor, post, &window).await.expect("it succeeds");
    let handles: Vec<_> = first.items.iter().chain(&second.items).map(|it| it.account.handle.as_str()).collect();
    assert_eq!(handles, ["fan4", "fan3", "fan2", "fan1", "fan0"]);
    assert_eq!(second.older, None);
    let boosters = list_boosted_by(&world.cx, &visitor, post, &Window::newest(40)).await.expect("it succeeds");
    assert_eq!(boosters.items.len(), 5);
}

#[tokio::test]
async fn muting_a_conversation_shows_on_its_posts() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let root = world.post(&ada, "root").await.post.id;
    let answer = world.reply(&ada, root, "more").await.post.id;

    assert!(mute(&world.cx, &ada, answer).await.expect("it succeeds").marks.expect("it succeeds").muted);
    assert!(
        load_post(&world.cx, &world.viewer(&ada).await, root)
            .await
            .expect("it succeeds")
            .marks
            .expect("it succeeds")
            .muted
    );
    assert!(!unmute(&world.cx, &ada, root).await.expect("it succeeds").marks.expect("it succeeds").muted);
}

#[tokio::test]
async fn a_profile_shows_replies_where_they_are_wanted() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let root = world.post(&ada, "root").await.post.id;
    let answer = world.reply(&ben, root, "answer").await.post.id;
    let own = world.post(&ben, "own").await.post.id;
    let profile =
        |without_replies| Listing::Profile(id_of(&ben), ProfileFilter { without_replies, ..ProfileFilter::default() });
    let (all, some) = (profile(false), profile(true));
    let all = load_listing(&world.cx, &Viewer::visitor(), &all, &Window::newest(20)).await.expect("it succeeds");
    let some = load_listing(&world.cx, &Viewer::visitor(), &some, &Window::newest(20)).await.expect("it succeeds");
    assert_eq!((ids(&all.items), ids(&some.items)), (vec![own, answer], vec![own]));
}

fn edited(text: &str) -> Edited {
    Edited { text: text.to_owned(), spoiler_text: String::new(), sensitive: false, language: None }
}

fn ids(items: &[crate::view::Item]) -> Vec<PostId> {
    items.iter().map(|item| item.id).collect()
}
