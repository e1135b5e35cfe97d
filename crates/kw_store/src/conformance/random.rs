//! Random runs beside the reference model: the same operations on both, then everything read from both. A run that
//! differs is shrunk to the few actions that matter.

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseResult, TestError, TestRunner};
use tokio::runtime::Runtime;

use super::world::{FAMILIES, World, perform, scan_all, sweep_all};
use crate::mem::MemStore;
use crate::{
    Batch, Bytes, COUNT_KEY, Change, Class, Clock, Condition, Direction, ManualClock, Operation, Partition, Put, Range,
    SharedStore, Stamp,
};

/// How many runs, unless `PROPTEST_CASES` says otherwise.
const RUNS: u32 = 48;

/// Row and partition keys: few, so that actions meet, and awkward.
const KEYS: [&[u8]; 6] = [b"a", b"ab", b"b", &[0], &[0xFF], &[0xFF, 0xFF]];
const PARTITIONS: [&[u8]; 4] = [b"", b"p", b"pa", &[0xFF]];

/// One thing that happens in a run.
#[derive(Debug, Clone)]
enum Action {
    /// Time passes.
    Advance { millis: u64 },
    /// An operation, with a stamp so many microseconds behind the newest.
    Perform { behind_micros: u64, first: Step, later: Vec<Step> },
    /// An operation of before is performed again, counted from the last.
    Repeat { back: usize },
}

#[derive(Debug, Clone)]
struct Step {
    family: usize,
    partition: usize,
    writes: Vec<Write>,
}

#[derive(Debug, Clone)]
struct Write {
    key: usize,
    /// `None` deletes.
    value: Option<u8>,
    expires_in_ms: Option<u64>,
    condition: Wish,
}

/// The condition of a write in the first step on a Serial family.
#[derive(Debug, Clone, Copy)]
enum Wish {
    Absent,
    /// The stamp that the model has.
    Current,
    /// A stamp that nobody has.
    Wrong,
    Newer,
}

/// Runs actions on fresh stores until one run differs, and panics with the shortest that does.
pub fn run(runtime: &Runtime, builder: &impl Fn(Arc<ManualClock>) -> SharedStore) {
    let mut config = Config { failure_persistence: None, ..Config::default() };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = RUNS;
    }
    let mut runner = TestRunner::new(config);
    let tried = runner.run(&prop::collection::vec(action(), 1..30), |actions| {
        runtime.block_on(compare(&World::new(builder), &actions))
    });
    match tried {
        Ok(()) => {}
        Err(TestError::Fail(why, actions)) => panic!("the store differs from the model: {why}\nafter {actions:#?}"),
        Err(TestError::Abort(why)) => panic!("no random run could be made: {why}"),
    }
}

