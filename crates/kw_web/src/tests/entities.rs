//! The shape of every entity: which keys are there, for whom, and that no list is ever `null`.

use serde_json::Value;

use super::world::{World, id};

const ACCOUNT: &str = "acct avatar avatar_static bot created_at discoverable display_name emojis fields followers_count \
                       following_count group header header_static hide_collections id indexable last_status_at locked \
                       noindex note roles statuses_count uri url username";
const STATUS: &str = "account application card content created_at edited_at emojis favourites_count id \
                      in_reply_to_account_id in_reply_to_id language media_attachments mentions poll quote quote_approval \
                      quotes_count reblog reblogs_count replies_count sensitive spoiler_text tags uri url visibility";
const MINE: &str = "bookmarked favourited filtered muted reblogged";
const RELATIONSHIP: &str = "blocked_by blocking domain_blocking endorsed followed_by following id languages muting \
                            muting_expires_at muting_notifications note notifying requested requested_by showing_reblogs";

/// The keys of an object, sorted.
fn keys(value: &Value) -> Vec<String> {
    let object = value.as_object().unwrap_or_else(|| panic!("no object: {value}"));
    let mut keys: Vec<String> = object.keys().cloned().collect();
    keys.sort_unstable();
    keys
}

#[track_caller]
fn assert_keys(value: &Value, wanted: &[&str]) {
    let mut wanted: Vec<String> = wanted.join(" ").split_whitespace().map(str::to_owned).collect();
    wanted.sort_unstable();
    assert_eq!(keys(value), wanted);
}

/// Names of lists, which are never `null`.
const LISTS: [&str; 13] = [
    "emojis",
    "fields",
    "roles",
    "media_attachments",
    "mentions",
    "tags",
    "filtered",
    "accounts",
    "statuses",
    "notification_groups",
    "sample_account_ids",
    "ancestors",
    "descendants",
];

fn assert_no_null_lists(value: &Value) {
    match value {
        Value::Array(items) => items.iter().for_each(assert_no_null_lists),
        Value::Object(members) => {
            for (name, member) in members {
                assert!(!LISTS.contains(&&**name) || member.is_array(), "{name}: {member}");
                assert_no_null_lists(member);
            }
        }
        _ => {}
    }
}

#[tokio::test]
async fn an_account_has_every_key_and_a_picture_where_it_chose_none() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let account = world.visitor().get(&format!("/api/v1/accounts/{}", ada.id)).await.ok();
    assert_keys(&account, &[ACCOUNT]);
    assert_no_null_lists(&account);
    assert_eq!(account["acct"], "ada");
    assert_eq!(account["display_name"], "");
    assert_eq!(account["url"], "https://cliff.example/@ada");
    assert_eq!(account["created_at"], "2026-11-23T00:00:00.000Z");
    assert_eq!(account["last_status_at"], Value::Null);
    for picture in ["avatar", "avatar_static", "header", "header_static"] {
        assert!(account[picture].as_str().is_some_and(|url| url.starts_with("https://cliff.example/assets/")));
    }
    ada.say("hello").await;
    let account = world.visitor().get(&format!("/api/v1/accounts/{}", ada.id)).await.ok();
    assert_eq!(account["last_status_at"], "2026-11-23");
    assert_eq!(account["statuses_count"], 1);
}

#[tokio::test]
async fn ones_own_account_has_its_source_and_role() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let account = ada.get("/api/v1/accounts/verify_credentials").await.ok();
    assert_keys(&account, &[ACCOUNT, "source role"]);
    assert_keys(
        &account["source"],
        &["note fields privacy sensitive language quote_policy follow_requests_count hide_collections discoverable \
           indexable attribution_domains"],
    );
    assert_keys(&account["role"], &["id name color permissions highlighted"]);
    assert_eq!(account["source"]["privacy"], "public");
}

