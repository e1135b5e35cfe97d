//! Clients: registering, being let in, tokens.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kw_domain::refusal::Kind;
use kw_domain::scope::{Scope, Scopes};
use kw_domain::time::Millis;
use sha2::{Digest, Sha256};

use super::world::{BACK, World, code, refusal};
use crate::oauth::{Ask, Asked, NewApp, Registered, TokenAsk, find_app, issue, look, register_app, revoke};
use crate::session::{Actor, authenticate, list};

const VERIFIER: &str = "a-verifier-of-at-least-forty-three-characters-0123456789";

fn challenge() -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER))
}

/// What a client asks amiss.
type Change = fn(&mut Ask<'_>);

async fn look_at(world: &World, client: &Registered, change: impl FnOnce(&mut Ask<'_>)) -> Asked {
    let client_id = client.app.id.to_string();
    let mut ask =
        Ask { client_id: &client_id, redirect_uri: BACK, response_type: "code", scope: "read", ..Ask::default() };
    change(&mut ask);
    look(&world.cx, &ask).await.expect("a known client")
}

#[tokio::test]
async fn a_client_is_let_in_and_acts_for_its_member() {
    let world = World::new().await;
    let (ada, client) = (world.member("ada").await, world.client().await);
    let code = world.authorise(&ada, &client, &challenge()).await;
    let issued = world.exchange(&client, &code, VERIFIER).await.expect("a good code");
    assert_eq!(issued.scopes.to_string(), "read write");
    let member = world.member_by(&issued.token).await;
    assert_eq!((member.account, member.app), (ada.account, Some(client.app.id)));
    assert!(!member.scopes.includes(Scope::PUSH));
    let names: Vec<_> = list(&world.cx, &ada).await.expect("a list").into_iter().map(|view| view.app_name).collect();
    assert!(names.contains(&Some("Elk".to_owned())) && names.contains(&None));
}

#[tokio::test]
async fn a_code_works_once_and_its_second_use_ends_what_the_first_began() {
    let world = World::new().await;
    let (ada, client) = (world.member("ada").await, world.client().await);
    let code_once = world.authorise(&ada, &client, "").await;
    let issued = world.exchange(&client, &code_once, "").await.expect("a good code");
    assert_eq!(code(world.exchange(&client, &code_once, "").await), "invalid_grant");
    assert_eq!(code(authenticate(&world.cx, &issued.token).await), "token_revoked");
}

#[tokio::test]
async fn of_two_exchanges_of_one_code_at_most_one_gets_a_token() {
    let world = World::new().await;
    let (ada, client) = (world.member("ada").await, world.client().await);
    let code = world.authorise(&ada, &client, "").await;
    let (one, other) = tokio::join!(world.exchange(&client, &code, ""), world.exchange(&client, &code, ""));
    assert!(one.is_err() || other.is_err());
}

#[tokio::test]
async fn a_code_is_bound_to_its_client_its_address_its_verifier_and_its_ten_minutes() {
    let world = World::new().await;
    let (ada, client, other) = (world.member("ada").await, world.client().await, world.client().await);
    let code_bound = world.authorise(&ada, &client, &challenge()).await;
    let client_id = client.app.id.to_string();
    let good = TokenAsk {
        grant_type: "authorization_code",
        client_id: &client_id,
        client_secret: &client.secret,
        code: &code_bound,
        redirect_uri: BACK,
        code_verifier: VERIFIER,
        scope: "",
    };
    for (bad, why) in [
        (TokenAsk { code_verifier: "another-verifier-of-forty-three-characters-0123456", ..good }, "invalid_grant"),
        (TokenAsk { code_verifier: "", ..good }, "invalid_grant"),
        (TokenAsk { redirect_uri: "https://client.example/back/", ..good }, "invalid_grant"),
        (TokenAsk { code: "nonsense", ..good }, "invalid_grant"),
        (TokenAsk { code: "", ..good }, "invalid_request"),
        (TokenAsk { client_secret: &other.secret, ..good }, "invalid_client"),
        (TokenAsk { client_id: "7", ..good }, "invalid_client"),
        (TokenAsk { client_id: "elk", ..good }, "invalid_client"),
        (TokenAsk { grant_type: "refresh_token", ..good }, "unsupported_grant_type"),
        (TokenAsk { grant_type: "password", ..good }, "unsupported_grant_type"),
        (TokenAsk { grant_type: "", ..good }, "invalid_request"),
    ] {
        assert_eq!(code(issue(&world.cx, &bad).await), why, "{bad:?}");
    }
    assert_eq!(code(world.exchange(&other, &code_bound, VERIFIER).await), "invalid_grant");
    world.clock.advance_millis(10 * Millis::MINUTE);
    assert_eq!(code(issue(&world.cx, &good).await), "invalid_grant");
    let fresh = world.authorise(&ada, &client, "").await;
    assert_eq!(code(world.exchange(&client, &fresh, VERIFIER).await), "invalid_grant");
}

#[tokio::test]
async fn what_a_client_may_not_ask_is_sent_back_and_strangers_are_not() {
    let world = World::new().await;
    let client = world.client().await;
    let cases: [(&str, Change); 7] = [
        ("invalid_request", |ask| ask.response_type = ""),
        ("unsupported_response_type", |ask| ask.response_type = "token"),
        ("invalid_scope", |ask| ask.scope = "read push"),
        ("invalid_scope", |ask| ask.scope = "root"),
        ("invalid_request", |ask| (ask.code_challenge, ask.code_challenge_method) = ("abc", "plain")),
        ("invalid_request", |ask| (ask.code_challenge, ask.code_challenge_method) = ("too short", "S256")),
        ("invalid_request", |ask| ask.code_challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
    ];
    for (why, change) in cases {
        match look_at(&world, &client, change).await {
            Asked::SendBack { redirect_uri, refusal } => assert_eq!((redirect_uri.as_str(), refusal.code), (BACK, why)),
            Asked::Consent(consent) => panic!("asked: {consent:?}"),
        }
    }
    let client_id = client.app.id.to_string();
    let stranger = Ask { client_id: "1", redirect_uri: BACK, ..Ask::default() };
    assert_eq!(code(look(&world.cx, &stranger).await), "invalid_client");
    let elsewhere = Ask { client_id: &client_id, redirect_uri: "https://client.example/bac", ..Ask::default() };
    assert_eq!(code(look(&world.cx, &elsewhere).await), "invalid_redirect_uri");
}

#[tokio::test]
async fn an_application_has_a_token_of_its_own() {
    let world = World::new().await;
    let client = world.client().await;
    let client_id = client.app.id.to_string();
    let ask = TokenAsk {
        grant_type: "client_credentials",
        client_id: &client_id,
        client_secret: &client.secret,
        scope: "write:accounts",
        ..TokenAsk::default()
    };
    let issued = issue(&world.cx, &ask).await.expect("its own secret");
    let actor = authenticate(&world.cx, &issued.token).await.expect("a good token");
    assert!(matches!(&actor, Actor::App(app) if app.app == client.app.id));
    assert_eq!(actor.member().expect_err("nobody's account").kind, Kind::Invalid);
    assert_eq!(code(issue(&world.cx, &TokenAsk { scope: "admin:read", ..ask }).await), "invalid_scope");

    revoke(&world.cx, &client_id, &client.secret, &issued.token).await.expect("its own token");
    assert_eq!(code(authenticate(&world.cx, &issued.token).await), "token_revoked");
}

#[tokio::test]
async fn only_its_own_client_revokes_a_token_and_twice_is_no_error() {
    let world = World::new().await;
    let (ada, client, other) = (world.member("ada").await, world.client().await, world.client().await);
    let code_of_ada = world.authorise(&ada, &client, "").await;
    let issued = world.exchange(&client, &code_of_ada, "").await.expect("a good code");
    let (own, foreign) = (client.app.id.to_string(), other.app.id.to_string());
    let refused = refusal(revoke(&world.cx, &foreign, &other.secret, &issued.token).await);
    assert_eq!((refused.kind, refused.code), (Kind::Forbidden, "unauthorized_client"));
    world.member_by(&issued.token).await;
    for _ in 0..2 {
        revoke(&world.cx, &own, &client.secret, &issued.token).await.expect("its own token");
    }
    revoke(&world.cx, &own, &client.secret, "nonsense").await.expect("nothing to revoke");
    assert_eq!(code(authenticate(&world.cx, &issued.token).await), "token_revoked");
}

#[tokio::test]
async fn applications_say_where_they_live_and_what_they_want() {
    let world = World::new().await;
    let uris = ["urn:ietf:wg:oauth:2.0:oob\nicecubesapp://".to_owned()];
    let new = NewApp { name: "Ice Cubes", website: Some("https://cubes.example"), redirect_uris: &uris, scopes: "" };
    let registered = register_app(&world.cx, &new).await.expect("a good client");
    assert_eq!(registered.app.redirect_uris, ["urn:ietf:wg:oauth:2.0:oob", "icecubesapp://"]);
    assert_eq!(registered.app.scopes, Scopes::from_iter([Scope::READ]));
    assert_eq!(find_app(&world.cx, registered.app.id).await.expect("rows"), Some(registered.app));

    assert_eq!(code(register_app(&world.cx, &NewApp { scopes: "read root", ..new }).await), "scope");
    assert_eq!(code(register_app(&world.cx, &NewApp { name: " ", ..new }).await), "blank");
    let script = ["javascript:alert(1)".to_owned()];
    assert_eq!(code(register_app(&world.cx, &NewApp { redirect_uris: &script, ..new }).await), "redirect");
}

#[tokio::test]
async fn a_client_cannot_let_another_client_in() {
    let world = World::new().await;
    let (ada, client) = (world.member("ada").await, world.client().await);
    let code_of_ada = world.authorise(&ada, &client, "").await;
    let issued = world.exchange(&client, &code_of_ada, "").await.expect("a good code");
    let through_client = world.member_by(&issued.token).await;
    let consent = world.consent(&client, "").await;
    assert_eq!(code(crate::oauth::grant(&world.cx, &through_client, &consent).await), "forbidden");
}
