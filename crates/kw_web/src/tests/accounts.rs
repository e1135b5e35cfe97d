//! Accounts through the API: signing up, profiles, pictures, relations.

use http::{Method, StatusCode};
use kw_app::settings::Registrations;
use serde_json::{Value, json};

use super::world::{World, id};

fn sign_up(handle: &str) -> Value {
    json!({
        "username": handle, "email": format!("{handle}@post.example"), "password": "kelp forest 42",
        "agreement": true, "locale": "en",
    })
}

fn picture(shade: u8) -> Vec<u8> {
    let mut png = std::io::Cursor::new(Vec::new());
    let image = image::RgbImage::from_pixel(8, 8, image::Rgb([shade, 0, 0]));
    image.write_to(&mut png, image::ImageFormat::Png).expect("a picture can be written");
    png.into_inner()
}

fn multipart(parts: &[(&str, Option<&str>, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, file, content) in parts {
        let file = file.map(|file| format!("; filename=\"{file}\"\r\nContent-Type: image/png")).unwrap_or_default();
        body.extend(format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").into_bytes());
        body.extend_from_slice(content);
        body.extend(b"\r\n");
    }
    body.extend(b"--cut--\r\n");
    body
}

const MULTIPART: Option<&str> = Some("multipart/form-data; boundary=cut");
const UPDATE: &str = "/api/v1/accounts/update_credentials";

#[tokio::test]
async fn a_token_from_signing_up_works_at_once() {
    let world = World::new().await;
    let app = world.app_client("read write").await;
    let token = app.post("/api/v1/accounts", &sign_up("ada")).await.ok();
    assert_eq!(token["token_type"], "Bearer");
    assert_eq!(token["scope"], "read write");
    assert!(token["created_at"].is_u64());
    let ada = world.bearer(token["access_token"].as_str().expect("a token"));
    assert_eq!(ada.get("/api/v1/accounts/verify_credentials").await.ok()["username"], "ada");
}

#[tokio::test]
async fn a_form_that_cannot_be_is_refused_input_by_input() {
    let world = World::new().await;
    let app = world.app_client("write:accounts").await;
    app.post("/api/v1/accounts", &sign_up("ada")).await.ok();
    let reply = app.post("/api/v1/accounts", &json!({ "username": "a b", "password": "x", "email": "no" })).await;
    assert!(reply.refused(422).starts_with("Validation failed"));
    for input in ["username", "password", "email", "agreement"] {
        assert!(
            reply.json()["details"][input][0]["error"].as_str().is_some_and(|word| word.starts_with("ERR_")),
            "{input}"
        );
    }
    let taken = app.post("/api/v1/accounts", &sign_up("ADA")).await;
    taken.refused(422);
    assert_eq!(taken.json()["details"]["username"][0]["error"], "ERR_TAKEN");
}

#[tokio::test]
async fn a_member_cannot_sign_others_up_and_a_closed_server_nobody() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    ada.post("/api/v1/accounts", &sign_up("ben")).await.refused(403);
    let closed = World::with(100_000.0, |settings| settings.registrations = Registrations::Closed).await;
    closed.app_client("write").await.post("/api/v1/accounts", &sign_up("ben")).await.refused(403);
}

#[tokio::test]
async fn whoever_waits_for_approval_is_told_so_and_is_not_signed_out() {
    let world = World::with(100_000.0, |settings| settings.registrations = Registrations::Approval).await;
    let app = world.app_client("read write").await;
    let mut form = sign_up("ada");
    form["reason"] = json!("I like birds");
    let token = app.post("/api/v1/accounts", &form).await.ok();
    let ada = world.bearer(token["access_token"].as_str().expect("a token"));
    let sentence = ada.get("/api/v1/accounts/verify_credentials").await.refused(403);
    assert!(sentence.contains("pending approval"), "{sentence}");
    world.visitor().get("/api/v1/accounts/lookup?acct=ada").await.refused(404);
}

#[tokio::test]
async fn a_profile_changes_by_json_and_form_and_multipart_alike() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let change = json!({
        "display_name": "Ada <b>", "note": "Light\nhouse", "locked": true, "bot": "0",
        "fields_attributes": [{ "name": "Web", "value": "https://ada.example" }],
        "source": { "privacy": "unlisted", "language": "fr", "sensitive": true },
    });
    let account = ada.call(Method::PATCH, UPDATE, Some(&change)).await.ok();
    assert_eq!(account["display_name"], "Ada <b>");
    assert_eq!(account["note"], "<p>Light<br>house</p>");
    assert_eq!(account["source"]["note"], "Light\nhouse");
    assert_eq!((&account["locked"], &account["bot"]), (&json!(true), &json!(false)));
    assert!(account["fields"][0]["value"].as_str().is_some_and(|html| html.contains("rel=\"me nofollow noopener\"")));
    assert_eq!(account["source"]["fields"][0]["value"], "https://ada.example");
    assert_eq!(account["source"]["privacy"], "unlisted");
    assert_eq!(ada.get("/api/v1/preferences").await.ok()["posting:default:visibility"], "unlisted");

    let form = "display_name=Ada&fields_attributes[0][name]=Boat&fields_attributes[0][value]=Tern&locked=false";
    let account = ada.form(Method::PATCH, UPDATE, form).await.ok();
    assert_eq!((&account["display_name"], &account["locked"]), (&json!("Ada"), &json!(false)));
    assert_eq!(account["fields"][0]["name"], "Boat");
    assert_eq!(account["source"]["note"], "Light\nhouse");

    let body = multipart(&[("display_name", None, "A.".as_bytes()), ("note", None, b"")]);
    let account = ada.raw(Method::PATCH, UPDATE, MULTIPART, body).await.ok();
    assert_eq!((&account["display_name"], &account["note"]), (&json!("A."), &json!("")));
}

