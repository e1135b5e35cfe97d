//! `kittiwake export`, `import` and `doctor`.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use kw_app::families::STANDING;
use kw_domain::account::Reach;
use kw_domain::id::AccountId;
use kw_domain::time::Millis;
use kw_store::{Clock, SharedStore, SystemClock};
use kw_store_sqlite::{OpenOptions, SqliteStore};

use super::Command;
use crate::standing::write_standing;

fn with_accounts() -> Command {
    let command = Command::new();
    for handle in ["ada", "ben", "cleo"] {
        command.run(&["account", "create", handle]).well();
    }
    command
}

#[test]
fn what_was_exported_and_imported_is_the_same() {
    let command = with_accounts();
    let before = command.run(&["account", "list", "--json"]).json();
    let written = command.run(&["export", "all.kw", "--json"]).json();
    let command = command.with("KITTIWAKE_DATA", "other");
    let read = command.run(&["import", "all.kw", "--json"]).json();
    assert_eq!(written["rows"], read["rows"]);
    assert_eq!(command.run(&["account", "list", "--json"]).json(), before);
    let examined = command.run(&["doctor", "--json"]).json();
    assert_eq!(examined["findings"], serde_json::json!([]));
}

fn open_engine(directory: &Path) -> SharedStore {
    Arc::new(SqliteStore::open(OpenOptions::new(directory, Arc::new(SystemClock))).expect("it can be opened"))
}

async fn standings(store: &SharedStore) -> usize {
    store.sweep(STANDING.family, None, 1_000).await.expect("the engine answers").rows.len()
}

#[tokio::test]
async fn an_import_never_writes_what_staff_decided() {
    let command = with_accounts();
    let accounts = command.run(&["account", "list", "--json"]).json();
    let id = accounts[0]["id"].as_str().and_then(|id| id.parse().ok()).map(AccountId).expect("an id");
    {
        let store = open_engine(&command.path("data"));
        let now = Millis(SystemClock.now_millis());
        write_standing(&store, now, 1, id, Reach::Unavailable { until: None }).await;
        assert_eq!(standings(&store).await, 1);
    }
    command.run(&["export", "all.kw"]).well();
    let command = command.with("KITTIWAKE_DATA", "other");
    command.run(&["import", "all.kw"]).well();
    assert_eq!(standings(&open_engine(&command.path("other"))).await, 0);
}

#[test]
fn an_export_overwrites_nothing() {
    let command = with_accounts();
    fs::write(command.path("all.kw"), "precious").expect("the place can be written to");
    let said = command.run(&["export", "all.kw"]).ended_with(1);
    assert!(said.contains("all.kw is there already"), "{said}");
    assert_eq!(fs::read_to_string(command.path("all.kw")).expect("it is still there"), "precious");
}

#[test]
fn an_interrupted_export_is_finished_to_the_same_bytes_of_rows() {
    let command = with_accounts();
    command.run(&["export", "all.kw"]).well();
    let whole = fs::read(command.path("all.kw")).expect("it was written");
    fs::write(command.path("all.kw"), &whole[..whole.len() * 2 / 3]).expect("it can be cut");
    command.run(&["export", "all.kw", "--resume"]).well();
    assert_eq!(fs::read(command.path("all.kw")).expect("it was finished"), whole);
}

#[test]
fn an_export_is_not_finished_after_somebody_wrote() {
    let command = with_accounts();
    command.run(&["export", "all.kw"]).well();
    let whole = fs::read(command.path("all.kw")).expect("it was written");
    fs::write(command.path("all.kw"), &whole[..whole.len() / 2]).expect("it can be cut");
    command.run(&["account", "create", "dan"]).well();
    let said = command.run(&["export", "all.kw", "--resume"]).ended_with(1);
    assert!(said.contains("the server has run since"), "{said}");
}

#[test]
fn an_import_needs_an_empty_directory() {
    let command = with_accounts();
    command.run(&["export", "all.kw"]).well();
    let said = command.run(&["import", "all.kw"]).ended_with(1);
    assert!(said.contains("the data directory is not empty"), "{said}");
}

#[test]
fn an_interrupted_import_is_served_by_nobody_and_can_be_finished() {
    let command = with_accounts();
    command.run(&["export", "all.kw"]).well();
    let whole = fs::read(command.path("all.kw")).expect("it was written");
    fs::write(command.path("half.kw"), &whole[..whole.len() * 2 / 3]).expect("the place can be written to");
    let command = command.with("KITTIWAKE_DATA", "other");
    let said = command.run(&["import", "half.kw"]).ended_with(1);
    assert!(said.contains("without its trailer") || said.contains("damaged"), "{said}");
    let said = command.run(&["account", "list"]).ended_with(1);
    assert!(said.contains("an import into other was interrupted"), "{said}");
    command.run(&["import", "all.kw"]).well();
    assert_eq!(command.run(&["account", "list", "--json"]).json().as_array().map(Vec::len), Some(3));
}

#[test]
fn a_damaged_export_is_refused_where_it_is_damaged() {
    let command = with_accounts();
    command.run(&["export", "all.kw"]).well();
    let mut bytes = fs::read(command.path("all.kw")).expect("it was written");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(command.path("all.kw"), bytes).expect("it can be damaged");
    let said = command.with("KITTIWAKE_DATA", "other").run(&["import", "all.kw"]).ended_with(1);
    assert!(said.contains("damaged at byte"), "{said}");
}

#[test]
fn an_export_of_another_origin_than_the_configured_one_is_refused() {
    let command = with_accounts();
    command.run(&["export", "all.kw"]).well();
    let command = command.with("KITTIWAKE_DATA", "other").with("KITTIWAKE_ORIGIN", "https://elsewhere.example");
    let said = command.run(&["import", "all.kw"]).ended_with(1);
    assert!(said.contains("this is an export of http://localhost:8080"), "{said}");
    assert!(!command.path("other").exists());
}

#[test]
fn doctor_finds_a_file_that_somebody_overwrote() {
    let command = with_accounts();
    fs::write(command.path("data/network.db"), "not a database").expect("the place can be written to");
    let said = command.run(&["doctor"]).ended_with(1);
    assert!(said.contains("damaged"), "{said}");
}