#[tokio::test]
async fn a_post_tells_what_its_reader_did_with_it_and_a_visitor_nothing() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let post = ada.say("hello #kelp @ben https://sea.example").await;
    assert_keys(&post, &[STATUS, MINE, "pinned"]);
    assert_eq!(post["url"], format!("https://cliff.example/@ada/{}", id(&post)));
    assert_eq!(post["created_at"].as_str().map(str::len), Some("2026-11-23T07:30:00.000Z".len()));
    assert_eq!(post["application"]["name"], "Tern");
    assert_keys(&post["mentions"][0], &["id username url acct"]);
    assert_keys(&post["tags"][0], &["name url"]);

    let path = format!("/api/v1/statuses/{}", id(&post));
    assert_keys(&ben.get(&path).await.ok(), &[STATUS, MINE]);
    assert_keys(&world.visitor().get(&path).await.ok(), &[STATUS]);
    assert_no_null_lists(&post);
}

#[tokio::test]
async fn links_of_mentions_in_the_text_are_those_of_the_mentions() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("Ben").await);
    let post = ada.say("@ben @BEN@cliff.example @nobody").await;
    let content = post["content"].as_str().expect("HTML");
    assert_eq!(post["mentions"].as_array().map(Vec::len), Some(1));
    assert_eq!(post["mentions"][0]["id"], ben.id.as_str());
    let url = post["mentions"][0]["url"].as_str().expect("a URL");
    assert_eq!(content.matches(&format!("href=\"{url}\"")).count(), 2, "{content}");
    assert!(content.contains("@nobody"));
}

#[tokio::test]
async fn a_boost_repeats_its_subject_and_is_marked_inside_and_outside() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let post = ada.say("hello").await;
    let boost = ben.mark(&id(&post), "reblog").await;
    assert_keys(&boost, &[STATUS.replace("application", "").as_str(), MINE]);
    assert_eq!(boost["account"]["acct"], "ben");
    assert_eq!(boost["content"], post["content"]);
    assert_eq!((&boost["reblogged"], &boost["reblog"]["reblogged"]), (&Value::Bool(true), &Value::Bool(true)));
    assert_eq!(boost["reblog"]["id"], post["id"]);
    assert_eq!(boost["reblog"]["reblogs_count"], 1);
    assert_ne!(boost["id"], post["id"]);
    assert_eq!(boost["url"], format!("https://cliff.example/@ben/{}", id(&boost)));
}

#[tokio::test]
async fn a_boost_says_for_whom_it_is_and_is_for_nobody_else() {
    let world = World::new().await;
    let (ada, ben, cleo) = (world.member("ada").await, world.member("ben").await, world.member("cleo").await);
    let post = ada.say("hello").await;
    let path = format!("/api/v1/statuses/{}/reblog", id(&post));
    let boost = ben.post(&path, &serde_json::json!({ "visibility": "private" })).await.ok();
    assert_eq!((&boost["visibility"], &boost["reblog"]["visibility"]), (&"private".into(), &"public".into()));
    let path = format!("/api/v1/statuses/{}", id(&boost));
    cleo.get(&path).await.refused(404);
    cleo.relate(&ben, "follow").await;
    assert_eq!(cleo.get(&path).await.ok()["id"], boost["id"]);
}

#[tokio::test]
async fn a_deleted_post_is_answered_as_it_was_written() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let post = ada.say("<b> & #kelp").await;
    let deleted = ada.call(http::Method::DELETE, &format!("/api/v1/statuses/{}", id(&post)), None).await.ok();
    assert_keys(&deleted, &[STATUS.replace("content", "text").as_str(), MINE, "pinned"]);
    assert_eq!(deleted["text"], "<b> & #kelp");
}

