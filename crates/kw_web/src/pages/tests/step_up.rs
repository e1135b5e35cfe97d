//! While an account is stepped up: what the pages ask for before each post, edit and boost, and what answers it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::StatusCode;
use kw_app::outside::Letter;
use kw_domain::id::AccountId;
use kw_staff::assertion::RelyingParty;
use kw_staff::authenticator::{Authenticator, Backup, Counting};
use kw_staff::power::Power;
use ring::rand::SystemRandom;
use serde_json::{Value, json};

use super::sign::key_of;
use super::world::{Browser, PASSWORD, Seen, World};
use crate::tests::staff;

/// Ada, signed in, and her id.
async fn ada(world: &World) -> (Browser, AccountId) {
    (world.member("ada").await, world.id_of("ada").await)
}

async fn step_up(world: &World, id: AccountId) {
    let solo = staff::solo(&world.cx).await;
    staff::act(&world.cx, &solo, Power::StepUp, id).await;
}

/// Turns the codes of an app on: its key.
async fn make_totp(world: &World, ada: &mut Browser) -> Vec<u8> {
    let page = ada.send("/settings/security/totp/begin", &[("password", PASSWORD)]).await;
    let secret = page.text.split("name=\"secret\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let secret = secret.expect("a secret").to_owned();
    let key = key_of(&secret);
    let code = kw_app::secret::totp::code(&key, world.cx.now());
    let made = ada.send("/settings/security/totp", &[("secret", &secret), ("code", &code)]).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.text);
    key
}

/// The code that a letter brings.
fn code_in(letter: &Letter) -> String {
    let is_code = |line: &&str| line.len() == 6 && line.bytes().all(|byte| byte.is_ascii_digit());
    letter.text.lines().find(is_code).expect("a code").to_owned()
}

fn refused_at_code(seen: &Seen) -> bool {
    seen.status == StatusCode::UNPROCESSABLE_ENTITY && seen.has("id=\"code-error\"")
}

