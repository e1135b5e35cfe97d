//! What must not work: forms of other sites, ways out of the site, markup in what people write.

use http::{StatusCode, header};

use super::world::World;

const MARKUP: &str = "\"><script>alert(1)</script><img src=x onerror=alert(2)>'";

#[tokio::test]
async fn a_form_without_its_token_changes_nothing() {
    let world = World::new().await;
    let mut ada = world.member("ada").await;
    let mut stranger = world.browser();
    let token = stranger.token().await;
    for fields in [
        vec![("text", "forged")],
        vec![("text", "forged"), ("csrf", ""), ("back", "/")],
        vec![("text", "forged"), ("csrf", token.as_str())],
    ] {
        let refused = ada.send_bare("/posts", &fields).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        assert!(refused.has("<title>"), "{}", refused.text);
    }
    for path in ["/sign-in", "/sign-up", "/language", "/settings/deactivate", "/sign-out"] {
        assert_eq!(ada.send_bare(path, &[("lang", "fr")]).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let home = ada.read("/home").await;
    assert!(!home.has("forged") && home.has("<html lang=\"en\""));
}

#[tokio::test]
async fn no_form_leads_to_another_site() {
    let world = World::new().await;
    let mut ada = world.member("ada").await;
    let id = ada.post("hello").await.rsplit('/').next().expect("an id").to_owned();
    for back in ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\t/evil.example"]
    {
        let done = ada.send(&format!("/posts/{id}/bookmark"), &[("back", back)]).await;
        assert_eq!(done.location(), "/home", "{back}");
        assert_eq!(ada.send("/language", &[("lang", "en"), ("back", back)]).await.location(), "/", "{back}");
        let led = ada.open(&format!("/sign-in?back={}", crate::address::encode_path(back))).await;
        assert_eq!(led.location(), "/home", "{back}");
    }
}

#[tokio::test]
async fn markup_is_shown_and_not_obeyed_wherever_people_write() {
    let world = World::new().await;
    let (mut ada, mut ben) = (world.member("ada").await, world.member("ben").await);
    let name = "<b>Ada</b>\"'";
    let profile = [("name", name), ("bio", MARKUP), ("field_name_0", MARKUP), ("field_value_0", MARKUP)];
    let saved = ada.send("/settings/profile", &profile).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let post = ada.post_with(MARKUP, &[("spoiler_text", MARKUP)]).await;
    ada.send(&format!("{post}/edit"), &[("text", &format!("again {MARKUP}")), ("spoiler_text", MARKUP)]).await;
    let id = world.id_of("ada").await;
    ben.send(&format!("/accounts/{id}/note"), &[("comment", MARKUP)]).await;
    ben.send(&format!("/accounts/{id}/follow"), &[]).await;
    let query = crate::address::encode_path(MARKUP);
    for path in [
        "/@ada",
        "/@ada/about",
        "/local",
        "/home",
        &post,
        &format!("{post}/history"),
        "/@ben/following",
        &format!("/tags/{query}"),
        &format!("/@{query}"),
        &format!("/local?max_id={query}"),
        &format!("/search?q={query}"),
        &format!("/compose?reply_to={}", post.rsplit('/').next().expect("an id")),
    ] {
        let page = ben.open(path).await;
        assert!(!page.has("<script>alert") && !page.has("<img src=x") && !page.has("<b>Ada"), "{path}: {}", page.text);
    }
    for path in ["/settings/profile", "/settings/sessions", &format!("{post}/edit"), &format!("{post}/delete")] {
        let page = ada.read(path).await;
        assert!(!page.has("<script>alert") && !page.has("<img src=x") && !page.has("<b>Ada"), "{path}: {}", page.text);
    }
    for (path, field) in [("/sign-up", "handle"), ("/sign-up", "email"), ("/sign-in", "login")] {
        let page = world.browser().send(path, &[(field, MARKUP), ("password", "x")]).await;
        assert!(page.has("&lt;script&gt;") || page.has("&#60;script&#62;"), "{path} {field}: {}", page.text);
        assert!(!page.has("<script>alert"), "{path} {field}");
    }
}

#[tokio::test]
async fn what_an_app_calls_itself_is_shown_and_not_obeyed() {
    let world = World::new().await;
    let mut ada = world.member("ada").await;
    let back = "https://elk.example/back";
    let form = format!(
        "client_name={}&redirect_uris={}&scopes=read",
        crate::address::encode_path(MARKUP),
        crate::address::encode_path(back)
    );
    let registered = http::Request::post("/api/v1/apps").header("content-type", "application/x-www-form-urlencoded");
    let registered = ada.ask(registered.body(form.into()).expect("a request")).await;
    let app: serde_json::Value = serde_json::from_str(&registered.text).expect("JSON");
    let id = app["client_id"].as_str().unwrap_or_else(|| panic!("no app: {app}"));
    let redirect = crate::address::encode_path(back);
    let path = format!(
        "/oauth/authorize?response_type=code&client_id={id}&redirect_uri={redirect}&scope=read&state=%22%3E%3Cx-y"
    );
    let asked = ada.read(&path).await;
    let csrf = ada.token().await;
    let fields = [
        ("csrf", csrf.as_str()),
        ("response_type", "code"),
        ("client_id", id),
        ("redirect_uri", back),
        ("scope", "read"),
        ("decision", "allow"),
    ];
    assert_eq!(ada.send_bare("/oauth/authorize", &fields).await.status, StatusCode::FOUND);
    for page in [asked, ada.read("/settings/apps").await, ada.read("/settings/sessions").await] {
        assert!(!page.has("<script>alert") && !page.has("<img src=x") && !page.has("\"><x-y"), "{}", page.text);
    }
}

#[tokio::test]
async fn what_goes_wrong_is_a_page_for_people_and_json_for_programs() {
    let world = World::new().await;
    let mut browser = world.browser();
    for (path, status) in
        [("/nothing/here", 404), ("/@nobody", 404), ("/@ada/1/nothing", 404), ("/local?max_id=x", 400)]
    {
        let page = browser.open(path).await;
        assert_eq!(page.status.as_u16(), status, "{path}");
        assert!(page.has("<title>") && page.header("content-type").starts_with("text/html"), "{path}: {}", page.text);
        assert!(page.header("content-security-policy").contains("default-src 'none'"), "{path}");
        assert_eq!(page.header("cache-control"), "private, no-store", "{path}");
    }
    let method = http::Request::delete("/local").body(axum::body::Body::empty()).expect("a request");
    let method = browser.ask(method).await;
    assert_eq!(method.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(method.has("<title>") && method.headers.contains_key(header::ALLOW), "{:?}", method.headers);
    let api = browser.open("/api/v1/nothing").await;
    assert_eq!(api.status, StatusCode::NOT_FOUND);
    assert!(api.text.starts_with('{'), "{}", api.text);
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_with_a_page() {
    let world = World::new().await;
    let mut ada = world.member("ada").await;
    let large = ada.send("/posts", &[("text", &"a".repeat(1_100_000))]).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(large.has("<title>"), "{}", large.text);
}
