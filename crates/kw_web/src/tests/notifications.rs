//! Notifications and markers through the API.

use serde_json::{Value, json};

use super::world::{World, id};

#[tokio::test]
async fn unknown_words_in_types_are_passed_over() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let post = id(&ada.say("hello").await);
    ben.mark(&post, "favourite").await;
    world.clock.advance_millis(1_000);
    ben.relate(&ada, "follow").await;
    let kinds = |list: &Value| -> Vec<String> {
        list.as_array().expect("a list").iter().filter_map(|it| it["type"].as_str().map(str::to_owned)).collect()
    };
    let path = "/api/v1/notifications?types[]=favourite&types[]=admin.sign_up&types[]=no_such_thing";
    assert_eq!(kinds(&ada.get(path).await.ok()), ["favourite"]);
    assert_eq!(kinds(&ada.get("/api/v1/notifications?exclude_types[]=favourite").await.ok()), ["follow"]);
    assert_eq!(ada.get("/api/v1/notifications/unread_count").await.ok(), json!({ "count": 2 }));

    let one = ada.get("/api/v1/notifications").await.ok()[0].clone();
    assert_eq!(ada.get(&format!("/api/v1/notifications/{}", id(&one))).await.ok()["id"], one["id"]);
    ada.post(&format!("/api/v1/notifications/{}/dismiss", id(&one)), &json!({})).await.ok();
    assert_eq!(kinds(&ada.get("/api/v1/notifications").await.ok()), ["favourite"]);
    ada.post("/api/v1/notifications/clear", &json!({})).await.ok();
    assert_eq!(ada.get("/api/v1/notifications").await.ok(), json!([]));
}

#[tokio::test]
async fn a_group_gathers_what_belongs_together() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let post = id(&ada.say("hello").await);
    for handle in ["ben", "cat"] {
        world.member(handle).await.mark(&post, "favourite").await;
        world.clock.advance_millis(1_000);
    }
    let groups = ada.get("/api/v2/notifications?grouped_types[]=favourite").await.ok();
    let group = &groups["notification_groups"][0];
    assert_eq!((&group["notifications_count"], &group["status_id"]), (&json!(2), &json!(post)));
    assert_eq!(groups["accounts"].as_array().map(Vec::len), Some(2));
    assert_eq!(groups["statuses"].as_array().map(Vec::len), Some(1));

    let key = group["group_key"].as_str().expect("a key");
    assert!(!key.contains('/'));
    let path = format!("/api/v2/notifications/{key}");
    assert_eq!(ada.get(&path).await.ok()["notification_groups"][0]["group_key"], key);
    assert_eq!(ada.get(&format!("{path}/accounts")).await.ok()[0]["acct"], "cat");
    ada.post(&format!("{path}/dismiss"), &json!({})).await.ok();
    ada.get(&path).await.refused(404);
    assert_eq!(ada.get("/api/v2/notifications/unread_count").await.ok(), json!({ "count": 0 }));
}

#[tokio::test]
async fn markers_are_saved_by_timeline() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let path = "/api/v1/markers?timeline[]=home&timeline[]=notifications";
    assert_eq!(ada.get(path).await.ok(), json!({}));
    let saved = ada.post("/api/v1/markers", &json!({ "home": { "last_read_id": "7" } })).await.ok();
    assert_eq!((&saved["home"]["last_read_id"], &saved["home"]["version"]), (&json!("7"), &json!(1)));
    ada.form(http::Method::POST, "/api/v1/markers", "home[last_read_id]=9&notifications[last_read_id]=3").await.ok();
    let found = ada.get(path).await.ok();
    assert_eq!((&found["home"]["last_read_id"], &found["home"]["version"]), (&json!("9"), &json!(2)));
    assert_eq!(found["home"]["updated_at"], "2026-11-23T07:30:00.000Z");
}

#[tokio::test]
async fn a_policy_is_changed_word_by_word() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let path = "/api/v2/notifications/policy";
    let changed = ada.call(http::Method::PATCH, path, Some(&json!({ "for_new_accounts": "filter" }))).await.ok();
    assert_eq!((&changed["for_new_accounts"], &changed["for_not_following"]), (&json!("filter"), &json!("accept")));
    ada.call(http::Method::PATCH, path, Some(&json!({ "for_new_accounts": "maybe" }))).await.refused(422);
}
