//! What is loaded in bulk is what operations would have written, also after an interruption.

use std::path::Path;
use std::sync::Arc;

use futures::executor::block_on;
use kw_store::bulk::{Run, cut};
use kw_store::{
    Batch, Bytes, Change, Class, Condition, Family, ManualClock, Operation, OperationId, Outcome, Partition, Put,
    Stamp, Store,
};
use kw_store_sqlite::{Bulk, DATABASE, OpenOptions, SqliteStore};

const EDGES: Family = Family { id: 41, name: "edges", class: Class::Serial, counted: true };
const STAMP: Stamp = Stamp(1_509_642_000_000_000);
const FOLLOWED: u16 = 700;

type Edge = (u16, u16);

fn edges() -> impl Iterator<Item = Edge> {
    (0..FOLLOWED).flat_map(|followed| (0..followed % 7).map(move |follower| (followed, follower)))
}

fn runs() -> impl Iterator<Item = Run> {
    let place = |(followed, _): &Edge, out: &mut Vec<u8>| out.extend(followed.to_be_bytes());
    cut(EDGES, 150, edges(), place, |run, partition, (_, follower)| {
        run.push(partition, &follower.to_be_bytes(), |out| out.extend([1, 2, 3]), STAMP);
    })
}

fn performed(directory: &Path) {
    let store =
        SqliteStore::open(OpenOptions::new(directory, Arc::new(ManualClock::at_micros(STAMP.0)))).expect("it opens");
    for (number, (followed, follower)) in edges().enumerate() {
        let put = Some(Put { value: Bytes::from_static(&[1, 2, 3]), expires_ms: None });
        let key = Bytes::copy_from_slice(&follower.to_be_bytes());
        let partition = Partition { family: EDGES, key: Bytes::copy_from_slice(&followed.to_be_bytes()) };
        let changes = vec![Change { key, put, condition: Condition::Absent, stamp: None }];
        let steps = vec![Batch { partition, changes }];
        let operation = Operation { id: OperationId(number as u128), stamp: STAMP, not_after_ms: u64::MAX, steps };
        assert_eq!(block_on(store.perform(&operation)), Ok(Outcome::Done));
    }
}

/// Everything in the table, as it stands in the file.
fn all(directory: &Path) -> Vec<(Vec<u8>, i64, Vec<u8>)> {
    let connection = rusqlite::Connection::open(directory.join(DATABASE)).expect("it opens");
    let mut statement =
        connection.prepare("SELECT key, stamp, value FROM serial ORDER BY key").expect("it is well formed");
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).expect("it reads");
    rows.collect::<Result<_, _>>().expect("every row reads")
}

#[test]
fn what_is_loaded_is_what_operations_write_and_an_interruption_changes_nothing() {
    let [one, other] = [(), ()].map(|()| tempfile::tempdir().expect("a directory can be made"));
    performed(one.path());
    let mut interrupted = Bulk::open(other.path(), DATABASE).expect("a new directory can be loaded into");
    for run in runs().take(5) {
        interrupted.load(&run).expect("it is loaded");
    }
    drop(interrupted);
    let mut again = Bulk::open(other.path(), DATABASE).expect("it goes on");
    for run in runs() {
        again.load(&run).expect("it is loaded");
    }
    again.finish().expect("it is on the disk");
    assert_eq!(all(one.path()), all(other.path()));

    let store =
        SqliteStore::open(OpenOptions::new(other.path(), Arc::new(ManualClock::at_micros(STAMP.0)))).expect("it opens");
    assert_eq!(store.quick_check(), Ok(Vec::new()));
}

#[test]
fn nobody_loads_what_a_server_has_open() {
    let directory = tempfile::tempdir().expect("a directory can be made");
    let _store =
        SqliteStore::open(OpenOptions::new(directory.path(), Arc::new(ManualClock::at_micros(1)))).expect("it opens");
    assert!(Bulk::open(directory.path(), DATABASE).is_err());
}