#[tokio::test]
async fn a_new_picture_has_a_new_address_that_may_be_kept_for_ever() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let mut addresses = Vec::new();
    for shade in [10, 200] {
        let body = multipart(&[("avatar", Some("a.png"), &picture(shade))]);
        let account = ada.raw(Method::PATCH, UPDATE, MULTIPART, body).await.ok();
        addresses.push(account["avatar"].as_str().expect("a URL").to_owned());
    }
    assert_ne!(addresses[0], addresses[1]);
    let path = addresses[1].strip_prefix(super::world::ORIGIN).expect("ours");
    let reply = world.visitor().get(path).await;
    assert_eq!(reply.status, StatusCode::OK);
    assert!(reply.header("content-type").starts_with("image/"));
    assert!(reply.header("cache-control").contains("immutable"));
    assert_eq!(reply.header("access-control-allow-origin"), "*");
    let again = http::Request::get(path).header("if-none-match", reply.header("etag"));
    let again = world.send(again.body(axum::body::Body::empty()).expect("a request")).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    assert_eq!(world.visitor().get(addresses[0].strip_prefix(super::world::ORIGIN).expect("ours")).await.status, 404);

    world.set_unavailable(&ada.id).await;
    let gone = world.visitor().get(path).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    assert!(gone.header("cache-control").contains("no-store"));
}

#[tokio::test]
async fn accounts_are_found_with_and_without_our_own_domain() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    for name in ["ada", "@ada", "ada@cliff.example", "@ada@cliff.example", "Ada"] {
        let name = name.replace('@', "%40");
        let found = world.visitor().get(&format!("/api/v1/accounts/lookup?acct={name}")).await.ok();
        assert_eq!(id(&found), ada.id);
        for search in ["/api/v1/accounts/search?resolve=true&q=", "/api/v2/search?type=accounts&resolve=true&q="] {
            let found = ben.get(&format!("{search}{name}")).await.ok();
            let list = if found.is_array() { found.clone() } else { found["accounts"].clone() };
            assert_eq!(id(&list[0]), ada.id, "{search}{name}");
        }
    }
    world.visitor().get("/api/v1/accounts/lookup?acct=ada@elsewhere.example").await.refused(404);
    world.visitor().get("/api/v1/accounts/lookup").await.refused(400);
}

#[tokio::test]
async fn relationships_come_in_the_order_they_were_asked_for() {
    let world = World::new().await;
    let (ada, ben, cat) = (world.member("ada").await, world.member("ben").await, world.member("cat").await);
    ada.relate(&ben, "follow").await;
    let path = format!("/api/v1/accounts/relationships?id[]={}&id[]=1&id[]={}", cat.id, ben.id);
    let found = ada.get(&path).await.ok();
    assert_eq!((id(&found[0]), id(&found[1])), (cat.id.clone(), ben.id.clone()));
    assert_eq!((&found[0]["following"], &found[1]["following"]), (&json!(false), &json!(true)));
    let single = ada.get(&format!("/api/v1/accounts/relationships?id={}", ben.id)).await.ok();
    assert_eq!(id(&single[0]), ben.id);
    assert_eq!(ada.get("/api/v1/accounts/relationships").await.ok(), json!([]));
}

