//! Rows that somebody with the database files changes by hand.

use kw_app::families::staff::{DETAIL, LEDGER, OPENING_KEYS};
use kw_app::family::Rows;
use kw_app::key::{Key, Only};
use kw_app::ledger::rows::{LedgerKey, LedgerRow};
use kw_app::viewer::find_standing;
use kw_domain::account::Reach;
use kw_domain::time::Millis;
use kw_store::{Clock, SystemClock};

use super::place::Place;
use crate::standing::write_standing;

#[tokio::test]
async fn a_standing_row_written_by_hand_is_believed_by_nobody_and_named_twice() {
    let place = Place::new().await;
    let now = Millis(SystemClock.now_millis());
    {
        let network = place.open("network.db");
        write_standing(&network, now, 900, place.ben, Reach::Unavailable { until: None }).await;
        write_standing(&network, now, 901, place.ada, Reach::Clear).await;
    }
    let running = place.start().await;
    assert_eq!(find_standing(&running.cx, place.ben).reach, Reach::Clear, "nobody decided to hide it");
    assert!(matches!(find_standing(&running.cx, place.ada).reach, Reach::Unavailable { .. }), "nobody brought it back");
    running.end().await;
    let examined = place.command.run(&["doctor"]);
    assert_eq!(examined.status, 1);
    for account in [place.ada, place.ben] {
        let words = format!("the row of account {account} says what the ledger does not");
        assert!(examined.out.contains(&words), "{}", examined.out);
        place.demand_broken(&[], &words);
    }
}

/// Changes the leaf of an entry into one that says something else, in the same form.
async fn change_entry(place: &Place, index: u64) {
    let edit = |row| {
        let LedgerRow::Entry { leaf } = row else { panic!("an entry is expected") };
        let text = String::from_utf8(leaf).expect("a leaf is text");
        let changed = text.replacen("\"kind\":\"in_force\"", "\"kind\":\"undone\"", 1);
        assert_ne!(changed, text);
        Some(LedgerRow::Entry { leaf: changed.into_bytes() })
    };
    place.tamper("ledger.db", &LEDGER, (&Only, &LedgerKey::Entry(index)), edit).await;
}

/// A server on the data directory ends at once, and says who knows more.
fn demand_no_start(place: &Place) {
    let said = place.command.run(&["account", "list"]).ended_with(1);
    assert!(said.contains("cannot be read"), "{said}");
}

#[tokio::test]
async fn a_changed_entry_stops_the_server_and_is_named() {
    let place = Place::new().await;
    change_entry(&place, 2).await;
    demand_no_start(&place);
    place.demand_broken(&[], "entry 2");
}

#[tokio::test]
async fn a_deleted_entry_stops_the_server_and_is_named() {
    let place = Place::new().await;
    place.tamper("ledger.db", &LEDGER, (&Only, &LedgerKey::Entry(1)), |_| None).await;
    demand_no_start(&place);
    place.demand_broken(&[], "entry 1 is missing");
}

#[tokio::test]
async fn a_head_that_was_set_back_stops_the_server_and_is_named() {
    let place = Place::new().await;
    let running = place.start().await;
    let stored = running.cx.ledger().shelf().checkpoint().await.expect("it answers").expect("there is a head");
    let frontier = running.cx.ledger().read(|log| log.frontier().to_bytes());
    running.take_down(&place.ola, place.ben).await;
    running.end().await;
    let old = LedgerRow::Head { size: stored.0, frontier, checkpoint: stored.1 };
    place.tamper("ledger.db", &LEDGER, (&Only, &LedgerKey::Head), |_| Some(old)).await;
    demand_no_start(&place);
    place.demand_broken(&[], "there are more entries than");
}

#[tokio::test]
async fn a_deleted_head_is_named() {
    let place = Place::new().await;
    place.tamper("ledger.db", &LEDGER, (&Only, &LedgerKey::Head), |_| None).await;
    demand_no_start(&place);
    place.demand_broken(&[], "no checkpoint of them");
}

#[tokio::test]
async fn a_changed_opening_stops_the_server_and_is_named() {
    let place = Place::new().await;
    let edit = |mut row: kw_app::ledger::rows::DetailRow| {
        row.sealed[0].bytes[40] ^= 1;
        Some(row)
    };
    place.tamper("ledger.db", &DETAIL, (&0, &2), edit).await;
    demand_no_start(&place);
    place.demand_broken(&[], "entry 2: an opening does not open with its key");
}

/// A row of the first bundle's partition.
async fn find<V: kw_app::family::Value>(place: &Place, rows: &Rows<u64, u64, V>, index: u64) -> V {
    let store = place.open("ledger.db");
    let found = store.get(&rows.partition(&0), &[index.to_bytes()]).await.expect("the engine answers");
    rows.decode(&found.into_iter().flatten().next().expect("the row is there")).expect("it can be read").value
}

#[tokio::test]
async fn openings_that_were_erased_without_a_decision_are_named() {
    let place = Place::new().await;
    let erase = |mut row: kw_app::ledger::rows::OpeningKeysRow| {
        row.keys.iter_mut().for_each(Vec::clear);
        Some(row)
    };
    let detail = find(&place, &DETAIL, 1).await;
    place.tamper("keys.db", &OPENING_KEYS, (&0, &(1, detail.lock)), erase).await;
    place.demand_broken(&[], "openings are gone");
}

#[tokio::test]
async fn the_keys_of_another_server_are_refused() {
    let (place, other) = (Place::new().await, Place::elsewhere().await);
    let keys = &["keys.db"];
    let theirs: Vec<_> = other
        .keep(keys)
        .into_iter()
        .map(|(path, bytes)| (place.command.path("data").join(path.file_name().expect("a file")), bytes))
        .collect();
    place.put_back(keys, &theirs);
    demand_no_start(&place);
    place.demand_broken(&[], "nothing opens entry 0");
}

#[tokio::test]
async fn untouched_it_is_whole_and_says_what_it_is_not() {
    let place = Place::new().await;
    let (is_whole, said) = place.verify(&[]);
    assert!(is_whole && said.contains("1 signatures hold") && said.contains("unwitnessed"), "{said}");
    let json = place.command.run(&["ledger", "verify", "--json"]).json();
    assert_eq!((json["whole"].clone(), json["made_up_floor"].clone()), (true.into(), false.into()));
    let shown = place.command.run(&["ledger", "show", "--json"]).well();
    let kinds: Vec<String> = shown
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a line is JSON")["leaf"]["kind"].clone())
        .map(|kind| kind.as_str().expect("a leaf has a kind").to_owned())
        .collect();
    assert_eq!(kinds, ["founded", "step", "in_force"]);
}
