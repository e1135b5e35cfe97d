//! Cases of the limits: the same on every engine, up to the byte.

use std::sync::Arc;

use super::world::{COUNTED, SERIAL, STAMPED, World, batch, delete, get, partition, put, sweep_all};
use crate::limit::{
    GET_KEYS_MAX, OPERATION_BYTES_MAX, PARTITION_KEY_BYTES_MAX, ROW_KEY_BYTES_MAX, STEP_BYTES_MAX, STEP_ROWS_MAX,
    STEPS_MAX, TIME_MAX, VALUE_BYTES_MAX,
};
use crate::{
    Batch, Bytes, Change, Class, Condition, Direction, Family, Operation, Partition, Put, Range, Stamp, StoreError,
};

pub async fn what_no_engine_may_accept_is_refused(world: Arc<World>) {
    for (why, steps) in refused_steps() {
        refuse(&world, why, world.operation(steps)).await;
    }
    let here = partition(SERIAL, "here");
    let late = world.operation_at(Stamp(TIME_MAX + 1), vec![batch(&here, vec![put("a", "1")])]);
    refuse(&world, "a stamp that is too great", late).await;

    let long = partition(SERIAL, &"p".repeat(PARTITION_KEY_BYTES_MAX + 1));
    let reads = [
        world.store.get(&here, &vec![Bytes::from_static(b"a"); GET_KEYS_MAX + 1]).await.err(),
        world.store.get(&here, &[Bytes::from(vec![b'k'; ROW_KEY_BYTES_MAX + 1])]).await.err(),
        world.store.get(&long, &[]).await.err(),
        world.store.scan(&long, &Range::default(), Direction::Ascending, 1).await.err(),
    ];
    for read in reads {
        assert!(matches!(read, Some(StoreError::Invalid(_) | StoreError::Unavailable(_))), "{read:?}");
    }
    for family in [SERIAL, COUNTED, STAMPED] {
        assert_eq!(sweep_all(&world.store, family, 10).await, [], "nothing of what was refused was written");
    }
}

async fn refuse(world: &World, why: &str, operation: Operation) {
    let outcome = world.perform(&operation).await;
    assert!(matches!(outcome, Err(StoreError::Invalid(_))), "{why} must be refused, not {outcome:?}");
}

fn refused_steps() -> Vec<(&'static str, Vec<Batch>)> {
    let (serial, counted, stamped) = (partition(SERIAL, "p"), partition(COUNTED, "p"), partition(STAMPED, "p"));
    let odd = Family { id: 9, name: "counted stamped rows", class: Class::Stamped, counted: true };
    let one = |partition: &Partition, change: Change| vec![batch(partition, vec![change])];
    let fine = || batch(&serial, vec![put("fine", "1")]);
    let late = Put { value: Bytes::new(), expires_ms: Some(TIME_MAX + 1) };
    vec![
        ("no steps", vec![]),
        ("too many steps", (0..=STEPS_MAX).map(|number| single(number, 1)).collect()),
        ("an empty step", vec![fine(), batch(&stamped, vec![])]),
        ("too many rows", vec![batch(&serial, rows(STEP_ROWS_MAX + 1))]),
        (
            "too many bytes in a step",
            vec![batch(&serial, vec![sized("a", VALUE_BYTES_MAX - 1), sized("b", VALUE_BYTES_MAX)])],
        ),
        ("too many bytes", (0..=OPERATION_BYTES_MAX / VALUE_BYTES_MAX).map(|at| single(at, VALUE_BYTES_MAX)).collect()),
        ("a row key that is too long", one(&serial, put(&"k".repeat(ROW_KEY_BYTES_MAX + 1), "1"))),
        (
            "a partition key that is too long",
            one(&partition(SERIAL, &"p".repeat(PARTITION_KEY_BYTES_MAX + 1)), put("a", "1")),
        ),
        ("a value that is too long", one(&serial, sized("a", VALUE_BYTES_MAX + 1))),
        ("the count row", one(&counted, put("", "\0\0\0\0\0\0\0\u{7}"))),
        ("deleting the count row", one(&counted, delete(""))),
        ("a row named twice", vec![batch(&serial, vec![put("a", "1"), delete("a")])]),
        (
            "a row named in two steps",
            vec![batch(&serial, vec![put("a", "1")]), fine(), batch(&serial, vec![delete("a")])],
        ),
        ("a condition in a Stamped family", one(&stamped, put("a", "1").when(Condition::Absent))),
        (
            "a condition in a later step",
            vec![fine(), batch(&counted, vec![put("a", "1").when(Condition::Is(Stamp(1)))])],
        ),
        ("a counted row that expires", one(&counted, put("a", "1").until(1))),
        ("a counted Stamped family", one(&Partition { family: odd, ..stamped.clone() }, put("a", "1"))),
        ("an expiry that is too late", one(&stamped, Change { put: Some(late), ..put("a", "") })),
        ("an own stamp that is too great", one(&stamped, Change { stamp: Some(Stamp(TIME_MAX + 1)), ..put("a", "") })),
    ]
}

pub async fn what_is_just_within_the_limits_is_accepted(world: Arc<World>) {
    let longest = partition(SERIAL, &"p".repeat(PARTITION_KEY_BYTES_MAX));
    let key = "k".repeat(ROW_KEY_BYTES_MAX);
    world.write(&longest, vec![put(&key, "1").until(TIME_MAX), put("empty", "")]).await;
    assert_eq!(world.value(&longest, &key).await.as_deref(), Some("1"));
    assert_eq!(world.value(&longest, "empty").await.as_deref(), Some(""), "an empty value is a value");

    let many = partition(STAMPED, "many");
    world.write(&many, rows(STEP_ROWS_MAX)).await;
    assert_eq!(get(&world.store, &many, &vec![Bytes::from_static(b"0"); GET_KEYS_MAX]).await.len(), GET_KEYS_MAX);
    world.done(&world.operation((0..STEPS_MAX).map(|number| single(number, 1)).collect())).await;

    let large = partition(STAMPED, "large");
    let changes = vec![sized("a", VALUE_BYTES_MAX - 1), sized("b", VALUE_BYTES_MAX - 1)];
    assert_eq!(changes.iter().map(bytes_of).sum::<usize>(), STEP_BYTES_MAX);
    world.write(&large, changes).await;
    assert_eq!(world.rows(&large).await.iter().map(|row| row.value.len()).sum::<usize>(), STEP_BYTES_MAX - 2);
    assert_eq!(world.row(&large, "a").await.map(|row| row.value.len()), Some(VALUE_BYTES_MAX - 1));
}

fn bytes_of(change: &Change) -> usize {
    change.key.len() + change.put.as_ref().map_or(0, |put| put.value.len())
}

fn sized(key: &str, value_bytes: usize) -> Change {
    Change { put: Some(Put { value: Bytes::from(vec![7; value_bytes]), expires_ms: None }), ..put(key, "") }
}

/// A step on a partition of its own.
fn single(number: usize, value_bytes: usize) -> Batch {
    batch(&partition(SERIAL, &format!("step {number}")), vec![sized("a", value_bytes)])
}

fn rows(count: usize) -> Vec<Change> {
    (0..count).map(|number| put(&number.to_string(), "1")).collect()
}
