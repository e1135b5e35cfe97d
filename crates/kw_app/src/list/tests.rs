//! Lists, as people keep them.

use super::*;
use crate::buckets::Window;
use crate::families::LIST_MEMBER;
use crate::relationship::{FollowChoices, follow, unfollow};
use crate::timeline::{load_home, load_list};
use crate::world::{World, id_of, refusal};

fn named(title: &str) -> NewList {
    NewList { title: title.to_owned(), replies: Replies::Members, exclusive: false }
}

#[tokio::test]
async fn a_list_is_made_changed_and_deleted() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let made = create(&world.cx, &ada, &named("  Gulls ")).await.expect("it succeeds");
    assert_eq!(made.title, "Gulls");
    let changes = ListChanges { replies: Some(Replies::None), exclusive: Some(true), title: None };
    let after = change(&world.cx, &ada, made.id, &changes).await.expect("it succeeds");
    assert_eq!(load(&world.cx, &ada, made.id).await.expect("it succeeds"), after);
    assert_eq!((after.title.as_str(), after.replies, after.exclusive), ("Gulls", Replies::None, true));

    assert_eq!(refusal(load(&world.cx, &ben, made.id).await), "missing");
    assert_eq!(refusal(change(&world.cx, &ben, made.id, &changes).await), "missing");
    assert_eq!(refusal(delete(&world.cx, &ben, made.id).await), "missing");
    assert_eq!(refusal(create(&world.cx, &ada, &named(" ")).await), "empty");
    delete(&world.cx, &ada, made.id).await.expect("it succeeds");
    assert!(list(&world.cx, &ada).await.expect("it succeeds").is_empty());
}

#[tokio::test]
async fn only_those_who_are_followed_are_members() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let gulls = create(&world.cx, &ada, &named("gulls")).await.expect("it succeeds").id;
    assert_eq!(refusal(add_members(&world.cx, &ada, gulls, &[id_of(&ben)]).await), "missing");
    follow(&world.cx, &ada, id_of(&ben), &FollowChoices::default()).await.expect("it succeeds");
    for _ in 0..2 {
        add_members(&world.cx, &ada, gulls, &[id_of(&ben), id_of(&ben)]).await.expect("it succeeds");
    }
    let members =
        async || list_members(&world.cx, &ada, gulls, &Window::newest(40)).await.expect("it succeeds").items.len();
    assert_eq!(members().await, 1);
    assert_eq!(list_with(&world.cx, &ada, id_of(&ben)).await.expect("it succeeds").len(), 1);
    unfollow(&world.cx, &ada, id_of(&ben)).await.expect("it succeeds");
    assert_eq!(members().await, 0);
    remove_members(&world.cx, &ada, gulls, &[id_of(&ben)]).await.expect("it succeeds");
    assert!(world.all(&LIST_MEMBER).await.is_empty());
}

#[tokio::test]
async fn members_of_an_exclusive_list_are_read_there_and_not_at_home() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    follow(&world.cx, &ada, id_of(&ben), &FollowChoices::default()).await.expect("it succeeds");
    world.post(&ben, "hello").await;
    let home = async || {
        load_home(&world.cx, &world.viewer(&ada).await, &Window::newest(20)).await.expect("it succeeds").items.len()
    };
    assert_eq!(home().await, 1);
    let gulls = create(&world.cx, &ada, &NewList { exclusive: true, ..named("gulls") }).await.expect("it succeeds").id;
    add_members(&world.cx, &ada, gulls, &[id_of(&ben)]).await.expect("it succeeds");
    assert_eq!(home().await, 0);
    let shown = load_list(&world.cx, &world.viewer(&ada).await, gulls, &Window::newest(20)).await.expect("it succeeds");
    assert_eq!(shown.items.len(), 1);
    delete(&world.cx, &ada, gulls).await.expect("it succeeds");
    assert_eq!(home().await, 1);
}
