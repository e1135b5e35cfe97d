//! What the server says of itself.

use kw_app::house::{CensusWalk, count_some};
use serde_json::{Value, json};

use super::world::{World, id};

#[tokio::test]
async fn both_versions_say_what_clients_cannot_start_without() {
    let world = World::new().await;
    world.member("ada").await;
    let old = world.visitor().get("/api/v1/instance").await.ok();
    assert_eq!((&old["uri"], &old["registrations"]), (&json!("cliff.example"), &json!(true)));
    assert_eq!(old["stats"]["user_count"], 1);
    assert!(old["thumbnail"].as_str().is_some_and(|url| url.contains("/assets/thumbnail.")));
    let new = world.visitor().get("/api/v2/instance").await.ok();
    assert_eq!(new["domain"], "cliff.example");
    assert_eq!(new["version"], "4.5.0 (compatible; Kittiwake 0.1.0)");
    assert_eq!(new["api_versions"], json!({ "mastodon": 3 }));
    assert_eq!(new["configuration"]["urls"]["streaming"], "wss://cliff.example");
    assert_eq!(new["configuration"]["statuses"]["max_characters"], 500);
    assert!(new["configuration"]["media_attachments"]["supported_mime_types"].is_array());
    for number in ["max_options", "max_characters_per_option", "min_expiration", "max_expiration"] {
        assert!(new["configuration"]["polls"][number].is_u64(), "{number}");
    }
    assert!(new["thumbnail"]["url"].is_string() && new["contact"]["email"].is_string());
    assert!(new.get("uri").is_none() && new.get("stats").is_none());
}

#[tokio::test]
async fn what_was_posted_and_who_was_here_lately_is_counted_over_all_members() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let post = id(&ada.say("hello").await);
    ada.say("again").await;
    ben.mark(&post, "reblog").await;
    world.clock.advance_millis(31 * 86_400_000);
    ben.get("/api/v1/timelines/home").await.ok();
    assert!(count_some(&world.cx, &mut CensusWalk::default()).await.expect("the store answers"));

    let visitor = world.visitor();
    let stats = visitor.get("/api/v1/instance").await.ok()["stats"].clone();
    assert_eq!(stats, json!({ "user_count": 2, "status_count": 3, "domain_count": 0 }));
    assert_eq!(visitor.get("/api/v2/instance").await.ok()["usage"]["users"]["active_month"], 1);
    let usage = visitor.get("/nodeinfo/2.0").await.ok()["usage"].clone();
    assert_eq!(usage, json!({ "users": { "total": 2, "activeMonth": 1 }, "localPosts": 3 }));
}

#[tokio::test]
async fn answers_say_where_there_is_a_better_way() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    for (path, is_old) in [
        ("/api/v1/instance", true),
        ("/api/v1/filters", true),
        ("/api/v1/suggestions", true),
        ("/api/v1/timelines/direct", true),
        ("/api/v2/instance", false),
        ("/api/v2/filters", false),
        ("/api/v1/timelines/home", false),
    ] {
        let reply = ada.get(path).await;
        assert_eq!(reply.header("deprecation").starts_with('@'), is_old, "{path}");
    }
}

#[tokio::test]
async fn paths_of_clients_may_end_in_a_slash_and_unknown_ones_stay_unknown() {
    let world = World::new().await;
    let visitor = world.visitor();
    assert_eq!(visitor.get("/api/v2/instance/").await.ok(), visitor.get("/api/v2/instance").await.ok());
    assert_eq!(visitor.get("/api/v1/timelines/public/?limit=1").await.ok(), json!([]));
    assert_eq!(visitor.get("/api/v1/nothing/").await.status, 404);
}

#[tokio::test]
async fn rules_are_numbered() {
    let world = World::with(100_000.0, |settings| settings.rules = vec!["Be kind".to_owned()]).await;
    let rules = world.visitor().get("/api/v1/instance/rules").await.ok();
    assert_eq!(rules, json!([{ "id": "1", "text": "Be kind", "hint": "", "translations": {} }]));
    assert_eq!(world.visitor().get("/api/v2/instance").await.ok()["rules"], rules);
}

