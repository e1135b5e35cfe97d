//! The faults happen, keep to the contract, and are the same for the same seed.

use std::sync::Arc;

use super::*;
use crate::mem::MemStore;
use crate::{Change, Class, Clock, ManualClock, Put, StoreError, count_in};

const MARKS: Family = Family { id: 1, name: "marks", class: Class::Serial, counted: false };
const LIKES: Family = Family { id: 2, name: "likes", class: Class::Serial, counted: true };
const NEWS: Family = Family { id: 3, name: "news", class: Class::Stamped, counted: false };

/// Stops and repeats as often as they can without ending in a circle.
const REAPPLYING: Faults = Faults { stop: 400, reapply: 500, resume: 300, ..Faults::NONE };
/// Everything that is not an answer of its own.
const HARSH: Faults =
    Faults { latency: 5, latency_ms_max: 1, unavailable_before: 100, unavailable_after: 100, ..REAPPLYING };

fn faulty(seed: u64, faults: Faults) -> (SharedStore, FaultStore) {
    let clock: Arc<dyn Clock> = Arc::new(ManualClock::at_micros(1_000_000));
    let inner: SharedStore = Arc::new(MemStore::new(clock));
    (Arc::clone(&inner), FaultStore::new(inner, seed, faults))
}

/// A mark that decides, a like that counts, and a piece of news.
fn like(number: u64, condition: Condition) -> Operation {
    let key = Bytes::copy_from_slice(&(number % 7).to_be_bytes());
    let put = (!number.is_multiple_of(3)).then(|| Put { value: Bytes::from(number.to_string()), expires_ms: None });
    let step = |family, condition| {
        let change = Change { key: key.clone(), put: put.clone(), condition, stamp: None };
        Batch { partition: Partition { family, key: Bytes::new() }, changes: vec![change] }
    };
    let steps = vec![step(MARKS, condition), step(LIKES, Condition::Newer), step(NEWS, Condition::Newer)];
    Operation { id: OperationId(u128::from(number)), stamp: Stamp(1_000_000 + number), not_after_ms: 9_000, steps }
}

async fn content(store: &SharedStore) -> Vec<Vec<Row>> {
    let mut found = Vec::new();
    for family in [MARKS, LIKES, NEWS] {
        let page = store.sweep(family, None, 100).await.expect("the model answers");
        found.push(page.rows.into_iter().map(|swept| swept.row).collect());
    }
    found
}

fn block_on<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    runtime.expect("a runtime needs nothing").block_on(work)
}

#[test]
fn without_faults_it_conforms() {
    crate::conformance::run(|clock| Arc::new(FaultStore::new(Arc::new(MemStore::new(clock)), 1, Faults::NONE)));
}

#[test]
fn with_steps_stopped_and_applied_again_it_conforms() {
    let seeds = std::sync::atomic::AtomicU64::new(0);
    crate::conformance::run(|clock| {
        let seed = seeds.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        Arc::new(FaultStore::new(Arc::new(MemStore::new(clock)), seed, REAPPLYING))
    });
}

#[test]
fn with_every_fault_that_repeating_settles_it_conforms() {
    let seeds = std::sync::atomic::AtomicU64::new(1_000);
    crate::conformance::run(|clock| {
        let seed = seeds.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        Arc::new(FaultStore::new(Arc::new(MemStore::new(clock)), seed, HARSH))
    });
}

