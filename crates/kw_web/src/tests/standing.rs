//! Staff's decisions as clients see them: warnings, disabled logins, step-up.

use http::StatusCode;
use kw_domain::id::AccountId;
use kw_staff::power::Power;
use serde_json::json;

use super::staff;
use super::world::{Client, World};

fn id_of(client: &Client<'_>) -> AccountId {
    AccountId(client.id.parse().expect("an id"))
}

#[tokio::test]
async fn a_client_of_an_unavailable_account_is_told_that_the_login_is_disabled_and_works_again_afterwards() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let solo = staff::solo(&world.cx).await;
    staff::hide(&world.cx, &solo, id_of(&ada)).await;
    for path in ["/api/v1/accounts/verify_credentials", "/api/v1/timelines/home", "/api/v1/notifications"] {
        assert_eq!(ada.get(path).await.refused(403), "Your login is currently disabled", "{path}");
    }
    let posted = ada.post("/api/v1/statuses", &json!({ "status": "I am here" })).await;
    assert_eq!(posted.refused(403), "Your login is currently disabled");
    staff::act(&world.cx, &solo, Power::Restore, id_of(&ada)).await;
    assert_eq!(ada.get("/api/v1/accounts/verify_credentials").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_warning_is_a_notification_with_its_action_and_its_words_alone_and_in_a_group() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let solo = staff::solo(&world.cx).await;
    let entry = staff::act(&world.cx, &solo, Power::Limit, id_of(&ada)).await;
    let told = ada.get("/api/v1/notifications").await.ok();
    assert_eq!(told.as_array().map(Vec::len), Some(1), "{told}");
    let warning = &told[0]["moderation_warning"];
    assert_eq!((&told[0]["type"], &warning["id"]), (&json!("moderation_warning"), &json!(entry.to_string())));
    assert_eq!((&warning["action"], &warning["text"]), (&json!("silence"), &json!("It broke a rule.")));
    assert_eq!(warning["target_account"]["id"], json!(ada.id));
    assert!(warning["status_ids"].is_null() && warning["appeal"].is_null(), "{warning}");
    let grouped = ada.get("/api/v2/notifications").await.ok();
    assert_eq!(&grouped["notification_groups"][0]["moderation_warning"], warning);
    let none = ada.get("/api/v1/notifications?exclude_types[]=moderation_warning").await.ok();
    assert_eq!(none, json!([]));
    let only = ada.get("/api/v1/notifications?types[]=moderation_warning").await.ok();
    assert_eq!(only, told);

    // What staff decide in somebody's favour is no warning, and the API has no other word.
    staff::act(&world.cx, &solo, Power::Restore, id_of(&ada)).await;
    assert_eq!(ada.get("/api/v1/notifications").await.ok().as_array().map(Vec::len), Some(1));
    let id = told[0]["id"].as_str().expect("an id");
    ada.post(&format!("/api/v1/notifications/{id}/dismiss"), &json!({})).await.ok();
    assert_eq!(ada.get("/api/v1/notifications").await.ok(), json!([]));
}

#[tokio::test]
async fn while_an_account_is_stepped_up_a_client_cannot_write_for_it_and_is_told_where_its_owner_can() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let (old, other) = (ada.say("old").await, ben.say("a ferry").await);
    let (old, other) = (super::world::id(&old), super::world::id(&other));
    let solo = staff::solo(&world.cx).await;
    staff::act(&world.cx, &solo, Power::StepUp, id_of(&ada)).await;
    let post = ada.post("/api/v1/statuses", &json!({ "status": "not by me" })).await;
    let boost = ada.post(&format!("/api/v1/statuses/{other}/reblog"), &json!({})).await;
    let edit = ada.call(http::Method::PUT, &format!("/api/v1/statuses/{old}"), Some(&json!({ "status": "new" }))).await;
    for refused in [post, boost, edit] {
        let sentence = refused.refused(403);
        assert!(sentence.contains("https://cliff.example/compose"), "{sentence}");
    }
    ada.mark(&other, "favourite").await;
    assert_eq!(ben.say("free").await["content"], json!("<p>free</p>"), "nobody else is asked");
    world.clock.advance_millis(30 * 60_000);
    ada.say("by me").await;
}
