//! The three pages in the place of what cannot be shown.

use http::StatusCode;

use super::world::{PASSWORD, World};
use crate::tests::staff;

#[tokio::test]
async fn what_never_was_what_was_deleted_and_what_is_not_for_the_reader_are_one_page() {
    let world = World::new().await;
    let (mut ada, mut ben) = (world.member("ada").await, world.member("ben").await);
    let deleted = ada.post("gone").await;
    ada.send(&format!("{deleted}/delete"), &[]).await;
    let private = ada.post_with("for friends", &[("visibility", "private")]).await;
    let body = |text: &str| text.split("<main").nth(1).map(|rest| rest.split("</main>").next().map(str::to_owned));
    let mut pages = Vec::new();
    for path in ["/@ada/7", "/@nobody", "/@nobody/7", &deleted, &private] {
        let page = ben.open(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        // Only the way back tells the addresses apart.
        pages.push(body(&page.text.replace(path, "")));
    }
    assert!(pages[0].is_some());
    pages.dedup();
    assert_eq!(pages.len(), 1, "{pages:?}");
}

#[tokio::test]
async fn a_deactivated_account_has_its_own_page_at_every_address_of_its_own() {
    let world = World::new().await;
    let (mut ada, mut ben) = (world.member("ada").await, world.member("ben").await);
    let post = ada.post("the secret plan").await;
    ada.send("/settings/deactivate", &[("handle", "ada"), ("password", PASSWORD)]).await;
    for path in ["/@ada", "/@ADA", "/@ada/about", "/@ada/followers", "/@ada/7", &post] {
        let page = ben.open(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.has("This account has been deactivated") && !page.has("secret plan"), "{path}: {}", page.text);
    }
    assert!(!ben.read("/local").await.has("secret plan"));
}

#[tokio::test]
async fn a_hidden_account_is_temporarily_unavailable_and_nothing_of_it_is_told() {
    let world = World::new().await;
    let (mut ada, mut ben) = (world.member("ada").await, world.member("ben").await);
    ada.send("/settings/profile", &[("name", "Secret Name"), ("bio", "secret bio")]).await;
    let post = ada.post("the secret plan").await;
    let solo = staff::solo(&world.cx).await;
    let entry = staff::hide(&world.cx, &solo, world.id_of("ada").await).await;
    for path in ["/@ada", "/@ada/with_replies", "/@ada/about", "/@ada/followers", "/@ada/7", &post] {
        let page = ben.open(path).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}");
        assert!(page.header("cache-control").contains("no-store"), "{path}");
        assert!(page.has("temporarily unavailable") && page.has("3 November 2026"), "{path}: {}", page.text);
        for link in ["/rules".to_owned(), format!("/ledger/entry/{entry}")] {
            assert!(page.has(&format!("href=\"{link}\"")), "{path}: {}", page.text);
        }
        assert!(page.has("decided by one person") && page.has("ground: spam"), "{path}: {}", page.text);
        assert!(!page.has("secret") && !page.has("Secret"), "{path}: {}", page.text);
    }
    assert!(!ben.read("/local").await.has("secret plan"));
    // By another's address it is as if it were not there.
    let elsewhere = post.replace("/@ada/", "/@ben/");
    assert_eq!(ben.open(&elsewhere).await.status, StatusCode::NOT_FOUND);

    world.clock.advance_millis(86_400_001);
    assert!(ben.read(&post).await.has("the secret plan"));
}
