//! Other doors: configuration, environment and import.

use kw_app::families::STANDING;
use kw_app::families::staff::of_the_network;
use kw_app::viewer::find_standing;
use kw_domain::account::Reach;
use kw_domain::time::Millis;
use kw_store::{Clock, SystemClock};

use super::place::Place;
use crate::standing::write_standing;

#[tokio::test]
async fn no_configuration_names_another_policy_or_another_member_of_staff() {
    let place = Place::new().await;
    for text in [
        "[staff]\npolicy = \"mine.cedar\"\n",
        "[server]\npolicy = \"mine.cedar\"\n",
        "[ledger]\nkey = \"mine\"\n",
        "[site]\nhidden = [\"ada\"]\n",
    ] {
        std::fs::write(place.command.path("mine.toml"), text).expect("it can be written");
        let refused = place.command.run(&["--config", "mine.toml", "account", "list"]);
        assert_eq!(refused.status, 2, "{text}: {}{}", refused.out, refused.err);
    }
    let Place { command, .. } = place;
    for name in ["KITTIWAKE_POLICY", "KITTIWAKE_STAFF_POLICY", "KITTIWAKE_LEDGER_KEY"] {
        let mut process = command.process(&["account", "list"]);
        let ran = process.env(name, "mine").output().expect("the binary can be run");
        assert_eq!(ran.status.code(), Some(2), "{name}");
    }
}

#[tokio::test]
async fn an_import_brings_neither_standing_nor_staff() {
    let place = Place::new().await;
    let now = Millis(SystemClock.now_millis());
    write_standing(&place.open("network.db"), now, 900, place.ben, Reach::Unavailable { until: None }).await;
    place.command.run(&["export", "all.kw"]).well();
    let Place { command, ben, ola, ada, .. } = place;
    let command = command.with("KITTIWAKE_DATA", "other");
    command.run(&["import", "all.kw"]).well();
    let options = kw_store_sqlite::OpenOptions::new(command.path("other"), std::sync::Arc::new(SystemClock));
    let store: kw_store::SharedStore =
        std::sync::Arc::new(kw_store_sqlite::SqliteStore::open(options).expect("nobody else has it open"));
    for (family, _) in of_the_network().into_iter().chain([(STANDING.family, STANDING.decider)]) {
        let rows = store.sweep(family, None, 10).await.expect("the engine answers").rows;
        assert!(rows.is_empty(), "{} was imported", family.name);
    }
    drop((store, ola, ada, ben));
    let verified = command.run(&["ledger", "verify"]).well();
    assert!(verified.starts_with("WHOLE: no entries"), "{verified}");
}

#[tokio::test]
async fn what_the_command_line_does_to_accounts_leaves_their_standing_alone() {
    let place = Place::new().await;
    for arguments in [&["account", "create", "cleo"][..], &["account", "list"], &["doctor"], &["ledger", "show"]] {
        place.command.run(arguments).well();
    }
    let running = place.start().await;
    assert!(matches!(find_standing(&running.cx, place.ada).reach, Reach::Unavailable { .. }));
    assert_eq!(find_standing(&running.cx, place.ben).reach, Reach::Clear);
    running.end().await;
    assert!(place.verify(&[]).0);
}
