//! Kill -9 in the middle of writes, and a disk that refuses them: what was acknowledged is there, whole, and nothing is
//! there in part.
//!
//! The writer is this test binary itself, started again with a variable that tells it to write.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use kw_store::{
    Batch, Bytes, COUNT_KEY, Change, Class, Clock, Condition, Family, Operation, OperationId, Outcome, Partition, Put,
    Stamp, Store, StoreError, SystemClock, count_in,
};
use kw_store_sqlite::{OpenOptions, SqliteStore};
use rand::{Rng, SeedableRng, rngs::StdRng};

const MARKS: Family = Family { id: 1, name: "marks", class: Class::Serial, counted: false };
const LIKES: Family = Family { id: 300, name: "likes", class: Class::Serial, counted: true };
const NEWS: Family = Family { id: 3, name: "news", class: Class::Stamped, counted: false };

/// The directory that a writer is to write to, and the number of its first operation.
const DIRECTORY: &str = "KW_STORE_CRASH_DIRECTORY";
const FIRST: &str = "KW_STORE_CRASH_FIRST";

const ROUNDS: u64 = 6;
const WRITERS: u64 = 8;
/// Each writer of each round has so many numbers of its own.
const NUMBERS: u64 = 1_000_000;

#[test]
fn what_was_acknowledged_survives_kill_9() {
    if write_as_told() {
        return;
    }
    let directory = tempfile::tempdir().expect("a directory can be made");
    let mut random = StdRng::seed_from_u64(41_700_000);
    let mut acknowledged = BTreeSet::new();
    for round in 0..ROUNDS {
        let before = acknowledged.len();
        let kill_after = random.random_range(1..400);
        let command = Command::new(std::env::current_exe().expect("a test knows its own binary"));
        let mut writer = start(command, "what_was_acknowledged_survives_kill_9", directory.path(), round);
        let mut lines = BufReader::new(writer.stdout.take().expect("it is piped")).lines().map_while(Result::ok);
        acknowledged.extend(lines.by_ref().filter_map(|line| acknowledged_in(&line)).take(kill_after));
        writer.kill().expect("it is still writing");
        // What it had said before it died counts as well.
        acknowledged.extend(lines.filter_map(|line| acknowledged_in(&line)));
        writer.wait().expect("it was killed");
        assert!(acknowledged.len() >= before + kill_after, "the writer wrote until it was killed");
        check(directory.path(), &acknowledged);
    }
}

/// A limit on the size of files makes writes fail as a broken disk does: with an error that is not "full".
#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_refuses_writes_stops_the_engine_and_loses_nothing() {
    if write_as_told() {
        return;
    }
    let directory = tempfile::tempdir().expect("a directory can be made");
    // Made beforehand: the limit is for the log.
    check(directory.path(), &BTreeSet::new());
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' XFSZ; ulimit -f 4096; exec \"$0\" \"$@\""]);
    command.arg(std::env::current_exe().expect("a test knows its own binary"));
    let name = "a_disk_that_refuses_writes_stops_the_engine_and_loses_nothing";
    let mut writer = start(command, name, directory.path(), 0);
    let lines: Vec<String> =
        BufReader::new(writer.stdout.take().expect("it is piped")).lines().map_while(Result::ok).collect();
    writer.wait().expect("it ended by itself");
    let acknowledged: BTreeSet<u64> = lines.iter().filter_map(|line| acknowledged_in(line)).collect();
    let refusals: Vec<&String> = lines.iter().filter(|line| line.starts_with("refused ")).collect();
    assert!(!acknowledged.is_empty());
    assert_eq!(refusals.len() as u64, WRITERS * 2, "every writer is refused, and refused again: {refusals:?}");
    assert!(refusals.iter().all(|line| line.contains("start Kittiwake again")), "{refusals:?}");
    check(directory.path(), &acknowledged);
}

fn start(mut command: Command, test: &str, directory: &Path, round: u64) -> Child {
    command.args([test, "--exact", "--nocapture"]);
    command.env(DIRECTORY, directory).env(FIRST, (round * WRITERS * NUMBERS).to_string());
    command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the test binary can be started again")
}

fn acknowledged_in(line: &str) -> Option<u64> {
    line.strip_prefix("acknowledged ")?.parse().ok()
}