#[test]
fn what_stopped_and_was_never_repeated_is_whole_once_it_is_settled() {
    block_on(async {
        for seed in 0..50 {
            let (inner, store) = faulty(seed, REAPPLYING);
            let (calm, _) = faulty(0, Faults::NONE);
            let mut stopped = 0;
            for number in 1..60 {
                let operation = like(number, Condition::Newer);
                stopped += usize::from(store.perform(&operation).await.is_err());
                assert_eq!(calm.perform(&operation).await, Ok(Outcome::Done));
            }
            assert!(stopped > 0 && store.left_over_count() > 0, "the faults struck");
            let settled = store.settle().await.expect("the model answers");
            assert!(settled > 0 && store.left_over_count() == 0);
            assert_eq!(content(&inner).await, content(&calm).await, "seed {seed}");
            let likes = Partition { family: LIKES, key: Bytes::new() };
            let count = inner.get(&likes, &[crate::COUNT_KEY]).await.expect("the model answers").remove(0);
            let rows = inner.scan(&likes, &Range::default(), Direction::Ascending, 100).await.expect("it answers").rows;
            assert_eq!(count_in(count.as_ref()), Ok(rows.len() as u64));
        }
    });
}

#[test]
fn a_stopped_operation_is_seen_in_part_and_whole_after_a_repeat() {
    block_on(async {
        let mut in_part = 0;
        for seed in 0..50 {
            let (inner, store) = faulty(seed, Faults { stop: 1_000, ..Faults::NONE });
            let operation = like(1, Condition::Absent);
            let answer = store.perform(&operation).await;
            assert!(matches!(answer, Err(StoreError::Unavailable(_))));
            let found = content(&inner).await;
            assert_eq!(found[0].len(), 1, "the first step was applied");
            in_part += usize::from(found[1].is_empty() || found[2].is_empty());
            assert_eq!(store.perform(&operation).await, Ok(Outcome::Done));
            assert!(content(&inner).await.iter().all(|rows| !rows.is_empty()));
        }
        assert!(in_part > 10, "a stop leaves something out, unless it is only a copy");
    });
}

#[test]
fn a_pretended_conflict_changes_nothing_and_stays_the_answer() {
    block_on(async {
        let (inner, store) = faulty(3, Faults { conflict: 1_000, ..Faults::NONE });
        let operation = like(1, Condition::Absent);
        let refused = store.perform(&operation).await;
        assert!(matches!(refused, Ok(Outcome::Conflict(ref rows)) if rows.len() == 1));
        assert!(content(&inner).await.iter().all(Vec::is_empty));
        store.set_faults(Faults::NONE);
        assert_eq!(store.perform(&operation).await, refused);
        // Where nothing is conditional nothing can be refused, nor what may have happened.
        assert_eq!(store.perform(&like(2, Condition::Newer)).await, Ok(Outcome::Done));
        assert_eq!(store.perform(&like(4, Condition::Absent)).await, Ok(Outcome::Done));
        store.set_faults(Faults { conflict: 1_000, ..Faults::NONE });
        assert_eq!(store.perform(&like(4, Condition::Absent)).await, Ok(Outcome::Done));
    });
}

#[test]
fn unavailable_is_said_in_both_senses() {
    block_on(async {
        let (inner, store) = faulty(3, Faults { unavailable_before: 1_000, ..Faults::NONE });
        let operation = like(1, Condition::Absent);
        assert!(store.perform(&operation).await.is_err());
        assert!(content(&inner).await.iter().all(Vec::is_empty));
        assert!(store.get(&operation.steps[0].partition, &[]).await.is_err());

        store.set_faults(Faults { unavailable_after: 1_000, ..Faults::NONE });
        assert!(store.perform(&operation).await.is_err());
        assert!(content(&inner).await.iter().all(|rows| !rows.is_empty()));
        store.set_faults(Faults::NONE);
        assert_eq!(store.perform(&operation).await, Ok(Outcome::Done));
    });
}

#[test]
fn the_same_seed_brings_the_same_faults() {
    let run = |seed| {
        block_on(async {
            let (inner, store) = faulty(seed, Faults { latency: 0, ..Faults::USUAL });
            let mut answers = Vec::new();
            for number in 1..80 {
                answers.push(store.perform(&like(number, Condition::Newer)).await);
            }
            (answers, store.left_over_count(), content(&inner).await)
        })
    };
    assert_eq!(run(7), run(7));
    assert_ne!(run(7).0, run(8).0);
}