fn action() -> impl Strategy<Value = Action> {
    let later = prop::collection::vec(step(), 0..4);
    prop_oneof![
        1 => (0u64..3_000).prop_map(|millis| Action::Advance { millis }),
        8 => (prop_oneof![3 => Just(0u64), 1 => 0u64..50], step(), later)
            .prop_map(|(behind_micros, first, later)| Action::Perform { behind_micros, first, later }),
        1 => (0usize..8).prop_map(|back| Action::Repeat { back }),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let writes = prop::collection::vec(write(), 1..5);
    (0..FAMILIES.len(), 0..PARTITIONS.len(), writes).prop_map(|(family, partition, writes)| Step {
        family,
        partition,
        writes,
    })
}

fn write() -> impl Strategy<Value = Write> {
    let condition =
        prop_oneof![1 => Just(Wish::Absent), 3 => Just(Wish::Current), 1 => Just(Wish::Wrong), 2 => Just(Wish::Newer)];
    let value = prop_oneof![3 => (0u8..4).prop_map(Some), 1 => Just(None)];
    let expires_in_ms = prop_oneof![3 => Just(None), 1 => (0u64..4_000).prop_map(Some)];
    (0..KEYS.len(), value, expires_in_ms, condition).prop_map(|(key, value, expires_in_ms, condition)| Write {
        key,
        value,
        expires_in_ms,
        condition,
    })
}

async fn compare(world: &World, actions: &[Action]) -> TestCaseResult {
    let model: SharedStore = Arc::new(MemStore::new(Arc::clone(&world.clock) as Arc<dyn Clock>));
    let mut performed: Vec<Operation> = Vec::new();
    for action in actions {
        let operation = match action {
            Action::Advance { millis } => {
                world.clock.advance_millis(*millis);
                continue;
            }
            Action::Repeat { back } => match performed.iter().rev().nth(*back) {
                Some(operation) => operation.clone(),
                None => continue,
            },
            Action::Perform { behind_micros, first, later } => {
                let stamp = Stamp(world.stamp().0.saturating_sub(*behind_micros));
                let mut named = BTreeSet::new();
                let mut steps = vec![batch(world, &model, first, true, &mut named).await];
                for step in later {
                    steps.push(batch(world, &model, step, false, &mut named).await);
                }
                steps.retain(|step| !step.changes.is_empty());
                world.operation_at(stamp, steps)
            }
        };
        let (expected, found) = (perform(&model, &operation).await, world.perform(&operation).await);
        prop_assert_eq!(found, expected, "the outcome of {:?}", operation);
        performed.push(operation);
        compare_reads(&world.store, &model, performed.len()).await?;
    }
    Ok(())
}

/// What has been named by the operation so far: family, partition, row.
type Named = BTreeSet<(usize, usize, usize)>;

/// A step, without the rows that its operation names already.
async fn batch(world: &World, model: &SharedStore, step: &Step, is_first: bool, named: &mut Named) -> Batch {
    let family = FAMILIES[step.family];
    let partition = Partition { family, key: Bytes::from_static(PARTITIONS[step.partition]) };
    let mut changes = Vec::new();
    for write in &step.writes {
        if !named.insert((step.family, step.partition, write.key)) {
            continue;
        }
        let key = Bytes::from_static(KEYS[write.key]);
        let may_ask = is_first && family.class == Class::Serial;
        let condition = match write.condition {
            Wish::Absent if may_ask => Condition::Absent,
            Wish::Wrong if may_ask => Condition::Is(Stamp(1)),
            Wish::Current if may_ask => match model.get(&partition, std::slice::from_ref(&key)).await {
                Ok(found) => found[0].as_ref().map_or(Condition::Absent, |row| Condition::Is(row.stamp)),
                Err(error) => panic!("the model answers every call within the limits: {error}"),
            },
            _ => Condition::Newer,
        };
        let expires_in_ms = write.expires_in_ms.filter(|_| !family.counted);
        let expires_ms = expires_in_ms.map(|millis| world.clock.now_millis() + millis);
        let put = write.value.map(|value| Put { value: Bytes::from(vec![value; usize::from(value)]), expires_ms });
        changes.push(Change { key, put, condition, stamp: None });
    }
    Batch { partition, changes }
}

async fn compare_reads(store: &SharedStore, model: &SharedStore, round: usize) -> TestCaseResult {
    for family in FAMILIES {
        for key in PARTITIONS {
            let partition = Partition { family, key: Bytes::from_static(key) };
            let keys: Vec<Bytes> = KEYS.iter().map(|key| Bytes::from_static(key)).chain([COUNT_KEY]).collect();
            let (expected, found) =
                (super::world::get(model, &partition, &keys).await, super::world::get(store, &partition, &keys).await);
            prop_assert_eq!(found, expected, "rows of {:?}", &partition);
            for direction in [Direction::Ascending, Direction::Descending] {
                let rows_max = 1 + round % 5;
                let expected = scan_all(model, &partition, direction, 100).await;
                prop_assert_eq!(scan_all(store, &partition, direction, rows_max).await, expected, "a scan");
                let range = Range { from: Some(Bytes::from_static(KEYS[round % KEYS.len()])), to: None };
                let expected = super::world::scan(model, &partition, &range, direction, rows_max).await;
                prop_assert_eq!(super::world::scan(store, &partition, &range, direction, rows_max).await, expected);
            }
        }
        let by_place = |row: &crate::SweptRow| (row.partition.clone(), row.row.key.clone());
        let (mut expected, mut found) = (sweep_all(model, family, 100).await, sweep_all(store, family, 3).await);
        expected.sort_by_key(by_place);
        found.sort_by_key(by_place);
        prop_assert_eq!(found, expected, "a sweep of {}", family.name);
    }
    Ok(())
}