#[tokio::test]
async fn a_second_follow_changes_the_first_and_a_block_forbids_it() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let follow = format!("/api/v1/accounts/{}/follow", ben.id);
    assert_eq!(ada.post(&follow, &json!({})).await.ok()["showing_reblogs"], true);
    let changed = ada.post(&follow, &json!({ "reblogs": false, "languages": ["fr"] })).await.ok();
    assert_eq!((&changed["showing_reblogs"], &changed["languages"]), (&json!(false), &json!(["fr"])));
    assert_eq!(ada.relate(&ben, "unfollow").await["following"], false);
    ben.relate(&ada, "block").await;
    ada.post(&follow, &json!({})).await.refused(403);
    assert_eq!(ben.get("/api/v1/blocks").await.ok()[0]["acct"], "ada");
    assert_eq!(ben.relate(&ada, "unblock").await["blocking"], false);
}

#[tokio::test]
async fn requests_to_follow_are_answered_by_the_accounts_id() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    ada.call(Method::PATCH, UPDATE, Some(&json!({ "locked": true }))).await.ok();
    assert_eq!(ben.relate(&ada, "follow").await["requested"], true);
    assert_eq!(ada.get("/api/v1/follow_requests").await.ok()[0]["acct"], "ben");
    assert_eq!(ada.get("/api/v1/accounts/verify_credentials").await.ok()["source"]["follow_requests_count"], 1);
    let answered = ada.post(&format!("/api/v1/follow_requests/{}/authorize", ben.id), &json!({})).await.ok();
    assert_eq!(answered["followed_by"], true);
    assert_eq!(ada.get(&format!("/api/v1/accounts/{}/followers", ada.id)).await.ok()[0]["acct"], "ben");
    assert_eq!(ada.relate(&ben, "remove_from_followers").await["followed_by"], false);
}

#[tokio::test]
async fn mutes_notes_and_blocked_domains_are_kept_and_taken_back() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let muted = ada.post(&format!("/api/v1/accounts/{}/mute", ben.id), &json!({ "duration": 3600 })).await.ok();
    assert_eq!((&muted["muting"], &muted["muting_notifications"]), (&json!(true), &json!(true)));
    assert_eq!(ada.get("/api/v1/mutes").await.ok()[0]["mute_expires_at"], "2026-11-23T08:30:00.000Z");
    assert_eq!(ada.relate(&ben, "unmute").await["muting"], false);

    let note = format!("/api/v1/accounts/{}/note", ben.id);
    assert_eq!(ada.post(&note, &json!({ "comment": "owes me a boat" })).await.ok()["note"], "owes me a boat");
    assert_eq!(ada.post(&note, &json!({ "comment": "" })).await.ok()["note"], "");

    ada.form(Method::POST, "/api/v1/domain_blocks", "domain=Spam.Example").await.ok();
    assert_eq!(ada.get("/api/v1/domain_blocks").await.ok(), json!(["spam.example"]));
    ada.call(Method::DELETE, "/api/v1/domain_blocks?domain=spam.example", None).await.ok();
    assert_eq!(ada.get("/api/v1/domain_blocks").await.ok(), json!([]));
}

#[tokio::test]
async fn lists_hold_whom_their_owner_follows() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let list = id(&ada.post("/api/v1/lists", &json!({ "title": "Skerries" })).await.ok());
    let members = format!("/api/v1/lists/{list}/accounts");
    ada.post(&members, &json!({ "account_ids": [ben.id] })).await.refused(404);
    ada.relate(&ben, "follow").await;
    ada.post(&members, &json!({ "account_ids": [ben.id] })).await.ok();
    assert_eq!(ada.get(&format!("{members}?limit=0")).await.ok()[0]["acct"], "ben");
    assert_eq!(id(&ada.get(&format!("/api/v1/accounts/{}/lists", ben.id)).await.ok()[0]), list);
    let post = ben.say("hello").await;
    assert_eq!(ada.get(&format!("/api/v1/timelines/list/{list}")).await.ok()[0]["id"], post["id"]);
    ada.call(Method::DELETE, &format!("{members}?account_ids[]={}", ben.id), None).await.ok();
    let change = json!({ "title": "Rocks", "replies_policy": "none" });
    assert_eq!(ada.call(Method::PUT, &format!("/api/v1/lists/{list}"), Some(&change)).await.ok()["title"], "Rocks");
    ben.get(&format!("/api/v1/lists/{list}")).await.refused(404);
    ada.call(Method::DELETE, &format!("/api/v1/lists/{list}"), None).await.ok();
    assert_eq!(ada.get("/api/v1/lists").await.ok(), json!([]));
}
