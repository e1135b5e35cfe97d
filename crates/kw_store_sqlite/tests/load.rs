//! The engine under more than it holds: its queue, its log, and what it collects by itself.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures::executor::block_on;
use futures::future::join_all;
use kw_store::{
    Batch, Bytes, Change, Class, Clock, Condition, Direction, Family, ManualClock, Operation, OperationId, Outcome,
    Partition, Put, Range, Stamp, Store, limit,
};
use kw_store_sqlite::{OpenOptions, SqliteStore};

const POSTS: Family = Family { id: 2, name: "posts", class: Class::Stamped, counted: false };

/// The moment of all writes here, in microseconds since 1970.
const NOW: u64 = 1_509_642_000_000_000;

fn posts() -> Partition {
    Partition { family: POSTS, key: Bytes::from_static(b"p") }
}

/// An operation that writes so many rows of so many bytes, each row in a step of its own.
fn operation(number: u64, rows: u64, value_bytes: usize, expires_ms: Option<u64>) -> Operation {
    let step = |row: u64| {
        let key = Bytes::copy_from_slice(&(number * 100 + row).to_be_bytes());
        let put = Some(Put { value: Bytes::from(vec![7; value_bytes]), expires_ms });
        Batch { partition: posts(), changes: vec![Change { key, put, condition: Condition::Newer, stamp: None }] }
    };
    let steps = (0..rows).map(step).collect();
    Operation { id: OperationId(u128::from(number)), stamp: Stamp(NOW + number), not_after_ms: u64::MAX, steps }
}

fn rows_in_file(directory: &Path) -> i64 {
    let connection = rusqlite::Connection::open(directory.join("network.db")).expect("it can be opened");
    connection.query_row("SELECT count(*) FROM stamped", [], |row| row.get(0)).expect("it can be counted")
}

#[test]
fn what_the_queue_does_not_hold_waits_and_is_written() {
    let directory = tempfile::tempdir().expect("a directory can be made");
    let clock = Arc::new(ManualClock::at_micros(NOW));
    let store = SqliteStore::open(OpenOptions::new(directory.path(), clock)).expect("it can be opened");
    // Four times as much as may wait.
    let operations: Vec<Operation> = (0..34).map(|number| operation(number, 15, 256 * 1024, None)).collect();
    let outcomes = block_on(join_all(operations.iter().map(|operation| store.perform(operation))));
    assert!(outcomes.iter().all(|outcome| *outcome == Ok(Outcome::Done)), "{outcomes:?}");
    drop(store);
    assert_eq!(rows_in_file(directory.path()), 34 * 15);
}

#[test]
fn the_log_stays_short_while_others_read() {
    let directory = tempfile::tempdir().expect("a directory can be made");
    let clock = Arc::new(ManualClock::at_micros(NOW));
    let options = OpenOptions { log_bytes_max: 256 * 1024, ..OpenOptions::new(directory.path(), clock) };
    let store = SqliteStore::open(options).expect("it can be opened");
    let log = directory.path().join("network.db-wal");
    let (stop, mut longest) = (AtomicBool::new(false), 0);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(Ordering::SeqCst) {
                block_on(store.scan(&posts(), &Range::default(), Direction::Descending, 100)).expect("it can be read");
            }
        });
        for number in 0..400 {
            assert_eq!(block_on(store.perform(&operation(number, 1, 20_000, None))), Ok(Outcome::Done));
            longest = longest.max(fs::metadata(&log).map_or(0, |meta| meta.len()));
        }
        stop.store(true, Ordering::SeqCst);
    });
    assert!(longest > 0 && longest < 1024 * 1024, "8 MB were written and the log was {longest} bytes long");
}

#[test]
fn a_closed_store_is_one_file() {
    let (directory, copy) = (tempfile::tempdir().expect("made"), tempfile::tempdir().expect("made"));
    let clock = Arc::new(ManualClock::at_micros(NOW));
    let store = SqliteStore::open(OpenOptions::new(directory.path(), clock)).expect("it can be opened");
    assert_eq!(block_on(store.perform(&operation(1, 3, 100, None))), Ok(Outcome::Done));
    drop(store);
    fs::copy(directory.path().join("network.db"), copy.path().join("network.db")).expect("it can be copied");
    assert_eq!(rows_in_file(copy.path()), 3);
}

#[test]
fn what_is_collected_one_day_is_told_apart_and_leaves_room() {
    let directory = tempfile::tempdir().expect("a directory can be made");
    let clock = Arc::new(ManualClock::at_micros(NOW));
    let shared: Arc<dyn Clock> = Arc::clone(&clock) as Arc<dyn Clock>;
    let store = SqliteStore::open(OpenOptions::new(directory.path(), shared)).expect("it can be opened");
    let perform = |operation: &Operation| assert_eq!(block_on(store.perform(operation)), Ok(Outcome::Done));
    perform(&operation(1, 2, 100_000, None));
    perform(&operation(2, 3, 100_000, Some(NOW / 1_000 + 10)));
    let mut deletion = operation(3, 1, 0, None);
    deletion.steps[0].changes[0] = Change { put: None, ..operation(1, 1, 0, None).steps[0].changes[0].clone() };
    perform(&deletion);
    let passing = store.list_passing().expect("it can be read");
    let of_posts = passing.get(&POSTS.id).copied().unwrap_or_default();
    assert_eq!((passing.len(), of_posts.deleted_rows, of_posts.expiring_rows), (1, 1, 3));
    assert!((300_000..301_000).contains(&of_posts.bytes), "{of_posts:?}");

    let full = store.room().expect("it can be read");
    clock.advance_millis(limit::TOMBSTONE_MS + 10);
    assert_eq!(block_on(store.collect()), Ok(4));
    assert_eq!(store.list_passing().expect("it can be read").len(), 0);
    let empty = store.room().expect("it can be read");
    assert_eq!(empty.bytes, full.bytes);
    assert!(empty.free_bytes >= full.free_bytes + 290_000, "{full:?} {empty:?}");
}

#[test]
fn what_has_expired_is_collected_without_being_asked() {
    let directory = tempfile::tempdir().expect("a directory can be made");
    let clock = Arc::new(ManualClock::at_micros(NOW));
    let shared: Arc<dyn Clock> = Arc::clone(&clock) as Arc<dyn Clock>;
    let options = OpenOptions { collect_every: Duration::from_millis(1), ..OpenOptions::new(directory.path(), shared) };
    let store = SqliteStore::open(options).expect("it can be opened");
    // More than one round takes.
    for number in 0..20 {
        let operation = operation(number, 30, 10, Some(NOW / 1_000 + 10));
        assert_eq!(block_on(store.perform(&operation)), Ok(Outcome::Done));
    }
    assert_eq!(rows_in_file(directory.path()), 600);
    clock.advance_millis(limit::TOMBSTONE_MS + 10);
    // However long it takes; only a collection ends the loop.
    while rows_in_file(directory.path()) > 0 {
        std::thread::sleep(Duration::from_millis(1));
    }
}
