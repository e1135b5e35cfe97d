//! Letting clients in: the page, the code, the token.

use axum::body::Body;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use http::Request;
use kw_app::session::{Agent, SignIn, SignInForm};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::world::{Reply, World};

const BACK: &str = "https://elk.example/back?on=1";
const OUT_OF_BAND: &str = "urn:ietf:wg:oauth:2.0:oob";

/// Signs a member in on our own pages; answers what their browser's cookie holds.
pub async fn sign_in(world: &World, handle: &str) -> String {
    let form = SignInForm { identifier: handle, password: "kelp forest 42", agent: Agent::default() };
    match kw_app::session::sign_in(&world.cx, &form).await.expect("the password is right") {
        SignIn::Done(issued) => issued.token,
        SignIn::SecondFactorNeeded(_) => panic!("nobody here has a second factor"),
    }
}

fn encode(text: &str) -> String {
    crate::address::encode_path(text)
}

async fn open(world: &World, path: &str, session: Option<&str>) -> Reply {
    let mut request = Request::get(path).header("accept", "text/html");
    if let Some(session) = session {
        request = request.header("cookie", format!("kw_session={session}"));
    }
    world.send(request.body(Body::empty()).expect("a request")).await
}

async fn send(world: &World, session: &str, form: String) -> Reply {
    let request = Request::post("/oauth/authorize")
        .header("cookie", format!("kw_session={session}"))
        .header("origin", super::world::ORIGIN)
        .header("content-type", "application/x-www-form-urlencoded");
    world.send(request.body(form.into()).expect("a request")).await
}

/// The hidden inputs of the first form of a page that has `decision`.
fn hidden(page: &str) -> String {
    let form = page.split("<form").find(|form| form.contains("decision")).unwrap_or_else(|| panic!("no form: {page}"));
    let inputs = form.split("<input").filter(|input| input.contains("type=\"hidden\""));
    let value = |input: &str, name: &str| {
        let at = input.find(&format!("{name}=\""))? + name.len() + 2;
        let text = input[at..].split('"').next()?;
        Some(text.replace("&amp;", "&").replace("&#38;", "&").replace("&quot;", "\"").replace("&#34;", "\""))
    };
    let pairs =
        inputs.filter_map(|input| Some(format!("{}={}", value(input, "name")?, encode(&value(input, "value")?))));
    pairs.collect::<Vec<_>>().join("&")
}

fn query_of(location: &str, name: &str) -> Option<String> {
    let url = url::Url::parse(location).expect("a URL");
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

fn authorize(client_id: &str, redirect_uri: &str, rest: &str) -> String {
    let redirect_uri = encode(redirect_uri);
    format!("/oauth/authorize?response_type=code&client_id={client_id}&redirect_uri={redirect_uri}&{rest}")
}

#[tokio::test]
async fn a_client_is_let_in_with_a_code_that_works_once() {
    let world = World::new().await;
    world.member("ada").await;
    let session = sign_in(&world, "ada").await;
    let (client_id, client_secret) = world.app(BACK, "read write").await;
    let verifier = "v".repeat(50);
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&verifier));
    let rest = format!("scope=read+write&state=a%26b&code_challenge={challenge}&code_challenge_method=S256");

    let page = open(&world, &authorize(&client_id, BACK, &rest), Some(&session)).await;
    assert_eq!(page.status.as_u16(), 200);
    assert!(page.header("content-security-policy").contains("form-action 'self' https://elk.example"));
    let answer = send(&world, &session, format!("{}&decision=allow", hidden(&page.text()))).await;
    assert!(answer.status.is_redirection(), "{}", answer.text());
    let location = answer.header("location");
    assert!(location.starts_with("https://elk.example/back?on=1&code="));
    assert_eq!(query_of(location, "state").as_deref(), Some("a&b"));

    let ask = json!({
        "grant_type": "authorization_code", "client_id": client_id, "client_secret": client_secret,
        "code": query_of(location, "code"), "redirect_uri": BACK, "code_verifier": verifier,
    });
    let token = world.visitor().post("/oauth/token", &ask).await.ok();
    assert_eq!((&token["token_type"], &token["scope"]), (&json!("Bearer"), &json!("read write")));
    let ada = world.bearer(token["access_token"].as_str().expect("a token"));
    assert_eq!(ada.get("/api/v1/accounts/verify_credentials").await.ok()["acct"], "ada");

    let again = world.visitor().post("/oauth/token", &ask).await;
    assert_eq!(again.refused(400), "invalid_grant");
    assert!(again.json()["error_description"].is_string());
    // Whoever shows a code twice has stolen it, or was robbed: what it gave ends too.
    ada.get("/api/v1/accounts/verify_credentials").await.refused(401);
}

