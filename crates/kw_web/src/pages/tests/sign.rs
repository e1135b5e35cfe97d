//! Joining, signing in, signing out, leaving and coming back.

use std::sync::atomic::Ordering;

use http::StatusCode;
use kw_app::settings::Registrations;

use super::world::{PASSWORD, World};

const JOIN: [(&str, &str); 2] = [("handle", "ada"), ("password", PASSWORD)];

#[tokio::test]
async fn somebody_joins_and_is_at_home() {
    let world = World::new().await;
    let mut browser = world.browser();
    assert!(browser.read("/sign-up").await.has("name=\"handle\""));
    let joined = browser.send("/sign-up", &JOIN).await;
    assert_eq!((joined.status, joined.location().as_str()), (StatusCode::SEE_OTHER, "/home"), "{}", joined.text);
    assert!(browser.read("/home").await.has("@ada"));
    assert_eq!(browser.open("/sign-up").await.location(), "/home");
}

#[tokio::test]
async fn a_form_that_is_refused_keeps_what_was_typed_and_says_why_beside_the_field() {
    let world = World::new().await;
    let _ada = world.member("ada").await;
    let mut browser = world.browser();
    let again =
        browser.send("/sign-up", &[("handle", "ada"), ("email", "ada@cliff.example"), ("password", PASSWORD)]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.has("value=\"ada@cliff.example\"") && again.has("id=\"handle-error\""), "{}", again.text);
    assert!(!again.has(PASSWORD));
}

