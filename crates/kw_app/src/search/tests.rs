//! Search, as people type.

use super::*;
use crate::relationship::{FollowChoices, block, follow};
use crate::world::{World, id_of};

const FIRST: Slice = Slice { offset: 0, limit: 20 };

#[tokio::test]
async fn a_handle_is_found_in_every_form() {
    let world = World::new().await;
    let ada = world.member("Ada").await;
    for query in
        ["ada", "@ada", "ADA@kittiwake.example", "@ada@kittiwake.example", "http://kittiwake.example/@ada", "/@ada"]
    {
        let found = search(&world.cx, &Viewer::visitor(), query, Wanted::All, FIRST).await.expect("it succeeds");
        assert_eq!(found.accounts.len(), 1, "{query}");
        assert_eq!(found.accounts[0].account.id, id_of(&ada));
    }
    for query in ["", "ad a", "@ada@elsewhere.example", "http://elsewhere.example/@ada"] {
        let found = search(&world.cx, &Viewer::visitor(), query, Wanted::Accounts, FIRST).await.expect("it succeeds");
        assert!(found.accounts.is_empty(), "{query}");
    }
}

#[tokio::test]
async fn only_the_followed_are_found_where_that_is_asked() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let viewer = world.viewer(&ada).await;
    assert!(search_accounts(&world.cx, &viewer, "ben", Among::Followed, FIRST).await.expect("it succeeds").is_empty());
    follow(&world.cx, &ada, id_of(&ben), &FollowChoices::default()).await.expect("it succeeds");
    let viewer = world.viewer(&ada).await;
    assert_eq!(search_accounts(&world.cx, &viewer, "ben", Among::Followed, FIRST).await.expect("it succeeds").len(), 1);
}

#[tokio::test]
async fn a_post_is_found_by_its_address_by_those_who_may_see_it() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let post = world.post(&ada, "hello").await.post.id;
    let address = format!("http://kittiwake.example/@ada/{post}");
    let found = search(&world.cx, &world.viewer(&ben).await, &address, Wanted::All, FIRST).await.expect("it succeeds");
    assert_eq!((found.posts[0].post.id, found.accounts.len()), (post, 0));
    block(&world.cx, &ada, id_of(&ben)).await.expect("it succeeds");
    let found = search(&world.cx, &world.viewer(&ben).await, &address, Wanted::All, FIRST).await.expect("it succeeds");
    assert!(found.posts.is_empty());
}

#[tokio::test]
async fn ones_own_posts_are_found_by_their_words() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let crème = world.post(&ada, "Crème brûlée").await.post.id;
    let toast = world.post(&ada, "toast").await.post.id;
    world.post(&ben, "toast").await;
    let viewer = world.viewer(&ada).await;
    let found = async |query: &str, slice| {
        let found = search(&world.cx, &viewer, query, Wanted::Posts, slice).await.expect("it succeeds").posts;
        found.iter().map(|view| view.post.id).collect::<Vec<_>>()
    };
    assert_eq!(found("from:me", FIRST).await, [toast, crème]);
    assert_eq!(found("from:me", Slice { offset: 1, limit: 1 }).await, [crème]);
    assert_eq!(found("creme from:me", FIRST).await, [crème]);
    assert!(found("toast", FIRST).await.is_empty());
}

#[tokio::test]
async fn tags_are_found_by_how_they_begin_with_their_last_days() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    world.post(&ada, "#Gulls and #gullible").await;
    world.clock.advance_millis(2 * kw_domain::time::Millis::DAY);
    world.post(&ada, "#gulls").await;
    world.post(&ben, "#GULLS").await;
    let found = search(&world.cx, &Viewer::visitor(), "#Gull", Wanted::All, FIRST).await.expect("it succeeds");
    let names: Vec<_> = found.tags.iter().map(|tag| tag.name.as_str()).collect();
    assert_eq!((names, found.posts.len()), (vec!["gullible", "gulls"], 0));
    let days: Vec<_> = found.tags[1].history.iter().map(|day| (day.uses, day.accounts)).collect();
    assert_eq!(days, [(2, 2), (0, 0), (1, 1), (0, 0), (0, 0), (0, 0), (0, 0)]);
    let unused = load_tag(&world.cx, "Terns").await.expect("it succeeds");
    assert_eq!((unused.name.as_str(), unused.history.len()), ("terns", 7));
}