#[tokio::test]
async fn codes_end_after_ten_minutes_and_sessions_after_a_year() {
    let world = World::new().await;
    world.member("ada").await;
    let session = sign_in(&world, "ada").await;
    let (client_id, client_secret) = world.app(BACK, "read").await;
    let path = authorize(&client_id, BACK, "scope=read");
    let page = open(&world, &path, Some(&session)).await;
    let answer = send(&world, &session, format!("{}&decision=allow", hidden(&page.text()))).await;
    let ask = json!({
        "grant_type": "authorization_code", "client_id": client_id, "client_secret": client_secret,
        "code": query_of(answer.header("location"), "code"), "redirect_uri": BACK,
    });
    world.clock.advance_millis(10 * 60 * 1_000 + 1);
    assert_eq!(world.visitor().post("/oauth/token", &ask).await.refused(400), "invalid_grant");

    world.clock.advance_millis(366 * 86_400_000);
    world.bearer(&session).get("/api/v1/accounts/verify_credentials").await.refused(401);
    assert_eq!(
        open(&world, &path, Some(&session)).await.header("location"),
        format!("/sign-in?back={}", encode(&path))
    );
}

#[tokio::test]
async fn without_a_way_back_the_code_is_shown() {
    let world = World::new().await;
    world.member("ada").await;
    let session = sign_in(&world, "ada").await;
    let (client_id, client_secret) = world.app(OUT_OF_BAND, "read write follow").await;
    let path = authorize(&client_id, OUT_OF_BAND, "scope=read%20write").replace("authorize?", "authorize/?");
    let page = open(&world, &path, Some(&session)).await;
    let shown = send(&world, &session, format!("{}&decision=allow", hidden(&page.text()))).await;
    let code =
        shown.text().split("id=\"code\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned);

    let form = format!("grant_type=authorization_code&code={}&redirect_uri={OUT_OF_BAND}", code.expect("a code"));
    let basic = STANDARD.encode(format!("{client_id}:{client_secret}"));
    let request = Request::post("/oauth/token")
        .header("authorization", format!("Basic {basic}"))
        .header("content-type", "application/x-www-form-urlencoded");
    let token = world.send(request.body(form.into()).expect("a request")).await.ok();
    assert_eq!(token["scope"], "read write");
}

#[tokio::test]
async fn whoever_is_not_signed_in_is_led_there_and_back_with_the_whole_query() {
    let world = World::new().await;
    let (client_id, _) = world.app(BACK, "read").await;
    let path = authorize(&client_id, BACK, "scope=read&state=x%20y");
    let reply = open(&world, &path, None).await;
    assert!(reply.status.is_redirection());
    assert_eq!(reply.header("location"), format!("/sign-in?back={}", encode(&path)));
    world.member("ada").await;
    let session = sign_in(&world, "ada").await;
    let forced = open(&world, &format!("{path}&force_login=true"), Some(&session)).await;
    assert_eq!(forced.header("location"), format!("/sign-in?back={}", encode(&path)));
}

#[tokio::test]
async fn what_a_client_gets_wrong_is_told_to_it_and_never_to_a_stranger() {
    let world = World::new().await;
    world.member("ada").await;
    let session = sign_in(&world, "ada").await;
    let (client_id, _) = world.app(BACK, "read").await;
    for (rest, error) in [
        ("scope=write&state=s", "invalid_scope"),
        ("scope=read+nonsense&state=s", "invalid_scope"),
        ("scope=read&code_challenge=x&code_challenge_method=plain&state=s", "invalid_request"),
    ] {
        let reply = open(&world, &authorize(&client_id, BACK, rest), Some(&session)).await;
        assert!(reply.status.is_redirection(), "{rest}");
        assert_eq!(query_of(reply.header("location"), "error").as_deref(), Some(error), "{rest}");
        assert_eq!(query_of(reply.header("location"), "state").as_deref(), Some("s"), "{rest}");
    }
    for (client, back) in
        [("999", BACK), (&*client_id, "https://evil.example/"), (&*client_id, "https://elk.example/back")]
    {
        let reply = open(&world, &authorize(client, back, "scope=read"), Some(&session)).await;
        assert_eq!(reply.status.as_u16(), 400, "{client} {back}");
        assert!(reply.header("location").is_empty());
    }
}

#[tokio::test]
async fn a_denial_is_told_to_the_client() {
    let world = World::new().await;
    world.member("ada").await;
    let session = sign_in(&world, "ada").await;
    let (client_id, _) = world.app(BACK, "read").await;
    let page = open(&world, &authorize(&client_id, BACK, "scope=read&state=s"), Some(&session)).await;
    let reply = send(&world, &session, format!("{}&decision=deny", hidden(&page.text()))).await;
    assert_eq!(query_of(reply.header("location"), "error").as_deref(), Some("access_denied"));
}

#[tokio::test]
async fn a_form_of_another_site_lets_nobody_in() {
    let world = World::new().await;
    world.member("ada").await;
    world.member("ben").await;
    let (ada, ben) = (sign_in(&world, "ada").await, sign_in(&world, "ben").await);
    let (client_id, _) = world.app(BACK, "read").await;
    let page = open(&world, &authorize(&client_id, BACK, "scope=read"), Some(&ada)).await;
    let form = format!("{}&decision=allow", hidden(&page.text()));

    let without: String = form.split('&').filter(|pair| !pair.starts_with("csrf=")).collect::<Vec<_>>().join("&");
    assert_eq!(send(&world, &ada, without).await.status.as_u16(), 403);
    assert_eq!(send(&world, &ben, form.clone()).await.status.as_u16(), 403);
    for (name, value) in [("origin", "https://evil.example"), ("origin", "null"), ("sec-fetch-site", "cross-site")] {
        let request = Request::post("/oauth/authorize")
            .header("cookie", format!("kw_session={ada}"))
            .header(name, value)
            .header("content-type", "application/x-www-form-urlencoded");
        let reply = world.send(request.body(form.clone().into()).expect("a request")).await;
        assert_eq!(reply.status.as_u16(), 403, "{name}: {value}");
    }
    assert!(send(&world, &ada, form).await.status.is_redirection());
}

#[tokio::test]
async fn clients_that_ask_for_tokens_wrongly_are_told_in_oauths_words() {
    let world = World::new().await;
    let (client_id, client_secret) = world.app(OUT_OF_BAND, "read").await;
    for (ask, status, error) in [
        (json!({}), 400, "invalid_request"),
        (json!({ "grant_type": "password", "client_id": client_id }), 400, "unsupported_grant_type"),
        (
            json!({ "grant_type": "client_credentials", "client_id": client_id, "client_secret": "guess" }),
            401,
            "invalid_client",
        ),
        (
            json!({
                "grant_type": "client_credentials", "client_id": client_id, "client_secret": client_secret,
                "scope": "write",
            }),
            400,
            "invalid_scope",
        ),
        (
            json!({
                "grant_type": "authorization_code", "client_id": client_id, "client_secret": client_secret,
                "code": "guess", "redirect_uri": OUT_OF_BAND,
            }),
            400,
            "invalid_grant",
        ),
    ] {
        assert_eq!(world.visitor().post("/oauth/token", &ask).await.refused(status), error, "{ask}");
    }
}

#[tokio::test]
async fn clients_register_by_json_or_form_and_not_with_scripts_for_addresses() {
    let world = World::new().await;
    let form =
        "client_name=Tern&redirect_uris=https%3A%2F%2Fa.example%2F%0Aicecubesapp%3A%2F%2F&scopes=read+write:media";
    // Without a Content-Type, as some do.
    let app = world.visitor().raw(http::Method::POST, "/api/v1/apps", None, form).await.ok();
    assert_eq!(app["redirect_uris"], json!(["https://a.example/", "icecubesapp://"]));
    assert_eq!(app["redirect_uri"], "https://a.example/\nicecubesapp://");
    let mut keys: Vec<&String> = app.as_object().expect("an object").keys().collect();
    keys.sort_unstable();
    assert_eq!(
        keys,
        [
            "client_id",
            "client_secret",
            "client_secret_expires_at",
            "id",
            "name",
            "redirect_uri",
            "redirect_uris",
            "scopes",
            "website"
        ]
    );
    for bad in [
        json!({ "client_name": "Tern", "redirect_uris": "javascript:alert(1)" }),
        json!({ "client_name": "Tern", "redirect_uris": "https://a.example", "scopes": "root" }),
        json!({ "client_name": "", "redirect_uris": "https://a.example" }),
    ] {
        world.visitor().post("/api/v1/apps", &bad).await.refused(422);
    }
}

#[tokio::test]
async fn who_somebody_is_needs_the_scope_for_just_that() {
    let world = World::new().await;
    let ada = world.member_with("ada", "profile").await;
    let info: Value = ada.get("/oauth/userinfo").await.ok();
    assert_eq!((&info["preferred_username"], &info["iss"]), (&json!("ada"), &json!("https://cliff.example/")));
    assert!(info["sub"].as_str().is_some_and(|sub| sub.ends_with(&ada.id)));
    world.member_with("ben", "read").await.get("/oauth/userinfo").await.refused(403);
}
