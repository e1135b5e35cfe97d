//! Reading: every page, signed out and signed in.

use http::{Request, StatusCode, header};

use super::world::World;

#[tokio::test]
async fn public_pages_are_read_by_anybody_and_the_rest_leads_to_sign_in() {
    let world = World::new().await;
    let mut ada = world.member("ada").await;
    let post = ada.post("Low water at #noon").await;
    let mut browser = world.browser();
    for path in [
        "/",
        "/local",
        "/about",
        "/tags/noon",
        "/@ada",
        "/@ada/with_replies",
        "/@ada/about",
        "/@ada/followers",
        "/@ada/following",
        "/sign-up",
        "/sign-in",
        &post,
        &format!("{post}/history"),
        &format!("{post}/boosts"),
        &format!("{post}/favourites"),
    ] {
        let page = browser.read(path).await;
        assert!(page.has("<title>") && page.header("content-security-policy").contains("default-src 'none'"), "{path}");
        assert_eq!(page.header("cache-control"), "private, no-cache", "{path}");
    }
    for path in [
        "/home",
        "/compose",
        "/notifications",
        "/bookmarks",
        "/favourites",
        "/follow-requests",
        "/settings/profile",
        "/settings/account",
        "/settings/security",
        "/settings/sessions",
        "/settings/apps",
        "/settings/invitations",
        "/settings/deactivate",
        &format!("{post}/edit"),
        &format!("{post}/delete"),
    ] {
        let led = browser.open(path).await;
        assert_eq!(led.status, StatusCode::SEE_OTHER, "{path}");
        assert!(led.location().starts_with("/sign-in?back=%2F"), "{path}: {}", led.location());
        let page = ada.read(path).await;
        assert_eq!(page.header("cache-control"), "private, no-store", "{path}");
    }
}

#[tokio::test]
async fn the_front_page_is_home_for_members_and_the_local_timeline_for_others() {
    let world = World::new().await;
    let mut ada = world.member("ada").await;
    ada.post("Low water at noon").await;
    assert_eq!(ada.open("/").await.location(), "/home");
    assert!(world.browser().read("/").await.has("Low water at noon"));
}

#[tokio::test]
async fn accounts_have_one_address_and_so_do_posts() {
    let world = World::new().await;
    let mut ada = world.member("Ada").await;
    let post = ada.post("hello").await;
    let mut browser = world.browser();
    assert_eq!(browser.open("/@aDA/about").await.location(), "/@Ada/about");
    assert_eq!(browser.open(&post.replace("/@Ada/", "/@ben/")).await.location(), post);
    assert!(
        browser.read(&post).await.has(&format!("<link rel=\"canonical\" href=\"http://kittiwake.example{post}\">"))
    );
}

#[tokio::test]
async fn lists_go_on_and_come_back_without_a_gap() {
    let world = World::new().await;
    let mut ada = world.member("ada").await;
    for number in 0..45 {
        ada.post(&format!("post number {number:02}.")).await;
    }
    let mut browser = world.browser();
    let mut path = "/local".to_owned();
    let mut seen = Vec::new();
    loop {
        let page = browser.read(&path).await;
        seen.extend((0..45).rev().filter(|number| page.has(&format!("post number {number:02}."))));
        match page.text.split("href=\"/local?max_id=").nth(1).and_then(|rest| rest.split('"').next()) {
            Some(id) => path = format!("/local?max_id={id}"),
            None => break,
        }
    }
    assert_eq!(seen, (0..45).rev().collect::<Vec<_>>());
    let up = browser.read(&path).await.attribute("href", "/local?min_id=");
    let middle = browser.read(&up).await;
    assert!(middle.has("post number 05.") && middle.has("post number 24.") && !middle.has("post number 25."), "{up}");
}

#[tokio::test]
async fn a_script_is_told_how_much_is_new() {
    let world = World::new().await;
    let (mut ada, mut ben) = (world.member("ada").await, world.member("ben").await);
    let id = world.id_of("ada").await;
    ben.send(&format!("/accounts/{id}/follow"), &[]).await;
    ada.post("one").await;
    let home = ben.read("/home").await;
    let newest = home.attribute("data-updates", "");
    assert_eq!(ben.read(&format!("/home/new?since={newest}")).await.text, "{\"count\":0}");
    ada.post("two").await;
    ben.post("my own").await;
    assert_eq!(ben.read(&format!("/home/new?since={newest}")).await.text, "{\"count\":1}");
    assert_eq!(ben.open("/home/new").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_language_is_the_one_chosen_then_the_members_then_the_browsers() {
    let world = World::new().await;
    let french = |path: &str| {
        Request::get(path).header(header::ACCEPT_LANGUAGE, "fr").body(axum::body::Body::empty()).expect("a request")
    };
    let mut browser = world.browser();
    assert!(browser.read("/about").await.has("<html lang=\"en\""));
    assert!(browser.ask(french("/about")).await.has("<html lang=\"fr\""));
    assert_eq!(browser.send("/language", &[("lang", "en"), ("back", "/local")]).await.location(), "/local");
    assert!(browser.ask(french("/about")).await.has("<html lang=\"en\""));

    let mut ada = world.member("ada").await;
    let account =
        [("language", "fr"), ("time_zone", "Europe/Paris"), ("visibility", "public"), ("post_language", "fr")];
    assert_eq!(ada.send("/settings/account", &account).await.location(), "/settings/account");
    let mut elsewhere = world.browser();
    elsewhere.send("/sign-in", &[("login", "ada"), ("password", super::world::PASSWORD)]).await;
    assert!(elsewhere.read("/settings/account").await.has("<html lang=\"fr\""));
}

#[tokio::test]
async fn files_are_kept_for_ever_and_robots_are_told_where_not_to_go() {
    let world = World::new().await;
    let mut browser = world.browser();
    let style = browser.read("/about").await.attribute("href", "/assets/site.");
    let file = browser.read(&style).await;
    assert_eq!(file.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(file.header("content-type"), "text/css; charset=utf-8");
    assert_eq!(browser.open("/assets/site.00000000.css").await.status, StatusCode::NOT_FOUND);
    assert!(browser.read("/robots.txt").await.has("Disallow: /settings/"));
}
