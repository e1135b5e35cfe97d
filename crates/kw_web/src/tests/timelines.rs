//! Timelines and lists through the API: what they show and how they are paged.

use serde_json::{Value, json};

use super::world::{Client, Reply, World, id};

fn ids(list: &Value) -> Vec<String> {
    list.as_array().expect("a list").iter().map(id).collect()
}

/// The path in a `Link` header behind this relation.
fn link(reply: &Reply, relation: &str) -> Option<String> {
    let wanted = format!("; rel=\"{relation}\"");
    let link = reply.header("link").split(", ").find(|link| link.ends_with(&wanted))?.to_owned();
    let url = link.strip_prefix('<')?.split('>').next()?;
    url.strip_prefix(super::world::ORIGIN).map(str::to_owned)
}

async fn follow_links(client: &Client<'_>, first: &str, relation: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut path = Some(first.to_owned());
    for _ in 0..50 {
        let Some(next) = path else { break };
        let reply = client.get(&next).await;
        let page = ids(&reply.ok());
        if page.is_empty() {
            break;
        }
        found.extend(page);
        path = link(&reply, relation);
    }
    found
}

#[tokio::test]
async fn home_is_paged_by_its_links_without_holes_or_repeats() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    ada.relate(&ben, "follow").await;
    let mut posts = Vec::new();
    for at in 0..23 {
        let author = if at % 3 == 0 { &ada } else { &ben };
        posts.push(id(&author.say(&format!("post {at}")).await));
        world.clock.advance_millis(1_000);
    }
    posts.reverse();
    assert_eq!(follow_links(&ada, "/api/v1/timelines/home?limit=5", "next").await, posts);

    let newest = ada.get("/api/v1/timelines/home?limit=5").await;
    assert!(
        newest.header("link").starts_with('<')
            && newest.header("link").find("next") < newest.header("link").find("prev")
    );
    let since = ids(&ada.get(&format!("/api/v1/timelines/home?limit=5&since_id={}", posts[20])).await.ok());
    assert_eq!(since, posts[..5]);
    let min = ids(&ada.get(&format!("/api/v1/timelines/home?limit=5&min_id={}", posts[20])).await.ok());
    assert_eq!(min, posts[15..20]);
}

#[tokio::test]
async fn public_and_tag_timelines_are_open_to_visitors() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let tagged = id(&ada.say("#Kelp and #Été").await);
    let plain = id(&ada.say("plain").await);
    let visitor = world.visitor();
    assert_eq!(ids(&visitor.get("/api/v1/timelines/public").await.ok()), [plain.clone(), tagged.clone()]);
    assert_eq!(ids(&visitor.get("/api/v1/timelines/public?local=true").await.ok()), [plain, tagged.clone()]);
    assert!(ids(&visitor.get("/api/v1/timelines/public?remote=true").await.ok()).is_empty());
    for tag in ["kelp", "KELP", "%C3%A9t%C3%A9"] {
        assert_eq!(
            ids(&visitor.get(&format!("/api/v1/timelines/tag/{tag}")).await.ok()),
            std::slice::from_ref(&tagged),
            "{tag}"
        );
    }
    assert!(ids(&visitor.get("/api/v1/timelines/tag/unused").await.ok()).is_empty());
    assert!(ids(&visitor.get("/api/v1/timelines/tag/kelp?none[]=%C3%A9t%C3%A9").await.ok()).is_empty());
    assert_eq!(ids(&visitor.get("/api/v1/timelines/tag/unused?any[]=kelp").await.ok()), [tagged]);
}

#[tokio::test]
async fn direct_posts_are_listed_for_those_they_are_for_and_nowhere_else() {
    let world = World::new().await;
    let (ada, ben, cleo) = (world.member("ada").await, world.member("ben").await, world.member("cleo").await);
    let say = json!({ "status": "@ben only you", "visibility": "direct" });
    let post = id(&ada.post("/api/v1/statuses", &say).await.ok());
    ada.say("for all").await;
    let listed = |list: Value| ids(&list);
    let path = "/api/v1/timelines/direct";
    for reader in [&ada, &ben] {
        assert_eq!(listed(reader.get(path).await.ok()), std::slice::from_ref(&post));
    }
    assert!(listed(cleo.get(path).await.ok()).is_empty());
    ben.relate(&ada, "mute").await;
    assert!(listed(ben.get(path).await.ok()).is_empty());
    ada.call(http::Method::DELETE, &format!("/api/v1/statuses/{post}"), None).await.ok();
    assert!(listed(ada.get(path).await.ok()).is_empty());
}

#[tokio::test]
async fn a_profile_leaves_out_what_was_asked_to_be_left_out() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let bens = id(&ben.say("hello").await);
    let own = id(&ada.say("mine #kelp").await);
    let body = serde_json::json!({ "status": "@ben yes", "in_reply_to_id": bens });
    let reply = id(&ada.post("/api/v1/statuses", &body).await.ok());
    let boost = id(&ada.mark(&bens, "reblog").await);
    for (query, wanted) in [
        ("", vec![&boost, &reply, &own]),
        ("exclude_replies=true&exclude_reblogs=1&_probe=1&only_public=x", vec![&own]),
        ("exclude_reblogs=true", vec![&reply, &own]),
        ("only_media=true", vec![]),
        ("tagged=Kelp", vec![&own]),
    ] {
        let found = world.visitor().get(&format!("/api/v1/accounts/{}/statuses?{query}", ada.id)).await.ok();
        assert_eq!(ids(&found).iter().collect::<Vec<_>>(), wanted, "{query}");
    }
}

#[tokio::test]
async fn favourites_are_paged_by_the_marks_and_not_by_the_posts() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let mut posts = Vec::new();
    for at in 0..6 {
        posts.push(id(&ada.say(&format!("post {at}")).await));
        world.clock.advance_millis(1_000);
    }
    // Marked in another order than posted.
    posts.swap(0, 5);
    for post in &posts {
        ben.mark(post, "favourite").await;
        ben.mark(post, "bookmark").await;
        world.clock.advance_millis(1_000);
    }
    posts.reverse();
    assert_eq!(follow_links(&ben, "/api/v1/favourites?limit=2", "next").await, posts);
    assert_eq!(follow_links(&ben, "/api/v1/bookmarks?limit=4", "next").await, posts);
}

#[tokio::test]
async fn followers_are_paged_by_their_links_alone() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let mut followers = Vec::new();
    for handle in ["ben", "cat", "dee", "eve", "fin"] {
        let follower = world.member(handle).await;
        follower.relate(&ada, "follow").await;
        followers.push(follower.id);
        world.clock.advance_millis(1_000);
    }
    followers.reverse();
    let path = format!("/api/v1/accounts/{}/followers?limit=2", ada.id);
    assert_eq!(follow_links(&world.visitor(), &path, "next").await, followers);
    let first = world.visitor().get(&path).await;
    assert!(link(&first, "prev").is_some_and(|link| link.contains("since_id=")));
}