/// In the process that was started to write: writes until it is killed or refused. In any other: `false`.
fn write_as_told() -> bool {
    let (Some(directory), Ok(first)) = (std::env::var_os(DIRECTORY), std::env::var(FIRST)) else { return false };
    let first: u64 = first.parse().expect("it is a number");
    let store = open(Path::new(&directory));
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            let (store, first) = (&store, first + writer * NUMBERS);
            scope.spawn(move || (first..first + NUMBERS).find(|number| !write(store, *number, first)));
        }
    });
    true
}

/// Whether a number was written. Says so only then.
fn write(store: &SqliteStore, number: u64, first: u64) -> bool {
    match futures::executor::block_on(store.perform(&operation(number, first))) {
        Ok(Outcome::Done) => {
            say(&format!("acknowledged {number}"));
            true
        }
        Ok(outcome) => panic!("{outcome:?}"),
        Err(error) => {
            say(&format!("refused {error}"));
            let again = futures::executor::block_on(store.perform(&operation(number + 1, first)));
            let read = futures::executor::block_on(store.get(&at(NEWS), &[]));
            if let (Err(StoreError::Unavailable(why)), Err(StoreError::Unavailable(_))) = (again, read) {
                say(&format!("refused {why}"));
            }
            false
        }
    }
}

/// One line, in one write, past whatever the test harness does to `println!`.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("\n{line}\n").as_bytes()).and_then(|()| out.flush()).expect("the other end listens");
}

fn open(directory: &Path) -> SqliteStore {
    SqliteStore::open(OpenOptions::new(directory, Arc::new(SystemClock))).expect("the directory can be opened")
}

fn at(family: Family) -> Partition {
    Partition { family, key: Bytes::from_static(b"all") }
}

/// A mark that decides, a like, some news; and the writer's like before this one is taken back.
fn operation(number: u64, first: u64) -> Operation {
    let key = |number: u64| Bytes::copy_from_slice(&number.to_be_bytes());
    let change = |number, put, condition| Change { key: key(number), put, condition, stamp: None };
    let put = |bytes: usize| Some(Put { value: Bytes::from(vec![number as u8; bytes]), expires_ms: None });
    let mut likes = vec![change(number, put(8), Condition::Newer)];
    if number > first {
        likes.push(change(number - 1, None, Condition::Newer));
    }
    let steps = vec![
        Batch { partition: at(MARKS), changes: vec![change(number, put(8), Condition::Absent)] },
        Batch { partition: at(LIKES), changes: likes },
        Batch { partition: at(NEWS), changes: vec![change(number, put(300), Condition::Newer)] },
    ];
    let now = SystemClock.now_micros();
    Operation { id: OperationId(u128::from(number)), stamp: Stamp(now), not_after_ms: now / 1_000 + 5_000, steps }
}

/// Opens the directory as the next process would and looks at everything.
fn check(directory: &Path, acknowledged: &BTreeSet<u64>) {
    let store = open(directory);
    assert_eq!(store.quick_check(), Ok(vec![]));
    let [marks, likes, news] = [MARKS, LIKES, NEWS].map(|family| numbers(&store, family));
    let lost: Vec<&u64> = acknowledged.difference(&marks).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    assert!(marks == news, "an operation is there whole or not at all");
    // The newest one of each writer of each round is what is left of its likes.
    let newest: BTreeSet<u64> = marks.iter().copied().filter(|number| !marks.contains(&(number + 1))).collect();
    assert!(likes == newest, "an operation is there whole or not at all");
    let count = futures::executor::block_on(store.get(&at(LIKES), &[COUNT_KEY])).expect("it can be read").remove(0);
    assert_eq!(count_in(count.as_ref()), Ok(likes.len() as u64));
}

/// The keys of all rows of a family.
fn numbers(store: &SqliteStore, family: Family) -> BTreeSet<u64> {
    let (mut found, mut token) = (BTreeSet::new(), None::<Bytes>);
    loop {
        let page = futures::executor::block_on(store.sweep(family, token.as_deref(), 1_000)).expect("it can be read");
        let keys = page.rows.iter().filter_map(|swept| <[u8; 8]>::try_from(&swept.row.key[..]).ok());
        found.extend(keys.map(u64::from_be_bytes));
        token = page.next;
        if token.is_none() {
            return found;
        }
    }
}
