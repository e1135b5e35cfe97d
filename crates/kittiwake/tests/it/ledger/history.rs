//! Databases that somebody replaces by older ones, and a history that is told anew with the same key.

use super::place::{ALL, Place};

#[tokio::test]
async fn an_older_ledger_beside_a_newer_network_is_named_with_and_without_a_checkpoint() {
    let place = Place::new().await;
    let older = ["ledger.db", "keys.db"];
    let kept = place.keep(&older);
    let running = place.start().await;
    running.take_down(&place.ola, place.ben).await;
    running.end().await;
    let seen = place.see("seen.txt").await;
    assert!(place.verify(&["--seen", &seen]).0);

    place.put_back(&older, &kept);
    place.demand_broken(&["--seen", &seen], "ROLLED BACK");
    let words = format!("the row of account {} says what the ledger does not", place.ben);
    place.demand_broken(&[], &words);
}

#[tokio::test]
async fn a_network_of_an_earlier_hour_takes_its_standing_from_the_newest_ledger() {
    let place = Place::new().await;
    let kept = place.keep(&["network.db"]);
    let running = place.start().await;
    running.take_down(&place.ola, place.ben).await;
    running.end().await;
    place.put_back(&["network.db"], &kept);
    let running = place.start().await;
    let standing = kw_app::viewer::find_standing(&running.cx, place.ben);
    assert!(matches!(standing.reach, kw_domain::account::Reach::Unavailable { .. }));
    running.end().await;
    assert!(place.verify(&[]).0);
}

#[tokio::test]
async fn a_history_told_anew_with_the_same_key_is_named_by_an_earlier_checkpoint() {
    let place = Place::new().await;
    let kept = place.keep(&ALL);
    let first = place.see("first.txt").await;
    let running = place.start().await;
    running.take_down(&place.ola, place.ben).await;
    running.end().await;
    let seen = place.see("seen.txt").await;

    place.put_back(&ALL, &kept);
    let running = place.start().await;
    running.bring_back(&place.ola, place.ada).await;
    running.take_down(&place.ola, place.ada).await;
    running.end().await;
    let (is_whole, said) = place.verify(&["--seen", &first]);
    assert!(is_whole, "what both histories share was seen: {said}");
    place.demand_broken(&["--seen", &first, &seen], "REWRITTEN");
}

#[tokio::test]
async fn another_key_and_another_policy_than_the_expected_ones_are_named() {
    let (place, other) = (Place::new().await, Place::elsewhere().await);
    let seen = other.see("seen.txt").await;
    place.demand_broken(&["--seen", &seen], "is no checkpoint of this ledger");
    let policy = place.command.path("policy.cedar");
    std::fs::write(&policy, "permit (principal, action, resource);").expect("it can be written");
    place.demand_broken(&["--policy", &policy.to_string_lossy()], "another policy is in force");
    std::fs::write(&policy, kw_staff::policy::Policy::default_text()).expect("it can be written");
    assert!(place.verify(&["--policy", &policy.to_string_lossy()]).0);
}

#[tokio::test]
async fn an_export_is_verified_anywhere_also_without_its_openings() {
    let place = Place::new().await;
    place.command.run(&["ledger", "export", "out"]).well();
    let elsewhere = crate::cli::run::Command::new();
    let out = place.command.path("out").to_string_lossy().into_owned();
    let whole = elsewhere.run(&["ledger", "verify", &out]).well();
    assert!(whole.starts_with("WHOLE: 3 entries") && whole.contains("1 signatures hold"), "{whole}");
    let again = place.command.run(&["ledger", "export", "out"]).ended_with(1);
    assert!(again.contains("is not empty"), "{again}");

    let running = place.start().await;
    let key = running.cx.ledger().vkey();
    running.end().await;
    std::fs::remove_file(place.command.path("out/openings.jsonl")).expect("it is there");
    let tree = elsewhere.run(&["ledger", "verify", &out, &key]).well();
    assert!(tree.contains("only signature, order and tree were checked"), "{tree}");
    let keyless = elsewhere.run(&["ledger", "verify", &out]);
    assert!(keyless.status == 1 && keyless.out.starts_with("BROKEN"), "{}", keyless.out);
}
