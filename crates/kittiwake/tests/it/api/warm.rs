//! A server that was here all the time says what one says that just started on the same rows: nothing that is kept in
//! memory outlives a change of what it was made from.

use axum::http::{Method, StatusCode};
use kw_domain::account::Reach;
use kw_domain::id::AccountId;
use serde_json::{Value, json};

use crate::sim::staff::Staff;
use crate::world::{Post, World};

/// Who looks; nobody is a visitor.
const READERS: [Option<&str>; 3] = [Some("ruth"), Some("ben"), None];

/// Everything that is looked at after each change.
struct Sights<'a> {
    world: &'a World,
    paths: Vec<String>,
}

impl<'a> Sights<'a> {
    async fn of(world: &'a World, posts: &[&Post]) -> Self {
        let mut paths = vec![
            "/api/v1/timelines/home".to_owned(),
            "/api/v1/timelines/home?limit=2".to_owned(),
            "/api/v1/timelines/public?local=true".to_owned(),
            "/api/v1/favourites".to_owned(),
            "/api/v1/bookmarks".to_owned(),
        ];
        for handle in ["ada", "ben", "ruth"] {
            let account = world.as_visitor().look_at(handle).await;
            paths.push(format!("/api/v1/accounts/{}", account.id));
            paths.push(format!("/api/v1/accounts/{}/statuses", account.id));
            paths.push(format!("/api/v1/accounts/{}/followers", account.id));
        }
        paths.extend(posts.iter().map(|post| format!("/api/v1/statuses/{}", post.id)));
        paths.extend(posts.iter().map(|post| format!("/api/v1/statuses/{}/context", post.id)));
        Self { world, paths }
    }

    /// Both servers show the same to everybody.
    async fn check(&self, change: &str) {
        let fresh = self.world.started_again().await;
        for reader in READERS {
            for path in &self.paths {
                let (warm, cold) =
                    (look(self.world, reader, path).await, look_cold(self.world, &fresh, reader, path).await);
                assert_eq!(warm, cold, "{path} for {reader:?} after {change}");
            }
        }
    }
}

async fn look(world: &World, reader: Option<&str>, path: &str) -> (StatusCode, String, Value) {
    let answer = match reader {
        Some(handle) => world.as_(handle).get(path).await,
        None => world.as_visitor().get(path).await,
    };
    (answer.status, answer.header("link").to_owned(), answer.json())
}

async fn look_cold(
    world: &World,
    fresh: &axum::Router,
    reader: Option<&str>,
    path: &str,
) -> (StatusCode, String, Value) {
    let token = match reader {
        Some(handle) => Some(world.token(handle).await),
        None => None,
    };
    let answer = world.send_to(fresh, World::get_request(path, token.as_deref())).await;
    (answer.status, answer.header("link").to_owned(), answer.json())
}

#[tokio::test]
async fn a_warm_server_says_what_one_that_just_started_says() {
    let world = World::new().await;
    for handle in ["ada", "ben", "ruth"] {
        world.token(handle).await;
    }
    world.as_("ruth").follow("ada").await;
    let egg = world.as_("ada").post("An egg, seen by @ben #ledge").await;
    let storm = world.as_("ben").post("A storm").await;
    let sights = Sights::of(&world, &[&egg, &storm]).await;
    sights.check("the beginning").await;

    world.as_("ruth").favourite(&egg).await;
    sights.check("a favourite").await;
    world.as_("ada").boost(&storm).await;
    sights.check("a boost").await;
    world.as_("ben").reply(&egg, "Two, @ada").await;
    sights.check("a reply").await;
    world.as_("ada").edit(&egg, "Two eggs #ledge").await;
    sights.check("an edit").await;
    for verb in ["unfavourite", "bookmark", "mute", "unmute", "reblog", "unreblog"] {
        world.as_("ruth").do_to(&egg, verb).await;
        sights.check(verb).await;
    }
    world.as_("ada").do_to(&egg, "pin").await;
    sights.check("a pin").await;
    let named = json!({ "display_name": "Ada of the ledge", "note": "New here" });
    world.as_("ada").request(Method::PATCH, "/api/v1/accounts/update_credentials", Some(named)).await;
    sights.check("another name").await;
    for verb in ["follow", "mute", "unmute", "block", "unblock", "unfollow"] {
        world.as_("ruth").do_to_account("ben", verb).await;
        sights.check(verb).await;
    }
    world.as_("ada").do_to_account("ruth", "block").await;
    sights.check("a block by somebody else").await;
    world.as_("ada").do_to_account("ruth", "unblock").await;
    world.as_("ruth").follow("ada").await;
    world.as_("ada").delete(&egg).await;
    sights.check("a deletion").await;
}

#[tokio::test]
async fn what_staff_decide_shows_at_once_whatever_is_kept() {
    let world = World::new().await;
    world.as_("ruth").follow("ada").await;
    let egg = world.as_("ada").post("An egg").await;
    world.as_("ben").boost(&egg).await;
    world.as_("ben").reply(&egg, "Seen, @ada").await;
    let ada = AccountId(world.as_visitor().look_at("ada").await.id.parse().expect("an id is a number"));
    let sights = Sights::of(&world, &[&egg]).await;
    let mut staff = Staff::default();
    for reach in [Reach::Limited { until: None }, Reach::Unavailable { until: None }, Reach::Clear] {
        sights.check("all was kept").await;
        let before = look(&world, Some("ruth"), "/api/v1/timelines/home").await;
        staff.decide(&world.cx, ada, reach).await.expect("one person may, over an ordinary account");
        sights.check("staff decided").await;
        let after = look(&world, Some("ruth"), "/api/v1/timelines/home").await;
        assert_ne!(before, after, "{reach:?} shows in home");
    }
}
