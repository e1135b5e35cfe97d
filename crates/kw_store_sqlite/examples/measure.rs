//! The figures of the embedded engine on this machine: `cargo run --release -p kw_store_sqlite --example measure`.
//!
//! Bytes of a follow edge, point reads, scans of 40 rows, and durable operations a second by many writers at once with
//! readers beside them. Nothing is compared: run it twice and look at both.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::executor::block_on;
use futures::future::try_join_all;
use kw_store::{
    Batch, Bytes, Change, Class, Clock, Condition, Direction, Family, Operation, OperationId, Partition, Put, Range,
    Stamp, Store, StoreError, SystemClock,
};
use kw_store_sqlite::{OpenOptions, SqliteStore};

const FOLLOWERS: Family = Family { id: 5, name: "followers", class: Class::Serial, counted: true };
const POSTS: Family = Family { id: 6, name: "posts", class: Class::Stamped, counted: false };

/// Followers in a partition, and how many of those there are.
const EDGES: u64 = 50_000;
const LISTS: u64 = 10;
const READS: u64 = 100_000;
const WRITERS: u64 = 64;
const OPERATIONS: u64 = 400;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let directory = tempfile::tempdir()?;
    let store = SqliteStore::open(OpenOptions::new(directory.path(), Arc::new(SystemClock)))?;

    let took = timed(|| (0..LISTS).try_for_each(|list| load(&store, list)))?;
    println!("load: {:.0} edges/s in key order", (EDGES * LISTS) as f64 / took.as_secs_f64());
    std::thread::sleep(Duration::from_millis(500));
    drop(store);
    let bytes = std::fs::metadata(directory.path().join("network.db"))?.len();
    println!("size: {:.1} bytes a follow edge", bytes as f64 / (EDGES * LISTS) as f64);

    let options = OpenOptions::new(directory.path(), Arc::new(SystemClock));
    let mut opened = None;
    let took = timed(|| {
        opened = Some(SqliteStore::open(options)?);
        Ok::<(), kw_store_sqlite::OpenError>(())
    })?;
    let store = opened.ok_or("it was opened")?;
    println!("open: {:.1} ms", took.as_secs_f64() * 1e3);
    reads(&store)?;
    writes(&store)?;
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "measuring is the purpose")]
fn timed<E>(work: impl FnOnce() -> Result<(), E>) -> Result<Duration, E> {
    let begun = Instant::now();
    work()?;
    Ok(begun.elapsed())
}

fn list(number: u64) -> Partition {
    let key = [number.to_be_bytes(), 0_u64.to_be_bytes()].concat();
    Partition { family: FOLLOWERS, key: Bytes::from(key) }
}

/// Ids as they come: far apart, in order.
fn id(number: u64) -> Bytes {
    Bytes::copy_from_slice(&(number * 7_919 + 1).to_be_bytes())
}

fn change(key: Bytes, value_bytes: usize) -> Change {
    let put = Some(Put { value: Bytes::from(vec![7; value_bytes]), expires_ms: None });
    Change { key, put, condition: Condition::Newer, stamp: None }
}

fn operation(number: u64, steps: Vec<Batch>) -> Operation {
    let stamp = Stamp(SystemClock.now_micros());
    Operation { id: OperationId(u128::from(number)), stamp, not_after_ms: u64::MAX, steps }
}

/// One list of followers; a value is an account's id.
fn load(store: &SqliteStore, number: u64) -> Result<(), StoreError> {
    let edges: Vec<Change> = (0..EDGES).map(|edge| change(id(edge), 8)).collect();
    let operations = edges.chunks(64).zip(0..).map(|(changes, part)| {
        let steps = vec![Batch { partition: list(number), changes: changes.to_vec() }];
        operation(number * 1_000_000 + part, steps)
    });
    let operations: Vec<Operation> = operations.collect();
    block_on(try_join_all(operations.iter().map(|operation| store.perform(operation)))).map(|_| ())
}

fn reads(store: &SqliteStore) -> Result<(), StoreError> {
    let mut times = Vec::new();
    for number in 0..READS {
        let (partition, key) = (list(number % LISTS), [id(number * 31 % EDGES)]);
        times.push(timed(|| block_on(store.get(&partition, &key)).map(|_| ()))?);
    }
    say("point read", &mut times);
    for number in 0..READS / 4 {
        let partition = list(number % LISTS);
        let range = Range { from: None, to: Some(id(number * 31 % EDGES)) };
        times.push(timed(|| block_on(store.scan(&partition, &range, Direction::Descending, 40)).map(|_| ()))?);
    }
    say("scan of 40", &mut times);
    Ok(())
}

/// Each writer waits for its operation before it begins the next: three partitions, six rows, one of them a post.
fn writes(store: &SqliteStore) -> Result<(), StoreError> {
    let mut times = Vec::new();
    let took = timed(|| {
        std::thread::scope(|scope| {
            let writers: Vec<_> =
                (0..WRITERS).map(|writer| scope.spawn(move || write_and_read(store, writer))).collect();
            for writer in writers {
                times.extend(writer.join().map_err(|_| StoreError::Invalid("a writer panicked".to_owned()))??);
            }
            Ok(())
        })
    })?;
    let rate = (WRITERS * OPERATIONS) as f64 / took.as_secs_f64();
    println!("durable operations by {WRITERS} writers: {rate:.0}/s");
    say("one of them", &mut times);
    Ok(())
}

fn write_and_read(store: &SqliteStore, writer: u64) -> Result<Vec<Duration>, StoreError> {
    let mut times = Vec::new();
    for number in 0..OPERATIONS {
        let seed = (writer * OPERATIONS + number) * 104_729;
        let post = Partition { family: POSTS, key: Bytes::copy_from_slice(&seed.to_be_bytes()) };
        let rows = |count: u64| (0..count).map(|row| change(id(EDGES + seed * 4 + row), 40)).collect();
        let steps = vec![
            Batch { partition: list(seed % 1_000), changes: rows(3) },
            Batch { partition: list(1_000 + writer), changes: rows(2) },
            Batch { partition: post, changes: vec![change(id(0), 300)] },
        ];
        let operation = operation(1 << 40 | seed, steps);
        times.push(timed(|| block_on(store.perform(&operation)).map(|_| ()))?);
        block_on(store.scan(&list(number % LISTS), &Range::default(), Direction::Descending, 40))?;
    }
    Ok(times)
}

fn say(what: &str, times: &mut Vec<Duration>) {
    times.sort();
    let micros = |share: usize| times[(times.len() - 1) * share / 1_000].as_secs_f64() * 1e6;
    println!("{what}: p50 {:.1} µs, p99 {:.1} µs, longest {:.0} µs", micros(500), micros(990), micros(1_000));
    times.clear();
}
