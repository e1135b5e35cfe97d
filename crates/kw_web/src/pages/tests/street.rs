//! What people outside the staff see of staff's powers: the protection line, the record, the ledger, the rules.

use http::StatusCode;
use kw_staff::power::Power;

use super::world::World;
use crate::tests::staff;

#[tokio::test]
async fn before_anybody_founded_pages_say_that_nobody_has_powers() {
    let world = World::new().await;
    let mut ada = world.member("ada").await;
    assert!(ada.read("/@ada").await.has("Nobody on this server can hide an account."));
    assert!(ada.read("/@ada/record").await.has("Staff never did anything to this account."));
    for path in ["/ledger", "/rules"] {
        assert!(ada.read(path).await.has("No staff has been founded here"), "{path}");
    }
    assert_eq!(ada.open("/ledger/entry/0").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_profile_tells_how_many_it_takes_to_hide_it_and_to_bring_it_back() {
    let world = World::new().await;
    let (mut ada, id) = (world.member("ada").await, world.id_of("ada").await);
    let team = staff::team(&world.cx).await;
    let page = ada.read("/@ada").await;
    assert!(
        page.has("One person of our staff can hide this account for up to 24 hours; longer takes two."),
        "{page:?}"
    );

    staff::label(&world.cx, &team[0], id).await;
    let page = ada.read("/@ada").await;
    assert!(page.has("Press") && page.has("Notable"), "{}", page.text);
    assert!(
        page.has("Hiding this account takes two people of two teams; bringing it back takes one."),
        "{}",
        page.text
    );
    assert!(page.has("Nobody outside watches."), "{}", page.text);
}

#[tokio::test]
async fn one_person_who_runs_a_server_waits_in_public_before_a_notable_account_is_hidden() {
    let world = World::new().await;
    let (mut ada, id) = (world.member("ada").await, world.id_of("ada").await);
    let solo = staff::solo(&world.cx).await;
    let page = ada.read("/@ada").await;
    assert!(page.has("One person runs this server. Hiding this account takes one person"), "{}", page.text);
    staff::label(&world.cx, &solo, id).await;
    let page = ada.read("/@ada").await;
    assert!(page.has("only 72 hours after somebody signed for it"), "{}", page.text);
}

#[tokio::test]
async fn the_record_has_each_use_of_a_power_once_and_the_line_counts_them() {
    let world = World::new().await;
    let (mut ada, id) = (world.member("ada").await, world.id_of("ada").await);
    let team = staff::team(&world.cx).await;
    staff::label(&world.cx, &team[0], id).await;
    assert!(!ada.read("/@ada").await.has("on record"), "an ordinary account's label is between staff and its owner");

    let hidden = staff::hide_together(&world.cx, [&team[0], &team[1]], id).await;
    let restored = staff::act(&world.cx, &team[2], Power::Restore, id).await;
    assert!(ada.read("/@ada").await.has("2 actions on record"), "steps and turns are no actions");
    let record = ada.read("/@ada/record").await;
    for entry in [hidden, restored] {
        assert!(record.has(&format!("href=\"/ledger/entry/{entry}\"")), "{}", record.text);
    }
    assert!(record.has("decided by two people of two teams") && record.has("taken back"), "{}", record.text);
    assert!(!record.has("Ines") && !record.has("It broke a rule."), "who and why is not for everybody");
}

#[tokio::test]
async fn the_ledger_shows_its_head_and_the_entries_that_say_more_than_that_they_exist() {
    let world = World::new().await;
    let (mut ada, id) = (world.member("ada").await, world.id_of("ada").await);
    world.member("ben").await;
    let solo = staff::solo(&world.cx).await;
    let entry = staff::hide(&world.cx, &solo, world.id_of("ben").await).await;
    let label = staff::label(&world.cx, &solo, id).await;

    let page = ada.read("/ledger").await;
    let (size, root) = world.cx.ledger().read(|log| (log.size(), log.root().to_base64()));
    for part in [&format!("{size} entries"), &root, &world.cx.ledger().vkey(), "Unwitnessed.", "@ben", "go run "] {
        assert!(page.has(&part.replace('+', "&#43;")) || page.has(part), "{part}: {}", page.text);
    }
    assert!(page.has(&format!("href=\"/ledger/entry/{entry}\"")), "{}", page.text);
    assert!(!page.has(&format!("href=\"/ledger/entry/{}\"", entry - 1)), "a step is nobody's business");
    assert!(page.has(&format!("href=\"/ledger/entry/{label}\"")), "{}", page.text);
    assert!(!ada.read(&format!("/ledger/entry/{label}")).await.has("@ada<"), "whose label it is stays with its owner");
    assert_eq!(page.text.matches("class=\"twelve\"").count(), 1);
    assert!(!ada.read("/ledger?max_id=1").await.has("href=\"/ledger/entry/1\""));
}

#[tokio::test]
async fn an_entrys_page_tells_what_is_public_and_how_to_check_it() {
    let world = World::new().await;
    let (mut ada, id) = (world.member("ada").await, world.id_of("ada").await);
    let solo = staff::solo(&world.cx).await;
    let entry = staff::hide(&world.cx, &solo, id).await;
    let page = ada.read(&format!("/ledger/entry/{entry}")).await;
    assert!(page.has("@ada") && page.has("spam") && page.has("one person"), "{}", page.text);
    assert!(page.has(&format!("href=\"/ledger/proof/{entry}\"")) && page.has("sha256sum"), "{}", page.text);

    // The command on the page prints the hash on the page.
    let leaf = ada.read(&format!("/ledger/leaf/{entry}")).await;
    let hash = kw_staff::hex::encode(&<[u8; 32]>::from(leaf_hash(leaf.text.as_bytes())));
    assert!(page.has(&hash), "{hash}: {}", page.text);

    let step = ada.read(&format!("/ledger/entry/{}", entry - 1)).await;
    assert!(step.has("A step tells nobody what it is about") && !step.has("@ada") && !step.has("spam"));
    for path in ["/ledger/entry/99", "/ledger/entry/x", "/ledger/entry/-1"] {
        assert_eq!(ada.open(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

/// What the command on the page computes: SHA-256 over a zero byte and the leaf.
fn leaf_hash(leaf: &[u8]) -> sha2::digest::Output<sha2::Sha256> {
    use sha2::Digest as _;
    sha2::Sha256::new().chain_update([0]).chain_update(leaf).finalize()
}

#[tokio::test]
async fn the_rules_are_the_answers_of_the_policy_that_is_in_force() {
    let world = World::new().await;
    let mut ada = world.member("ada").await;
    staff::team(&world.cx).await;
    let page = ada.read("/rules").await;
    let hash = world.cx.ledger().read(|log| log.fold().house().map(|house| house.policy_hash)).expect("it is founded");
    let hash = kw_staff::hex::encode(&hash);
    assert!(page.has(&hash[..4]), "{}", page.text);
    assert!(page.has("Take down") && page.has("up to 24 hours") && page.has("10,000"), "{}", page.text);
    for part in ["with a key bound to a device", "takes effect 24 hours later, unless urgent", "signed within 2 hours"]
    {
        assert!(page.has(part), "{part}: {}", page.text);
    }
}

#[tokio::test]
async fn the_pages_about_powers_are_one_click_away_from_every_page() {
    let world = World::new().await;
    let mut ada = world.member("ada").await;
    let mut visitor = world.browser();
    for page in
        [ada.read("/home").await, ada.read("/@ada").await, visitor.read("/").await, visitor.read("/about").await]
    {
        assert!(page.has("href=\"/rules\"") && page.has("href=\"/ledger\""), "{}", page.text);
    }
}
