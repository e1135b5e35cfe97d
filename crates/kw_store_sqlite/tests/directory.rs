//! What becomes of directories that are in use, newer, damaged or somebody else's: a clear refusal, and no change.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use kw_store::{
    Batch, Bytes, COUNT_KEY, Change, Class, Condition, Direction, Family, ManualClock, Operation, OperationId, Outcome,
    Partition, Put, Range, Stamp, Store, StoreError, count_in, limit,
};
use kw_store_sqlite::{OpenError, OpenOptions, SqliteStore};

const NAMES: Family = Family { id: 1, name: "names", class: Class::Serial, counted: false };
const LIKES: Family = Family { id: 300, name: "likes", class: Class::Serial, counted: true };
const POSTS: Family = Family { id: 2, name: "posts", class: Class::Stamped, counted: false };

/// The moment of all writes here, in microseconds since 1970.
const NOW: u64 = 1_509_642_000_000_000;

fn options(directory: &Path) -> OpenOptions {
    OpenOptions::new(directory, Arc::new(ManualClock::at_micros(NOW)))
}

fn open(directory: &Path) -> SqliteStore {
    SqliteStore::open(options(directory)).expect("the directory can be opened")
}

fn at(family: Family, key: &'static str) -> Partition {
    Partition { family, key: Bytes::from_static(key.as_bytes()) }
}

fn change(key: &'static str, value: Option<&'static str>, expires_ms: Option<u64>) -> Change {
    let put = value.map(|value| Put { value: Bytes::from_static(value.as_bytes()), expires_ms });
    Change { key: Bytes::from_static(key.as_bytes()), put, condition: Condition::Newer, stamp: None }
}

fn write(store: &SqliteStore, number: u64, partition: Partition, changes: Vec<Change>) {
    let steps = vec![Batch { partition, changes }];
    let (id, stamp) = (OperationId(u128::from(number)), Stamp(NOW + number));
    let operation = Operation { id, stamp, not_after_ms: u64::MAX, steps };
    assert_eq!(block_on(store.perform(&operation)), Ok(Outcome::Done));
}

fn block_on<T>(work: impl Future<Output = T>) -> T {
    futures::executor::block_on(work)
}

/// Name and bytes of every file in a directory.
fn files(directory: &Path) -> BTreeMap<String, Vec<u8>> {
    let read = |entry: std::io::Result<fs::DirEntry>| {
        let entry = entry.expect("the directory can be listed");
        (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).expect("the file can be read"))
    };
    fs::read_dir(directory).expect("the directory can be listed").map(read).collect()
}

/// A directory with some rows, closed again and without its lock file.
fn directory_with_rows() -> tempfile::TempDir {
    let directory = tempfile::tempdir().expect("a directory can be made");
    let store = open(directory.path());
    for number in 0..50 {
        write(&store, number, at(NAMES, "n"), vec![change("ada", Some("1"), None), change("ben", Some("2"), None)]);
    }
    drop(store);
    fs::remove_file(directory.path().join("lock")).expect("it was made");
    directory
}

/// Opens a directory that must be refused, and sees to it that nothing in it changes.
fn refused(directory: &Path) -> OpenError {
    let before = files(directory);
    let error = SqliteStore::open(options(directory)).expect_err("the directory must be refused");
    assert!(files(directory) == before, "a refused directory stays as it was");
    error
}