#[tokio::test]
async fn relationships_and_people_have_every_key() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    assert_keys(&ada.relate(&ben, "follow").await, &[RELATIONSHIP]);
    let familiar = ada.get(&format!("/api/v1/accounts/familiar_followers?id[]={}", ben.id)).await.ok();
    assert_keys(&familiar[0], &["id accounts"]);
    ada.relate(&ben, "mute").await;
    assert_keys(&ada.get("/api/v1/mutes").await.ok()[0], &[ACCOUNT, "mute_expires_at"]);
}

#[tokio::test]
async fn notifications_and_groups_have_every_key() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let post = ada.say("hello").await;
    ben.mark(&id(&post), "favourite").await;
    world.clock.advance_millis(1_000);
    ben.relate(&ada, "follow").await;

    let list = ada.get("/api/v1/notifications").await.ok();
    assert_keys(&list[0], &["id type group_key created_at account"]);
    assert_keys(&list[1], &["id type group_key created_at account status"]);
    assert_no_null_lists(&list);

    let groups = ada.get("/api/v2/notifications").await.ok();
    assert_keys(&groups, &["accounts statuses notification_groups"]);
    let group = &groups["notification_groups"][1];
    assert_keys(
        group,
        &["group_key notifications_count type most_recent_notification_id page_min_id page_max_id \
           latest_page_notification_at sample_account_ids status_id"],
    );
    assert!(group["most_recent_notification_id"].as_u64().is_some_and(|id| id < 1 << 53));
    assert_no_null_lists(&groups);
}

#[tokio::test]
async fn small_entities_have_every_key() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let post = ada.say("hello").await;
    let path = |rest: &str| format!("/api/v1/statuses/{}/{rest}", id(&post));
    assert_keys(&ada.get(&path("source")).await.ok(), &["id text spoiler_text"]);
    assert_keys(&ada.get(&path("context")).await.ok(), &["ancestors descendants"]);
    let history = ada.get(&path("history")).await.ok();
    assert_keys(&history[0], &["content spoiler_text sensitive created_at account media_attachments emojis"]);
    assert_keys(
        &ada.get("/api/v1/preferences").await.ok(),
        &[
            "posting:default:visibility posting:default:sensitive posting:default:language posting:default:quote_policy \
           reading:expand:media reading:expand:spoilers reading:autoplay:gifs",
        ],
    );
    let list = ada.post("/api/v1/lists", &serde_json::json!({ "title": "Skerries" })).await.ok();
    assert_keys(&list, &["id title replies_policy exclusive"]);
    let policy = ada.get("/api/v2/notifications/policy").await.ok();
    assert_keys(
        &policy,
        &["for_not_following for_not_followers for_new_accounts for_private_mentions for_limited_accounts summary"],
    );
}

#[tokio::test]
async fn an_account_that_is_taken_down_is_there_and_says_nothing() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let change = serde_json::json!({ "display_name": "Ada", "note": "Keeper of the light" });
    ada.call(http::Method::PATCH, "/api/v1/accounts/update_credentials", Some(&change)).await.ok();
    let post = ada.say("hello").await;
    world.set_unavailable(&ada.id).await;

    let account = ben.get(&format!("/api/v1/accounts/{}", ada.id)).await.ok();
    assert_keys(&account, &[ACCOUNT, "suspended"]);
    assert_eq!((&account["display_name"], &account["note"]), (&Value::from(""), &Value::from("")));
    assert_eq!(account["suspended"], true);
    for list in ["statuses", "followers", "following"] {
        let found = ben.get(&format!("/api/v1/accounts/{}/{list}", ada.id)).await.ok();
        assert_eq!(found.as_array().map(Vec::len), Some(0), "{list}");
    }
    ben.get(&format!("/api/v1/statuses/{}", id(&post))).await.refused(404);
    world.visitor().get("/.well-known/webfinger?resource=acct:ada@cliff.example").await.refused(404);
    let found = ben.get("/api/v2/search?q=ada&resolve=true").await.ok();
    assert_eq!(found["accounts"].as_array().map(Vec::len), Some(0));
}
