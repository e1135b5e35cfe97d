//! The owner's side of staff's powers: what they are told, what they can still reach, and what step-up asks of them.

use std::sync::atomic::Ordering;

use http::StatusCode;
use kw_app::account::{NewAccount, create};
use kw_app::authority::Authority;
use kw_app::ledger::log::Log;
use kw_app::staff::details::Details;
use kw_app::staff::draft::propose_with;
use kw_app::staff::understudy::about;
use kw_domain::id::AccountId;
use kw_staff::power::Power;

use super::world::{Browser, PASSWORD, World};
use crate::tests::staff;

/// Somebody with an e-mail address, who reads in this language.
async fn member_with_address(world: &World, handle: &str, locale: &str) -> (Browser, AccountId) {
    let address = format!("{handle}@post.example");
    let new = NewAccount { handle, email: Some(&address), password: PASSWORD, locale };
    create(&world.cx, &Authority::operator(), &new).await.expect("the handle is free");
    let mut browser = world.browser();
    browser.send("/sign-in", &[("login", handle), ("password", PASSWORD)]).await;
    (browser, world.id_of(handle).await)
}

#[tokio::test]
async fn the_owner_of_an_unavailable_account_reaches_the_reasons_the_language_and_the_way_out_alone() {
    let world = World::new().await;
    let (mut ada, id) = (world.member("ada").await, world.id_of("ada").await);
    let solo = staff::solo(&world.cx).await;
    let entry = staff::hide(&world.cx, &solo, id).await;
    for path in ["/home", "/compose", "/notifications", "/settings/profile", "/settings/security", "/bookmarks"] {
        let led = ada.open(path).await;
        assert_eq!((led.status, led.location().as_str()), (StatusCode::SEE_OTHER, "/settings/standing"), "{path}");
    }
    let page = ada.read("/settings/standing").await;
    for part in [
        "We hid your account @ada",
        "It broke a rule.",
        "As reported.",
        "spam",
        "(4.2)",
        "one person",
        "everywhere",
        &format!("href=\"/ledger/entry/{entry}\""),
        "If you think we are wrong",
    ] {
        assert!(page.has(part), "{part}: {}", page.text);
    }
    assert!(page.header("cache-control").contains("no-store") && !page.has("Ola"), "{}", page.text);
    let sent = ada.send("/posts", &[("text", "I am here")]).await;
    assert_eq!(sent.location(), "/settings/standing", "nothing can be written");

    ada.send("/language", &[("lang", "fr"), ("back", "/settings/standing")]).await;
    assert!(ada.read("/settings/standing").await.has("Nous avons caché votre compte @ada"));
    ada.send("/sign-out", &[]).await;
    assert!(ada.open("/settings/standing").await.location().starts_with("/sign-in"));

    // The way in is still there, and leads to the same page.
    ada.send("/sign-in", &[("login", "ada"), ("password", PASSWORD)]).await;
    assert_eq!(ada.open("/home").await.location(), "/settings/standing");
    staff::act(&world.cx, &solo, Power::Restore, id).await;
    assert!(ada.read("/settings/standing").await.has("Nous avons annulé ce que nous avions fait à @ada"));
    ada.read("/home").await;
}

#[tokio::test]
async fn nobody_else_reads_an_owners_reasons() {
    let world = World::new().await;
    let (mut ben, _ada) = (world.member("ben").await, world.member("ada").await);
    let id = world.id_of("ada").await;
    let solo = staff::solo(&world.cx).await;
    let entry = staff::hide(&world.cx, &solo, id).await;
    assert_eq!(ben.open("/settings/standing").await.location(), "/@ben/record");
    assert_eq!(ben.open(&format!("/settings/standing/{entry}")).await.status, StatusCode::NOT_FOUND);
    let led = world.browser().open(&format!("/settings/standing/{entry}")).await;
    assert_eq!(led.location(), format!("/sign-in?back=/settings/standing/{entry}"));
}

#[tokio::test]
async fn the_owner_of_a_limited_account_is_told_where_they_read_what_happens() {
    let world = World::new().await;
    let (mut ada, id) = (world.member("ada").await, world.id_of("ada").await);
    let solo = staff::solo(&world.cx).await;
    let entry = staff::act(&world.cx, &solo, Power::Limit, id).await;
    assert!(ada.read("/home").await.has("1 unread"));
    let told = ada.read("/notifications").await;
    assert!(told.has("We limited your account @ada"), "{}", told.text);
    assert!(told.has(&format!("href=\"/settings/standing/{entry}\"")), "{}", told.text);
    assert!(ada.read(&format!("/settings/standing/{entry}")).await.has("It broke a rule."));
    assert!(ada.read("/settings/profile").await.has("href=\"/settings/standing\""));
    let led = ada.open(&format!("/disputes/strikes/{entry}")).await;
    assert_eq!(led.location(), format!("/settings/standing/{entry}"));

    staff::act(&world.cx, &solo, Power::Restore, id).await;
    assert!(ada.read("/notifications").await.has("Your account @ada is back"));
}

#[tokio::test]
async fn a_letter_goes_to_the_owner_in_their_language_once() {
    let world = World::new().await;
    let (_, id) = member_with_address(&world, "ada", "fr").await;
    let solo = staff::solo(&world.cx).await;
    let entry = staff::hide(&world.cx, &solo, id).await;
    world.letters.wait_for(1).await;
    assert_eq!(world.letters.link().await, format!("/settings/standing/{entry}"));
    // Another start finds that they were told.
    let again = world.restart().await;
    assert_eq!(again.ledger().read(Log::size), world.cx.ledger().read(Log::size));
    tokio::task::yield_now().await;
    assert_eq!(world.letters.handed_over.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn the_reasons_say_against_what_it_is_how_the_house_knows_and_whether_a_machine_found_it() {
    let world = World::new().await;
    let (mut ada, id) = (world.member("ada").await, world.id_of("ada").await);
    let solo = staff::solo(&world.cx).await;
    let details = Details { against: "law".to_owned(), source: "notice".to_owned(), found_by_machine: true };
    let proposal = about(Power::Limit, id, Some(world.cx.now().plus_ms(86_400_000)));
    let draft = propose_with(&world.cx, &solo.member, &proposal, Some(&details)).await.expect("it may be proposed");
    solo.hand_in(&world.cx, &draft).await.expect("one is enough");
    let page = ada.read("/settings/standing").await;
    for part in ["(against the law, 4.2)", "A machine found it. People decided.", "How we know", "As reported."] {
        assert!(page.has(part), "{part}: {}", page.text);
    }
}