#[tokio::test]
async fn a_site_with_approval_has_people_wait() {
    let world = World::with(|settings| settings.registrations = Registrations::Approval).await;
    let mut browser = world.browser();
    let without = browser.send("/sign-up", &JOIN).await;
    assert!(without.has("id=\"reason-error\""), "{}", without.text);
    let asked = browser.send("/sign-up", &[JOIN[0], JOIN[1], ("reason", "I like cliffs")]).await;
    assert_eq!(asked.status, StatusCode::OK);
    assert!(asked.has("@ada"));
    let early = browser.send("/sign-in", &[("login", "ada"), ("password", PASSWORD)]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", early.text);
    assert!(early.has("id=\"form-error\""));
}

#[tokio::test]
async fn a_site_by_invitation_takes_those_who_were_invited() {
    let world = World::with(|settings| settings.registrations = Registrations::Invitation).await;
    let mut ben = world.member("ben").await;
    let mut browser = world.browser();
    assert!(browser.send("/sign-up", &JOIN).await.has("id=\"invitation-error\""));
    ben.send("/settings/invitations", &[("uses", "1"), ("days", "7")]).await;
    let address = ben.read("/settings/invitations").await.attribute("value", "http://kittiwake.example/sign-up");
    let path = address.strip_prefix("http://kittiwake.example").expect("our own address");
    assert!(browser.read(path).await.has("name=\"invitation\""));
    let code = path.split_once('=').expect("a code").1;
    let joined = browser.send("/sign-up", &[JOIN[0], JOIN[1], ("invitation", code)]).await;
    assert_eq!(joined.location(), "/home", "{}", joined.text);
}

#[tokio::test]
async fn a_closed_site_takes_nobody() {
    let world = World::with(|settings| settings.registrations = Registrations::Closed).await;
    let mut browser = world.browser();
    assert!(!browser.read("/sign-up").await.has("name=\"password\""));
    assert_eq!(browser.send("/sign-up", &JOIN).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_read_alike() {
    let world = World::new().await;
    let _ada = world.member("ada").await;
    let mut browser = world.browser();
    for login in ["ada", "nobody"] {
        let refused = browser.send("/sign-in", &[("login", login), ("password", "wrong wrong")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.has("id=\"form-error\"") && refused.has(&format!("value=\"{login}\"")), "{}", refused.text);
    }
}

#[tokio::test]
async fn signing_in_leads_back_to_where_somebody_was_going() {
    let world = World::new().await;
    let _ada = world.member("ada").await;
    let mut browser = world.browser();
    let led = browser.open("/compose?reply_to=7").await;
    assert_eq!(led.location(), "/sign-in?back=%2Fcompose%3Freply_to%3D7");
    let page = browser.read(&led.location()).await;
    assert!(page.has("name=\"back\" value=\"/compose?reply_to=7\""), "{}", page.text);
    let fields = [("login", "ada"), ("password", PASSWORD), ("back", "/compose?reply_to=7")];
    assert_eq!(browser.send("/sign-in", &fields).await.location(), "/compose?reply_to=7");
}

#[tokio::test]
async fn signing_out_ends_the_session() {
    let world = World::new().await;
    let mut ada = world.member("ada").await;
    assert_eq!(ada.send("/sign-out", &[]).await.location(), "/");
    assert_eq!(ada.open("/home").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn somebody_leaves_is_not_there_and_comes_back() {
    let world = World::new().await;
    let mut ada = world.member("ada").await;
    ada.post("The first chicks").await;
    let other = ada.send("/settings/deactivate", &[("handle", "ben"), ("password", PASSWORD)]).await;
    assert!(other.has("id=\"handle-error\""), "{}", other.text);
    let wrong = ada.send("/settings/deactivate", &[("handle", "ada"), ("password", "wrong wrong")]).await;
    assert!(wrong.has("id=\"password-error\""), "{}", wrong.text);

    let left = ada.send("/settings/deactivate", &[("handle", "ada"), ("password", PASSWORD)]).await;
    assert_eq!(left.location(), "/settings/reactivate");
    assert!(ada.read("/settings/reactivate").await.has("action=\"/settings/reactivate\""));
    assert_eq!(ada.open("/home").await.location(), "/settings/reactivate");
    let mut browser = world.browser();
    let gone = browser.open("/@ada").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    assert!(!gone.has("chicks"));

    assert_eq!(ada.send("/settings/reactivate", &[]).await.location(), "/home");
    assert!(browser.read("/@ada").await.has("chicks"));
}

#[tokio::test]
async fn a_password_is_changed_with_the_old_one() {
    let world = World::new().await;
    let mut ada = world.member("ada").await;
    let fields = |current, again| [("current", current), ("password", "another ledge"), ("again", again)];
    let differ = ada.send("/settings/password", &fields(PASSWORD, "another lodge")).await;
    assert!(differ.has("id=\"again-error\""));
    let wrong = ada.send("/settings/password", &fields("not the old one", "another ledge")).await;
    assert!(wrong.has("id=\"current-error\""), "{}", wrong.text);
    let changed = ada.send("/settings/password", &fields(PASSWORD, "another ledge")).await;
    assert_eq!(changed.location(), "/settings/account", "{}", changed.text);
    let mut browser = world.browser();
    let entered = browser.send("/sign-in", &[("login", "ada"), ("password", "another ledge")]).await;
    assert_eq!(entered.location(), "/home");
}

#[tokio::test]
async fn codes_of_an_app_are_a_second_factor_and_recovery_codes_work_once() {
    let world = World::new().await;
    let mut ada = world.member("ada").await;
    let page = ada.send("/settings/security/totp/begin", &[("password", PASSWORD)]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    let secret = page.text.split("name=\"secret\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let secret = secret.expect("a secret").to_owned();
    let wrong = ada.send("/settings/security/totp", &[("secret", &secret), ("code", "000000")]).await;
    assert!(wrong.has("id=\"code-error\"") && wrong.has(&secret), "{}", wrong.text);
    let key = key_of(&secret);
    let code = kw_app::secret::totp::code(&key, world.cx.now());
    let codes = ada.send("/settings/security/totp", &[("secret", &secret), ("code", &code)]).await;
    let recovery = codes.text.split("<li class=\"code\">").nth(1).and_then(|rest| rest.split('<').next());
    let recovery = recovery.unwrap_or_else(|| panic!("codes in {}", codes.text)).to_owned();

    for expected in ["/local", ""] {
        let mut browser = world.browser();
        let first = browser.send("/sign-in", &[("login", "ada"), ("password", PASSWORD), ("back", "/local")]).await;
        assert_eq!(first.location(), "/sign-in/second-factor?back=%2Flocal");
        assert!(browser.read(&first.location()).await.has("name=\"code\""));
        assert_eq!(browser.open("/home").await.status, StatusCode::SEE_OTHER);
        let second = browser.send("/sign-in/second-factor", &[("code", &recovery), ("back", "/local")]).await;
        assert_eq!(second.location(), expected, "{}", second.text);
        assert_eq!(second.has("id=\"code-error\""), expected.is_empty(), "{}", second.text);
    }
}

#[tokio::test]
async fn an_address_is_confirmed_and_a_forgotten_password_replaced_by_letter() {
    let world = World::new().await;
    let mut ada = world.member("ada").await;
    let change = |password| [("email", "ada@cliff.example"), ("email_password", password), ("visibility", "public")];
    let wrong = ada.send("/settings/account", &change("wrong wrong")).await;
    assert!(wrong.has("id=\"email_password-error\"") && wrong.has("ada@cliff.example"), "{}", wrong.text);
    let saved = ada.send("/settings/account", &change(PASSWORD)).await;
    assert_eq!(saved.location(), "/settings/account", "{}", saved.text);
    let link = world.letters.link().await;
    assert!(ada.read(&link).await.has("method=\"post\""));
    assert_eq!(ada.send(&link, &[]).await.status, StatusCode::OK);
    assert!(ada.send(&link, &[]).await.has("id=\"form-error\""));

    let mut browser = world.browser();
    assert!(browser.read("/sign-in").await.has("href=\"/forgotten\""));
    let known = browser.send("/forgotten", &[("login", "ada@cliff.example")]).await;
    let unknown = browser.send("/forgotten", &[("login", "nobody@cliff.example")]).await;
    assert_eq!(known.text, unknown.text);
    let link = world.letters.link().await;
    let fields = |again| [("password", "another ledge"), ("again", again)];
    assert!(browser.send(&link, &fields("another lodge")).await.has("id=\"again-error\""));
    assert_eq!(browser.send(&link, &fields("another ledge")).await.location(), "/sign-in");
    assert!(browser.send(&link, &fields("another ledge")).await.has("id=\"form-error\""));
    assert_eq!(ada.open("/home").await.status, StatusCode::SEE_OTHER);
    let entered = browser.send("/sign-in", &[("login", "ada"), ("password", "another ledge")]).await;
    assert_eq!(entered.location(), "/home");
}

#[tokio::test]
async fn a_mail_server_that_fails_does_not_tell_who_has_an_account() {
    let world = World::new().await;
    let mut ada = world.member("ada").await;
    let change = [("email", "ada@cliff.example"), ("email_password", PASSWORD), ("visibility", "public")];
    ada.send("/settings/account", &change).await;
    let link = world.letters.link().await;
    ada.send(&link, &[]).await;

    world.letters.is_closed.store(true, Ordering::SeqCst);
    let handed_over = world.letters.handed_over.load(Ordering::SeqCst);
    let mut browser = world.browser();
    let known = browser.send("/forgotten", &[("login", "ada@cliff.example")]).await;
    let unknown = browser.send("/forgotten", &[("login", "nobody@cliff.example")]).await;
    assert_eq!((known.status, &known.text), (StatusCode::OK, &unknown.text));
    world.letters.wait_for(handed_over + 1).await;
}

#[tokio::test]
async fn what_was_done_is_said_once() {
    let world = World::new().await;
    let mut ada = world.member("ada").await;
    ada.open("/about").await;
    let token = ada.token().await;
    ada.send_bare("/settings/profile", &[("csrf", &token), ("name", "Ada")]).await;
    assert!(ada.read("/settings/profile").await.has("flash-good"));
    assert!(!ada.read("/settings/profile").await.has("flash-good"));
}

#[tokio::test]
async fn what_changes_how_somebody_signs_in_asks_for_their_password() {
    let world = World::new().await;
    let mut ada = world.member("ada").await;
    let page = ada.read("/settings/security").await;
    assert!(page.has("action=\"/settings/security/totp/begin\"") && page.has("name=\"password\""));
    for path in
        ["/settings/security/totp/begin", "/settings/security/totp/disable", "/settings/security/recovery-codes"]
    {
        let refused = ada.send(path, &[("password", "wrong wrong")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(refused.has("id=\"form-error\""), "{path}: {}", refused.text);
    }
    let refused = ada.send_by_script("/settings/security/passkeys/options", &[("password", "wrong wrong")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let options = ada.send_by_script("/settings/security/passkeys/options", &[("password", PASSWORD)]).await;
    let json: serde_json::Value = serde_json::from_str(&options.text).expect("JSON");
    assert!(json["publicKey"]["challenge"].is_string(), "{json}");
    let forged = [("name", "phone"), ("passkey", "{}"), ("password", PASSWORD)];
    assert_eq!(ada.send("/settings/security/passkeys", &forged).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn other_browsers_are_listed_and_signed_out() {
    let world = World::new().await;
    let mut ada = world.member("ada").await;
    let mut other = world.browser();
    other.send("/sign-in", &[("login", "ada"), ("password", PASSWORD)]).await;
    let page = ada.read("/settings/sessions").await;
    // The present one stands first.
    let last = page.text.rsplit("action=\"/settings/sessions/").next().and_then(|rest| rest.split('"').next());
    let revoke = format!("/settings/sessions/{}", last.expect("another session"));
    assert_eq!(ada.send(&revoke, &[]).await.location(), "/settings/sessions");
    assert_eq!(other.open("/home").await.status, StatusCode::SEE_OTHER);
    assert_eq!(ada.send("/settings/sessions/7/revoke", &[]).await.status, StatusCode::NOT_FOUND);
    ada.read("/home").await;
}

/// The bytes of a key in base 32.
pub(super) fn key_of(secret: &str) -> Vec<u8> {
    let mut bits = 0_u64;
    let mut count = 0;
    let mut key = Vec::new();
    for letter in secret.bytes() {
        let value = if letter.is_ascii_digit() { letter - b'2' + 26 } else { letter - b'A' };
        (bits, count) = (bits << 5 | u64::from(value), count + 5);
        if count >= 8 {
            count -= 8;
            key.push((bits >> count) as u8);
        }
    }
    key
}
