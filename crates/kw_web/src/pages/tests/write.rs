//! Writing, answering, changing, deleting, and what is done with posts and people.

use http::StatusCode;

use super::world::World;

#[tokio::test]
async fn a_post_is_written_answered_changed_and_deleted() {
    let world = World::new().await;
    let (mut ada, mut ben) = (world.member("ada").await, world.member("ben").await);
    let post = ada.post("The firts chicks").await;
    let id = post.rsplit('/').next().expect("an id").to_owned();

    let form = ben.read(&format!("/compose?reply_to={id}")).await;
    assert!(form.has("@ada "), "{}", form.text);
    let reply = ben.post_with("@ada lovely", &[("in_reply_to_id", &id)]).await;
    assert!(reply.starts_with("/@ben/"));
    assert!(ada.read(&post).await.has("lovely"));

    assert!(ada.read(&format!("{post}/edit")).await.has("The firts chicks"));
    let fields = [("text", "The first chicks"), ("language", "en")];
    assert_eq!(ada.send(&format!("{post}/edit"), &fields).await.location(), post);
    assert!(ben.read(&post).await.has("The first chicks"));
    assert!(ben.read(&format!("{post}/history")).await.has("The firts chicks"));

    assert_eq!(ben.open(&format!("{post}/edit")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(ben.send(&format!("{post}/delete"), &[]).await.status, StatusCode::NOT_FOUND);
    assert!(ada.read(&format!("{post}/delete")).await.has("The first chicks"));
    assert_eq!(ada.send(&format!("{post}/delete"), &[]).await.location(), "/@ada");
    assert_eq!(ben.open(&post).await.status, StatusCode::NOT_FOUND);
    assert!(ben.read(&reply).await.has("lovely"));
}

#[tokio::test]
async fn a_post_that_is_refused_is_not_lost() {
    let world = World::new().await;
    let mut ada = world.member("ada").await;
    let long = "kittiwake ".repeat(60);
    let again = ada.send("/posts", &[("text", &long), ("spoiler_text", "birds"), ("back", "/home")]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.has(long.trim()) && again.has("value=\"birds\"") && again.has("id=\"text-error\""), "{}", again.text);
    let empty = ada.send("/posts", &[("text", " ")]).await;
    assert!(empty.has("id=\"text-error\""));
    let gone = ada.send("/posts", &[("text", "hello?"), ("in_reply_to_id", "7")]).await;
    assert_eq!(gone.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", gone.text);
    assert!(gone.has("hello?"));
}

#[tokio::test]
async fn sending_a_form_twice_posts_once() {
    let world = World::new().await;
    let mut ada = world.member("ada").await;
    let fields = [("text", "only once"), ("idempotency_key", "k1")];
    ada.send("/posts", &fields).await;
    ada.send("/posts", &fields).await;
    assert_eq!(ada.read("/@ada").await.text.matches("<p>only once</p>").count(), 1);
}

#[tokio::test]
async fn marks_lead_back_or_tell_a_script_the_numbers() {
    let world = World::new().await;
    let (mut ada, mut ben) = (world.member("ada").await, world.member("ben").await);
    let post = ada.post("Low water").await;
    let id = post.rsplit('/').next().expect("an id").to_owned();
    let back = [("back", "/local?max_id=9#post-1")];
    for verb in ["favourite", "boost", "bookmark", "mute", "unmute"] {
        let done = ben.send(&format!("/posts/{id}/{verb}"), &back).await;
        assert_eq!((done.status, done.location().as_str()), (StatusCode::SEE_OTHER, back[0].1), "{verb}");
    }
    assert!(ben.read("/bookmarks").await.has("Low water") && ben.read("/favourites").await.has("Low water"));
    assert!(ada.read("/notifications").await.has("@ben") || ada.read("/notifications").await.has("/@ben"));
    assert!(ada.read(&format!("{post}/boosts")).await.has("/@ben"));

    let told = ben.send_by_script(&format!("/posts/{id}/unboost"), &[]).await;
    let json: serde_json::Value = serde_json::from_str(&told.text).expect("JSON");
    assert_eq!((&json["ok"], &json["boosts"], &json["favourites"]), (&true.into(), &0.into(), &1.into()), "{json}");
    let refused = ben.send_by_script("/posts/7/favourite", &[]).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    assert!(serde_json::from_str::<serde_json::Value>(&refused.text).expect("JSON")["error"].is_string());
    let signed_out = world.browser().send_by_script(&format!("/posts/{id}/favourite"), &[]).await;
    assert_eq!(signed_out.status, StatusCode::UNAUTHORIZED, "{}", signed_out.text);
}

#[tokio::test]
async fn a_pinned_post_stands_on_top_of_its_authors_profile() {
    let world = World::new().await;
    let mut ada = world.member("ada").await;
    let post = ada.post("Read this first").await;
    let id = post.rsplit('/').next().expect("an id").to_owned();
    ada.send(&format!("/posts/{id}/pin"), &[]).await;
    assert!(ada.read("/@ada").await.has(&format!("id=\"pinned-{id}\"")));
    ada.send(&format!("/posts/{id}/unpin"), &[]).await;
    assert!(!ada.read("/@ada").await.has(&format!("id=\"pinned-{id}\"")));
}

#[tokio::test]
async fn people_follow_ask_block_mute_and_note() {
    let world = World::new().await;
    let (mut ada, mut ben) = (world.member("ada").await, world.member("ben").await);
    let (ada_id, ben_id) = (world.id_of("ada").await, world.id_of("ben").await);
    ada.send("/settings/profile", &[("name", "Ada"), ("bio", ""), ("locked", "true")]).await;

    ben.send(&format!("/accounts/{ada_id}/follow"), &[]).await;
    assert!(ada.read("/follow-requests").await.has("/@ben"));
    ada.send(&format!("/follow-requests/{ben_id}/authorize"), &[]).await;
    assert!(ada.read("/@ada/followers").await.has("/@ben"));
    assert!(ben.read("/@ben/following").await.has("/@ada"));

    ben.send(&format!("/accounts/{ada_id}/note"), &[("comment", "met at the cliff")]).await;
    ben.send(&format!("/accounts/{ada_id}/mute"), &[("duration", "3600")]).await;
    let profile = ben.read("/@ada").await;
    assert!(profile.has("met at the cliff") && profile.has(&format!("/accounts/{ada_id}/unmute")), "{}", profile.text);

    ada.send(&format!("/accounts/{ben_id}/remove-follower"), &[]).await;
    assert!(!ada.read("/@ada/followers").await.has("class=\"row\""));
    ada.send(&format!("/accounts/{ben_id}/block"), &[("back", "/@ben")]).await;
    assert!(ada.read("/@ben").await.has(&format!("/accounts/{ben_id}/unblock")));
    assert_eq!(ada.send("/accounts/7/follow", &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_unread_is_told_as_a_number_and_above_that_as_more() {
    let world = World::new().await;
    let (mut ada, mut ben) = (world.member("ada").await, world.member("ben").await);
    for number in 0..20 {
        ben.post(&format!("hello @ada {number}")).await;
    }
    let home = ada.read("/home").await;
    assert!(home.has(">20</span>") && home.has(">20 unread<"), "{}", home.text);
    ben.post("hello @ada again").await;
    let home = ada.read("/home").await;
    assert!(home.has(">20+</span>") && home.has(">more than 20 unread<"), "{}", home.text);
}

#[tokio::test]
async fn notifications_are_unread_until_they_were_seen_and_gone_when_cleared() {
    let world = World::new().await;
    let (mut ada, mut ben) = (world.member("ada").await, world.member("ben").await);
    ben.post("hello @ada").await;
    assert!(ada.read("/home").await.has("badge-bill"));
    assert!(ada.read("/notifications").await.has("event-unread"));
    assert!(!ada.read("/notifications").await.has("event-unread"));
    assert!(!ada.read("/home").await.has("badge-bill"));
    ada.send("/notifications/clear", &[]).await;
    assert!(!ada.read("/notifications").await.has("hello"));
}