#[tokio::test]
async fn what_is_not_there_yet_is_an_empty_list() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    for path in [
        "custom_emojis",
        "announcements",
        "followed_tags?limit=200",
        "filters",
        "featured_tags",
        "conversations",
        "scheduled_statuses",
        "endorsements",
        "suggestions",
        "directory",
        "trends/tags",
        "trends/statuses",
        "trends/links",
        "instance/peers",
    ] {
        assert_eq!(ada.get(&format!("/api/v1/{path}")).await.ok(), json!([]), "{path}");
    }
    assert_eq!(ada.get("/api/v2/filters").await.ok(), json!([]));
    for path in ["/api/v1/push/subscription", "/api/v1/streaming", "/api/v1/polls/1", "/api/v1/admin/accounts"] {
        ada.get(path).await.refused(404);
    }
}

#[tokio::test]
async fn webfinger_leads_to_those_who_are_there() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    for resource in [
        "acct:ada@cliff.example",
        "acct%3AADA%40cliff.example",
        "https://cliff.example/@ada",
        &format!("https://cliff.example/users/{}", ada.id),
    ] {
        let reply = world.visitor().get(&format!("/.well-known/webfinger?resource={resource}")).await;
        assert_eq!(reply.ok()["subject"], "acct:ada@cliff.example", "{resource}");
        assert_eq!(reply.header("content-type"), "application/jrd+json; charset=utf-8");
        assert_eq!(reply.header("access-control-allow-origin"), "*");
    }
    for resource in
        ["acct:ben@cliff.example", "acct:ada@elsewhere.example", "https://elsewhere.example/@ada", "x", "%40"]
    {
        world.visitor().get(&format!("/.well-known/webfinger?resource={resource}")).await.refused(404);
    }
    world.visitor().get("/.well-known/webfinger").await.refused(400);
}

#[tokio::test]
async fn what_runs_here_is_discovered() {
    let world = World::new().await;
    let links = world.visitor().get("/.well-known/nodeinfo").await.ok();
    assert_eq!(links["links"][0]["href"], "https://cliff.example/nodeinfo/2.0");
    let info = world.visitor().get("/nodeinfo/2.0").await.ok();
    assert_eq!((&info["version"], &info["software"]["name"]), (&json!("2.0"), &json!("kittiwake")));
    assert!(world.visitor().get("/.well-known/host-meta").await.text().contains("webfinger?resource={uri}"));
    assert_eq!(world.visitor().get("/health").await.ok(), json!({ "status": "UP" }));
    let oauth: Value = world.visitor().get("/.well-known/oauth-authorization-server").await.ok();
    assert_eq!(oauth["issuer"], "https://cliff.example/");
    assert_eq!(oauth["code_challenge_methods_supported"], json!(["S256"]));
    assert!(oauth["scopes_supported"].as_array().is_some_and(|scopes| scopes.contains(&json!("write:statuses"))));
}

#[tokio::test]
async fn tags_are_there_before_anybody_uses_them() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    ada.say("#Kelp #kelpie").await;
    let tag = ada.get("/api/v1/tags/KELP").await.ok();
    assert_eq!((&tag["name"], &tag["following"]), (&json!("kelp"), &json!(false)));
    assert_eq!((&tag["history"][0]["uses"], tag["history"].as_array().map(Vec::len)), (&json!("1"), Some(7)));
    assert_eq!(ada.get("/api/v1/tags/unused").await.ok()["history"][0]["uses"], "0");
    let found = ada.get("/api/v2/search?q=%23kel&type=hashtags").await.ok();
    assert_eq!(found["hashtags"].as_array().map(Vec::len), Some(2));
    assert!(found["accounts"].is_array() && found["statuses"].is_array());
    let own = ada.get("/api/v2/search?q=from%3Ame&type=statuses&limit=1").await.ok();
    assert_eq!(own["statuses"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn names_for_good_lead_to_the_pages_of_today() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let post = ada.say("hello").await;
    let (account, post) = (ada.get("/api/v1/accounts/verify_credentials").await.ok()["uri"].clone(), post);
    for (uri, page) in
        [(account, "/@ada".to_owned()), (post["uri"].clone(), format!("/@ada/{}", super::world::id(&post)))]
    {
        let path = uri.as_str().and_then(|uri| uri.strip_prefix(super::world::ORIGIN)).expect("ours");
        let reply = world.visitor().get(path).await;
        assert_eq!((reply.status.as_u16(), reply.header("location")), (303, &*page));
    }
    assert_eq!(world.visitor().get("/users/1").await.status, 404);
}
