//! Posts through the API.

use http::Method;
use serde_json::{Value, json};

use super::world::{World, id};

#[tokio::test]
async fn a_post_by_form_is_a_post_by_json() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let form = "status=Hello%20%23kelp&spoiler_text=Birds&visibility=unlisted&language=fr&media_ids[]=";
    let one = ada.form(Method::POST, "/api/v1/statuses", form).await.ok();
    let body = json!({
        "status": "Hello #kelp", "spoiler_text": "Birds", "visibility": "unlisted", "language": "fr", "media_ids": [],
        "poll": null, "in_reply_to_id": null,
    });
    let other = ada.post("/api/v1/statuses", &body).await.ok();
    for key in ["content", "spoiler_text", "visibility", "language", "sensitive", "tags"] {
        assert_eq!(one[key], other[key], "{key}");
    }
    assert_eq!((&one["visibility"], &one["sensitive"]), (&json!("unlisted"), &json!(true)));
}

#[tokio::test]
async fn the_same_idempotency_key_answers_the_first_post() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let token = ada.token.clone().expect("a token");
    let post = |text: &'static str| {
        let request = http::Request::post("/api/v1/statuses")
            .header("authorization", format!("Bearer {token}"))
            .header("idempotency-key", "k1")
            .header("content-type", "application/json");
        world.send(request.body(json!({ "status": text }).to_string().into()).expect("a request"))
    };
    let (one, other) = (post("once").await.ok(), post("twice").await.ok());
    assert_eq!((&one["id"], &one["content"]), (&other["id"], &other["content"]));
}

#[tokio::test]
async fn preferences_are_what_a_post_says_nothing_about() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let source = json!({ "source": { "privacy": "private", "language": "nb", "sensitive": true } });
    ada.call(Method::PATCH, "/api/v1/accounts/update_credentials", Some(&source)).await.ok();
    let post = ada.say("hello").await;
    assert_eq!((&post["visibility"], &post["language"]), (&json!("private"), &json!("nb")));
    assert_eq!(post["sensitive"], true);
}

#[tokio::test]
async fn an_edit_keeps_what_was_said_before() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let post = id(&ada.say("Hello").await);
    world.clock.advance_millis(60_000);
    let path = format!("/api/v1/statuses/{post}");
    let edited = ada.call(Method::PUT, &path, Some(&json!({ "status": "Hello again" }))).await.ok();
    assert_eq!(edited["content"], "<p>Hello again</p>");
    assert_eq!(edited["edited_at"], "2026-11-23T07:31:00.000Z");
    let history = world.visitor().get(&format!("{path}/history")).await.ok();
    let said: Vec<&Value> = history.as_array().expect("a list").iter().map(|version| &version["content"]).collect();
    assert_eq!(said, ["<p>Hello</p>", "<p>Hello again</p>"]);
    assert_eq!(ada.get(&format!("{path}/source")).await.ok()["text"], "Hello again");
}

#[tokio::test]
async fn marks_can_be_repeated_and_taken_back() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let post = id(&ada.say("Hello").await);
    for (verb, back, key) in [
        ("favourite", "unfavourite", "favourited"),
        ("bookmark", "unbookmark", "bookmarked"),
        ("mute", "unmute", "muted"),
    ] {
        for _ in 0..2 {
            assert_eq!(ben.mark(&post, verb).await[key], true, "{verb}");
        }
        for _ in 0..2 {
            assert_eq!(ben.mark(&post, back).await[key], false, "{back}");
        }
    }
    assert_eq!(ada.mark(&post, "pin").await["pinned"], true);
    let pinned = world.visitor().get(&format!("/api/v1/accounts/{}/statuses?pinned=true", ada.id)).await.ok();
    assert_eq!(id(&pinned[0]), post);
    assert_eq!(ada.mark(&post, "unpin").await["pinned"], false);
}

#[tokio::test]
async fn a_boost_is_taken_back_by_either_id() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let post = id(&ada.say("Hello").await);
    let boost = id(&ben.mark(&post, "reblog").await);
    assert_eq!(id(&ben.mark(&boost, "unreblog").await), post);
    ben.mark(&post, "reblog").await;
    let taken_back = ben.mark(&post, "unreblog").await;
    assert_eq!((id(&taken_back), &taken_back["reblogged"]), (post.clone(), &json!(false)));
    let people = world.visitor().get(&format!("/api/v1/statuses/{post}/reblogged_by")).await.ok();
    assert_eq!(people, json!([]));
}

#[tokio::test]
async fn a_thread_is_read_from_any_of_its_posts() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let first = id(&ada.say("One").await);
    let reply = |to: &str, text: &str| json!({ "status": text, "in_reply_to_id": to });
    let second = id(&ben.post("/api/v1/statuses", &reply(&first, "@ada Two")).await.ok());
    let third = id(&ada.post("/api/v1/statuses", &reply(&second, "@ben Three")).await.ok());
    let context = world.visitor().get(&format!("/api/v1/statuses/{second}/context")).await.ok();
    assert_eq!((id(&context["ancestors"][0]), id(&context["descendants"][0])), (first.clone(), third));
    let shown = world.visitor().get(&format!("/api/v1/statuses/{first}")).await.ok();
    assert_eq!(shown["replies_count"], 1);
    ada.post("/api/v1/statuses", &reply("7", "to nothing")).await.refused(404);
}

#[tokio::test]
async fn many_posts_by_id_leave_out_what_is_not_there() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let (one, two) = (id(&ada.say("One").await), id(&ada.say("Two").await));
    let found = world.visitor().get(&format!("/api/v1/statuses?id[]={two}&id[]=9&id[]=x&id[]={one}")).await.ok();
    assert_eq!((id(&found[0]), id(&found[1]), found.as_array().map(Vec::len)), (two, one, Some(2)));
}

#[tokio::test]
async fn what_is_not_for_somebody_is_missing_for_them() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    for visibility in ["private", "direct"] {
        let body = json!({ "status": "not for you", "visibility": visibility });
        let post = id(&ada.post("/api/v1/statuses", &body).await.ok());
        for path in ["", "/context", "/history", "/favourited_by", "/reblogged_by", "/source", "/card", "/quotes"] {
            ben.get(&format!("/api/v1/statuses/{post}{path}")).await.refused(404);
        }
        for verb in ["favourite", "reblog", "bookmark", "mute", "pin"] {
            ben.post(&format!("/api/v1/statuses/{post}/{verb}"), &json!({})).await.refused(404);
        }
        world.visitor().get(&format!("/api/v1/statuses/{post}")).await.refused(404);
    }
}