#[tokio::test]
async fn each_post_needs_a_fresh_code_and_half_an_hour_later_none() {
    let world = World::new().await;
    let (mut ada, id) = ada(&world).await;
    let key = make_totp(&world, &mut ada).await;
    let before = ada.post("before").await;
    step_up(&world, id).await;
    for page in ["/home", "/compose", before.as_str()] {
        assert!(ada.read(page).await.has("each new post needs a code of your app"), "{page}");
    }
    let bare = ada.send("/posts", &[("text", "not by me")]).await;
    assert!(refused_at_code(&bare) && bare.has("not by me"), "{}", bare.text);
    assert!(refused_at_code(&ada.send("/posts", &[("text", "not by me"), ("code", "000000")]).await));

    world.clock.advance_millis(60_000);
    let code = kw_app::secret::totp::code(&key, world.cx.now());
    let sent = ada.send("/posts", &[("text", "by me"), ("code", &code)]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    assert!(refused_at_code(&ada.send("/posts", &[("text", "a replay"), ("code", &code)]).await), "a code works once");

    let edit = format!("{before}/edit");
    assert!(ada.read(&edit).await.has("needs a code of your app"));
    assert!(refused_at_code(&ada.send(&edit, &[("text", "changed")]).await));
    world.clock.advance_millis(60_000);
    let code = kw_app::secret::totp::code(&key, world.cx.now());
    let changed = ada.send(&edit, &[("text", "changed"), ("code", &code)]).await;
    assert_eq!(changed.location(), before, "{}", changed.text);

    world.clock.advance_millis(30 * 60_000);
    ada.post("all is well").await;
    let local = world.browser().read("/local").await;
    assert!(local.has("by me") && local.has("changed") && local.has("all is well"), "{}", local.text);
    assert!(!local.has("not by me") && !local.has("a replay"), "{}", local.text);
}

#[tokio::test]
async fn it_hides_nothing_and_reading_and_leaving_stay_free() {
    let world = World::new().await;
    let ((mut ada, id), mut ben) = (ada(&world).await, world.member("ben").await);
    let (old, other) = (ada.post("still here").await, ben.post("a ferry").await);
    step_up(&world, id).await;
    assert!(ben.read("/local").await.has("still here") && ben.read("/@ada").await.has("still here"));
    let number = other.rsplit('/').next().expect("a number");
    ada.send(&format!("/posts/{number}/favourite"), &[]).await;
    assert!(ada.read("/favourites").await.has("a ferry"));
    let boosted = ada.send(&format!("/posts/{number}/boost"), &[]).await;
    assert_eq!(boosted.status, StatusCode::FORBIDDEN);
    assert!(!ben.read("/@ada").await.has("a ferry"));
    let deleted = ada.send(&format!("{old}/delete"), &[]).await;
    assert_eq!(deleted.status, StatusCode::SEE_OTHER, "{}", deleted.text);
}

#[tokio::test]
async fn without_passkey_or_app_a_code_comes_by_letter_for_one_post() {
    let world = World::new().await;
    let (mut ada, id) = ada(&world).await;
    let change = [("email", "ada@cliff.example"), ("email_password", PASSWORD), ("visibility", "public")];
    ada.send("/settings/account", &change).await;
    let link = world.letters.link().await;
    ada.send(&link, &[]).await;
    step_up(&world, id).await;
    assert!(world.letters.take().await.text.contains("needs your own passkey or a code"));

    let asked = ada.send("/posts", &[("text", "by letter")]).await;
    assert!(refused_at_code(&asked) && asked.has("the code we sent to your e-mail address"), "{}", asked.text);
    let letter = world.letters.take().await;
    let code = code_in(&letter);
    let wrong = if code == "000000" { "000001" } else { "000000" };
    assert!(refused_at_code(&ada.send("/posts", &[("text", "by letter"), ("code", wrong)]).await));
    let sent = ada.send("/posts", &[("text", "by letter"), ("code", &code)]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    assert!(refused_at_code(&ada.send("/posts", &[("text", "a second"), ("code", &code)]).await));
}

#[tokio::test]
async fn a_code_that_was_sent_to_one_session_does_nothing_for_another() {
    let world = World::new().await;
    let (mut ada, id) = ada(&world).await;
    let change = [("email", "ada@cliff.example"), ("email_password", PASSWORD), ("visibility", "public")];
    ada.send("/settings/account", &change).await;
    let link = world.letters.link().await;
    ada.send(&link, &[]).await;
    let mut thief = world.browser();
    thief.send("/sign-in", &[("login", "ada"), ("password", PASSWORD)]).await;
    step_up(&world, id).await;
    world.letters.take().await;
    ada.send("/posts", &[("text", "mine")]).await;
    let letter = world.letters.take().await;
    let code = code_in(&letter);
    assert!(refused_at_code(&thief.send("/posts", &[("text", "theirs"), ("code", &code)]).await));
}

#[tokio::test]
async fn whoever_has_nothing_to_show_waits_and_is_told_for_how_long() {
    let world = World::new().await;
    let (mut ada, id) = ada(&world).await;
    step_up(&world, id).await;
    let refused = ada.send("/posts", &[("text", "hello")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.has("You can post again in 30 minutes."), "{}", refused.text);
}

/// Turns what the authenticator answers into what a browser's `PublicKeyCredential` is as JSON.
fn as_browser(answer: &str, of: &[&str]) -> String {
    let answer: Value = serde_json::from_str(answer).expect("JSON");
    let response: serde_json::Map<_, _> = of.iter().map(|name| ((*name).to_owned(), answer[*name].clone())).collect();
    json!({ "id": answer["id"], "rawId": answer["id"], "type": "public-key", "extensions": {}, "response": response })
        .to_string()
}

fn challenge_of(options: &Value) -> Vec<u8> {
    let text = options["publicKey"]["challenge"].as_str().expect("a challenge");
    URL_SAFE_NO_PAD.decode(text).expect("base64url")
}

#[tokio::test]
async fn a_passkey_signs_for_one_post() {
    let world = World::new().await;
    let (mut ada, id) = ada(&world).await;
    let party = RelyingParty { id: "kittiwake.example".to_owned(), origin: "http://kittiwake.example".to_owned() };
    let key = Authenticator::generate(&SystemRandom::new(), Backup::DeviceBound, Counting::Never);
    let mut key = key.expect("the machine has chance");
    let begun = ada.send("/settings/security/passkeys/options", &[("password", PASSWORD)]).await;
    let options: Value = serde_json::from_str(&begun.text).expect("options");
    let made = key.create(&challenge_of(&options), &party).to_json();
    let made = as_browser(&made, &["clientDataJSON", "attestationObject"]);
    let enrolled = ada.send("/settings/security/passkeys", &[("name", "Key"), ("passkey", &made)]).await;
    assert_eq!(enrolled.status, StatusCode::OK, "{}", enrolled.text);

    step_up(&world, id).await;
    assert_eq!(ada.send("/posts", &[("text", "not by me")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = ada.read("/compose").await;
    let options = page.attribute("data-passkey-use", "{").replace("&#34;", "\"").replace("&quot;", "\"");
    let options: Value = serde_json::from_str(&options).expect("options");
    let signed = key.assert(&challenge_of(&options), &party).to_json(key.credential());
    let signed = as_browser(&signed, &["clientDataJSON", "authenticatorData", "signature"]);
    let sent = ada.send("/posts", &[("text", "by me"), ("passkey", &signed)]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let again = ada.send("/posts", &[("text", "replayed"), ("passkey", &signed)]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "a signature works once");
    let local = world.browser().read("/local").await;
    assert!(local.has("by me") && !local.has("not by me") && !local.has("replayed"), "{}", local.text);
}