/// What the refusal says, and what is done to the file.
type Damage = (&'static str, fn(&Path));

#[test]
fn rows_are_there_when_the_directory_is_opened_again() {
    let directory = directory_with_rows();
    let store = open(directory.path());
    let found = block_on(store.get(&at(NAMES, "n"), &[Bytes::from_static(b"ben")])).expect("it can be read");
    assert_eq!(found[0].as_ref().map(|row| &row.value[..]), Some(&b"2"[..]));
    assert_eq!(store.quick_check(), Ok(vec![]));
}

#[test]
fn a_directory_is_open_once_at_a_time() {
    let directory = tempfile::tempdir().expect("a directory can be made");
    let store = open(directory.path());
    let second = SqliteStore::open(options(directory.path())).expect_err("it is in use");
    let sentence = second.to_string();
    assert!(matches!(second, OpenError::InUse { .. }), "{sentence}");
    assert!(sentence.contains(&format!("process {}", std::process::id())), "{sentence}");
    write(&store, 1, at(NAMES, "n"), vec![change("ada", Some("1"), None)]);
    drop(store);
    open(directory.path());
}

#[test]
fn two_databases_of_one_directory_are_open_at_the_same_time_and_share_no_row() {
    let directory = tempfile::tempdir().expect("a directory can be made");
    let network = open(directory.path());
    let ledger = SqliteStore::open(options(directory.path()).file("ledger.db")).expect("it is another file");
    let again = SqliteStore::open(options(directory.path()).file("ledger.db"));
    assert!(matches!(again, Err(OpenError::InUse { .. })), "each is locked by itself");

    write(&network, 1, at(NAMES, "n"), vec![change("ada", Some("1"), None)]);
    let found = block_on(ledger.get(&at(NAMES, "n"), &[Bytes::from_static(b"ada")]));
    assert_eq!(found.expect("it can be read"), [None]);
}

#[test]
fn a_newer_directory_is_refused_and_left_alone() {
    let directory = directory_with_rows();
    let database = directory.path().join("network.db");
    let connection = rusqlite::Connection::open(&database).expect("it can be opened");
    connection.pragma_update(None, "journal_mode", "DELETE").expect("it can be changed");
    connection.pragma_update(None, "user_version", 99).expect("it can be changed");
    drop(connection);
    let error = refused(directory.path());
    assert!(matches!(error, OpenError::Newer { found: 99, .. }), "{error}");
    assert!(error.to_string().contains("has format 99 and this build knows formats up to 1"), "{error}");
}

#[test]
fn somebody_elses_database_is_refused_and_left_alone() {
    let directory = tempfile::tempdir().expect("a directory can be made");
    let connection = rusqlite::Connection::open(directory.path().join("network.db")).expect("it can be made");
    connection.execute_batch("CREATE TABLE recipes (name TEXT)").expect("it can be filled");
    drop(connection);
    let error = refused(directory.path());
    assert!(matches!(error, OpenError::NotOurs { .. }), "{error}");
}

#[test]
fn a_damaged_directory_is_refused_and_left_alone() {
    let damages: [Damage; 5] = [
        ("does not begin like a database", |file| fs::write(file, vec![0xAA; 8_192]).expect("it can be written")),
        ("shorter than its own header", |file| fs::write(file, b"SQLite").expect("it can be written")),
        ("shorter than its own header", |file| fs::write(file, b"").expect("it can be written")),
        ("something cut it off", |file| {
            let bytes = fs::read(file).expect("it can be read");
            fs::write(file, &bytes[..bytes.len() - 4_096]).expect("it can be written");
        }),
        ("it is missing, and its log is there", |file| {
            fs::rename(file, file.with_file_name("network.db-wal")).expect("it can be moved");
        }),
    ];
    for (why, damage) in damages {
        let directory = directory_with_rows();
        let _ = fs::remove_file(directory.path().join("network.db-wal"));
        damage(&directory.path().join("network.db"));
        let error = refused(directory.path());
        assert!(matches!(error, OpenError::Damaged { .. }), "{error}");
        assert!(error.to_string().contains(why), "{error}");
    }
}

#[test]
fn damage_inside_the_file_is_said_when_it_is_met_and_found_by_the_check() {
    let directory = tempfile::tempdir().expect("a directory can be made");
    let store = open(directory.path());
    for number in 0..200 {
        let key: &'static str = Box::leak(format!("{number:04}").into_boxed_str());
        let value: &'static str = Box::leak("v".repeat(500).into_boxed_str());
        write(&store, number, at(POSTS, "p"), vec![change(key, Some(value), None)]);
    }
    drop(store);
    let database = directory.path().join("network.db");
    let mut bytes = fs::read(&database).expect("it can be read");
    let (middle, end) = (bytes.len() / 2 / 4_096 * 4_096, bytes.len() / 2 / 4_096 * 4_096 + 4_096);
    bytes[middle..end].fill(0x5A);
    fs::write(&database, bytes).expect("it can be written");

    let store = open(directory.path());
    let found = store.quick_check();
    assert!(!matches!(&found, Ok(findings) if findings.is_empty()), "{found:?}");
    let scan = block_on(store.scan(&at(POSTS, "p"), &Range::default(), Direction::Ascending, 1_000));
    assert!(matches!(&scan, Err(StoreError::Corrupt(why)) if why.contains("kittiwake doctor")), "{scan:?}");
}

#[test]
fn a_half_made_database_of_an_interrupted_start_is_made_anew() {
    let directory = tempfile::tempdir().expect("a directory can be made");
    fs::write(directory.path().join("network.db.new"), b"half").expect("it can be written");
    write(&open(directory.path()), 1, at(NAMES, "n"), vec![change("ada", Some("1"), None)]);
    assert!(!directory.path().join("network.db.new").exists());
}

#[cfg(unix)]
#[test]
fn a_new_directory_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let root = tempfile::tempdir().expect("a directory can be made");
    let directory = root.path().join("deep/data");
    open(&directory);
    let mode = fs::metadata(&directory).expect("it is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}

/// A directory written by format 1, as SQL. Later versions must open it and find everything.
#[test]
fn a_directory_of_format_1_opens() {
    let directory = tempfile::tempdir().expect("a directory can be made");
    let connection = rusqlite::Connection::open(directory.path().join("network.db")).expect("it can be made");
    connection.execute_batch(include_str!("fixtures/format_1.sql")).expect("the fixture is SQL");
    drop(connection);

    let store = open(directory.path());
    let ada = block_on(store.get(&at(NAMES, "names"), &["ada", "ben", "cleo"].map(Bytes::from))).expect("it reads");
    assert_eq!(ada[0].as_ref().map(|row| (&row.value[..], row.stamp)), Some((&b"1"[..], Stamp(NOW + 1))));
    assert_eq!(ada[1], None, "a deleted row");
    assert_eq!(ada[2].as_ref().and_then(|row| row.expires_ms), Some(1_600_000_000_000));
    let likes = at(LIKES, "post");
    let rows = block_on(store.scan(&likes, &Range::default(), Direction::Descending, 10)).expect("it reads").rows;
    assert_eq!(rows.iter().map(|row| &row.key[..]).collect::<Vec<_>>(), [b"b", b"a"]);
    let count = block_on(store.get(&likes, &[COUNT_KEY])).expect("it reads").remove(0);
    assert_eq!(count_in(count.as_ref()), Ok(2));
    let posts = block_on(store.sweep(POSTS, None, 10)).expect("it reads").rows;
    assert_eq!(posts.iter().map(|post| &post.row.value[..]).collect::<Vec<_>>(), [b"hello"]);

    write(&store, 9, likes.clone(), vec![change("a", None, None)]);
    let count = block_on(store.get(&likes, &[COUNT_KEY])).expect("it reads").remove(0);
    assert_eq!(count_in(count.as_ref()), Ok(1));
}

#[test]
fn what_is_gone_for_a_day_is_collected_and_counts_stay() {
    let directory = tempfile::tempdir().expect("a directory can be made");
    let clock = Arc::new(ManualClock::at_micros(NOW));
    let opened = OpenOptions::new(directory.path(), Arc::clone(&clock) as Arc<dyn kw_store::Clock>);
    let store = SqliteStore::open(opened).expect("an empty directory can be opened");
    let soon = NOW / 1_000 + 10;
    write(&store, 1, at(LIKES, "p"), vec![change("a", Some("1"), None), change("b", Some("1"), None)]);
    write(&store, 2, at(LIKES, "p"), vec![change("a", None, None)]);
    write(&store, 3, at(POSTS, "p"), vec![change("gone", Some("1"), Some(soon)), change("stays", Some("1"), None)]);

    clock.advance_millis(limit::TOMBSTONE_MS - 1);
    assert_eq!(block_on(store.collect()), Ok(0));
    clock.advance_millis(1);
    assert_eq!(block_on(store.collect()), Ok(1), "the deleted row");
    clock.advance_millis(10);
    assert_eq!(block_on(store.collect()), Ok(1), "the expired row");
    assert_eq!(block_on(store.collect()), Ok(0));
    let count = block_on(store.get(&at(LIKES, "p"), &[COUNT_KEY])).expect("it reads").remove(0);
    assert_eq!(count_in(count.as_ref()), Ok(1));
    drop(store);
    let connection = rusqlite::Connection::open(directory.path().join("network.db")).expect("it can be opened");
    let left: i64 = connection
        .query_row("SELECT (SELECT count(*) FROM serial) + (SELECT count(*) FROM stamped)", [], |row| row.get(0))
        .expect("it can be counted");
    assert_eq!(left, 3, "a like, its count, and a post");
}
