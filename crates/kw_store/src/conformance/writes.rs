//! Cases of perform: conditions, stamps, ties, counts and repeats.

use std::sync::Arc;

use super::world::{COUNTED, FAMILIES, SERIAL, STAMPED, World, batch, bytes, delete, partition, put};
use crate::{Change, Condition, Family, Outcome, Stamp};

/// A stamp far above the ones that worlds mint, for writes in a given order.
const STAMP: u64 = 3_000_000_000_000_000;

pub async fn absent_is_refused_by_a_row_that_is_there(world: Arc<World>) {
    for family in [SERIAL, COUNTED] {
        let here = partition(family, "here");
        let stamp = world.write(&here, vec![put("name", "ada").when(Condition::Absent)]).await;
        let second = world.operation(vec![batch(&here, vec![put("name", "ben").when(Condition::Absent)])]);
        assert_eq!(world.perform(&second).await, Ok(Outcome::Conflict(vec![(bytes("name"), Some(stamp))])));
        assert_eq!(world.value(&here, "name").await.as_deref(), Some("ada"));

        let deleted = world.write(&here, vec![delete("name").when(Condition::Is(stamp))]).await;
        let late = world.operation_at(deleted, vec![batch(&here, vec![put("name", "cleo").when(Condition::Absent)])]);
        assert_eq!(world.perform(&late).await, Ok(Outcome::Conflict(vec![(bytes("name"), Some(deleted))])));
        world.write(&here, vec![put("name", "dora").when(Condition::Absent)]).await;
        assert_eq!(world.value(&here, "name").await.as_deref(), Some("dora"));
    }
}

pub async fn is_wants_the_very_stamp(world: Arc<World>) {
    let here = partition(SERIAL, "here");
    let first = world.write(&here, vec![put("a", "1").when(Condition::Absent)]).await;
    let second = world.write(&here, vec![put("a", "2").when(Condition::Is(first))]).await;
    let cases = [("a", first, Some(second)), ("a", Stamp(second.0 + 1), Some(second)), ("b", second, None)];
    for (key, stamp, in_the_way) in cases {
        let operation = world.operation(vec![batch(&here, vec![put(key, "3").when(Condition::Is(stamp))])]);
        assert_eq!(world.perform(&operation).await, Ok(Outcome::Conflict(vec![(bytes(key), in_the_way)])));
    }
    // A row's stamp never falls: a writer whose clock is behind is told.
    let behind = world.operation_at(second, vec![batch(&here, vec![put("a", "3").when(Condition::Is(second))])]);
    assert_eq!(world.perform(&behind).await, Ok(Outcome::Conflict(vec![(bytes("a"), Some(second))])));
    assert_eq!(world.value(&here, "a").await.as_deref(), Some("2"));

    let deleted = world.write(&here, vec![delete("a").when(Condition::Is(second))]).await;
    let gone = world.operation(vec![batch(&here, vec![put("a", "4").when(Condition::Is(deleted))])]);
    assert_eq!(world.perform(&gone).await, Ok(Outcome::Conflict(vec![(bytes("a"), None)])));
}

pub async fn a_refused_operation_changes_nothing_anywhere(world: Arc<World>) {
    let (here, there, list) = (partition(SERIAL, "here"), partition(STAMPED, "there"), partition(COUNTED, "list"));
    world.write(&here, vec![put("taken", "1").when(Condition::Absent)]).await;
    let refused = world.operation(vec![
        batch(&here, vec![put("free", "2").when(Condition::Absent), put("taken", "2").when(Condition::Absent)]),
        batch(&there, vec![put("a", "2")]),
        batch(&list, vec![put("a", "2")]),
    ]);
    assert!(matches!(world.perform(&refused).await, Ok(Outcome::Conflict(_))));
    assert_eq!(world.rows(&here).await.len(), 1);
    assert_eq!((world.rows(&there).await, world.rows(&list).await, world.count(&list).await), (vec![], vec![], 0));
}

pub async fn a_refusal_names_every_row_in_the_way(world: Arc<World>) {
    let here = partition(SERIAL, "here");
    let stamp = world.write(&here, vec![put("a", "1"), put("b", "1"), put("c", "1")]).await;
    let changes = vec![
        put("c", "2").when(Condition::Absent),
        put("b", "2").when(Condition::Is(stamp)),
        put("x", "2").when(Condition::Is(stamp)),
        put("a", "2").when(Condition::Absent),
        put("y", "2").when(Condition::Absent),
    ];
    let refused = world.operation(vec![batch(&here, changes)]);
    let expected = vec![(bytes("c"), Some(stamp)), (bytes("x"), None), (bytes("a"), Some(stamp))];
    assert_eq!(world.perform(&refused).await, Ok(Outcome::Conflict(expected)));
}

pub async fn the_greater_stamp_wins_in_any_order(world: Arc<World>) {
    let writes = [(1, put("a", "one")), (2, delete("a")), (3, put("a", "three")), (4, delete("a"))];
    for family in FAMILIES {
        for count in 1..=writes.len() {
            for (number, order) in orders(count).into_iter().enumerate() {
                let here = partition(family, &format!("{count} writes, order {number}"));
                for index in &order {
                    let (stamp, change) = writes[*index].clone();
                    world.write_at(STAMP + stamp, &here, vec![change]).await;
                }
                let (stamp, last) = &writes[count - 1];
                let expected = last.put.as_ref().map(|put| (put.value.clone(), Stamp(STAMP + stamp)));
                let found = world.row(&here, "a").await.map(|row| (row.value, row.stamp));
                assert_eq!(found, expected, "{} in the order {order:?}", family.name);
                if family.counted {
                    assert_eq!(world.count(&here).await, u64::from(expected.is_some()));
                }
            }
        }
    }
}

pub async fn ties_of_stamped_rows_go_to_the_delete_then_the_greater_bytes(world: Arc<World>) {
    let soon = |ms: u64| put("a", "mm").until(10_000_000_000_000 + ms);
    let ascending = [put("a", ""), put("a", "m"), soon(1), soon(2), put("a", "mm"), put("a", "n"), delete("a")];
    for (weaker, stronger) in pairs(ascending.len()) {
        for order in [[weaker, stronger], [stronger, weaker], [stronger, stronger]] {
            let here = partition(STAMPED, &format!("{weaker} against {stronger} as {order:?}"));
            for index in order {
                world.write_at(STAMP, &here, vec![ascending[index].clone()]).await;
            }
            let found = world.row(&here, "a").await.map(|row| (row.value, row.expires_ms));
            let expected = ascending[stronger].put.as_ref().map(|put| (put.value.clone(), put.expires_ms));
            assert_eq!(found, expected, "{}", String::from_utf8_lossy(&here.key));
        }
    }
}

pub async fn ties_of_serial_rows_change_nothing(world: Arc<World>) {
    let here = partition(COUNTED, "here");
    world.write_at(STAMP, &here, vec![put("a", "m")]).await;
    for change in [put("a", "z"), delete("a")] {
        world.write_at(STAMP, &here, vec![change]).await;
        assert_eq!(world.value(&here, "a").await.as_deref(), Some("m"));
    }
    assert_eq!(world.count(&here).await, 1);
}

pub async fn a_deleted_row_keeps_older_writes_out(world: Arc<World>) {
    for family in FAMILIES {
        let here = partition(family, "here");
        // Deleted before it was ever written.
        world.write_at(STAMP + 9, &here, vec![delete("a")]).await;
        world.clock.advance_millis(crate::limit::TOMBSTONE_MS - 1);
        world.write_at(STAMP + 8, &here, vec![put("a", "late")]).await;
        assert_eq!((world.row(&here, "a").await, world.rows(&here).await), (None, vec![]));
        world.write_at(STAMP + 10, &here, vec![put("a", "new")]).await;
        assert_eq!(world.value(&here, "a").await.as_deref(), Some("new"));
    }
}

pub async fn a_row_may_carry_a_stamp_of_its_own(world: Arc<World>) {
    let here = partition(STAMPED, "standing");
    let own = |index: u64, value: &str| Change { stamp: Some(Stamp(index)), ..put("a", value) };
    for (index, value) in [(7, "seven"), (5, "five"), (9, "nine"), (8, "eight")] {
        world.write(&here, vec![own(index, value), put("b", value)]).await;
    }
    let row = world.row(&here, "a").await.expect("it was written");
    assert_eq!((&row.value[..], row.stamp), (&b"nine"[..], Stamp(9)));
    assert_eq!(world.value(&here, "b").await.as_deref(), Some("eight"));
}

pub async fn counts_follow_presence_in_any_order(world: Arc<World>) {
    let follow = |family: Family, number: usize| partition(family, &format!("order {number}"));
    let changes = [(1, put("a", "1")), (1, put("b", "1")), (2, delete("a")), (3, put("a", "3")), (4, delete("b"))];
    for (number, order) in orders(changes.len()).into_iter().enumerate() {
        let list = follow(COUNTED, number);
        // Everything arrives twice, the second time after all else.
        for index in order.iter().chain(&order) {
            let (stamp, change) = changes[*index].clone();
            world.write_at(STAMP + stamp, &list, vec![change]).await;
            assert_eq!(world.count(&list).await, world.rows(&list).await.len() as u64, "midway in {order:?}");
        }
        assert_eq!(world.value(&list, "a").await.as_deref(), Some("3"));
        assert_eq!(world.count(&list).await, 1, "after {order:?}");
    }
}

pub async fn a_repeated_operation_has_the_outcome_it_had(world: Arc<World>) {
    let here = partition(COUNTED, "here");
    let first = world.operation(vec![batch(&here, vec![put("a", "1").when(Condition::Absent)])]);
    let refused = world.operation(vec![batch(&here, vec![put("a", "2").when(Condition::Absent)])]);
    world.done(&first).await;
    let conflict = world.perform(&refused).await;
    assert!(matches!(conflict, Ok(Outcome::Conflict(_))));
    world.done(&first).await;

    world.write(&here, vec![delete("a").when(Condition::Is(first.stamp))]).await;
    world.clock.advance_millis(crate::limit::NOT_AFTER_MS * 2);
    world.done(&first).await;
    assert_eq!(world.perform(&refused).await, conflict);
    assert_eq!((world.row(&here, "a").await, world.count(&here).await), (None, 0));
}

/// All orders of `count` things.
fn orders(count: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![vec![]];
    }
    let shorter = orders(count - 1);
    let places = |order: &Vec<usize>| (0..count).map(|place| with_at(order, place, count - 1)).collect::<Vec<_>>();
    shorter.iter().flat_map(places).collect()
}

fn with_at(order: &[usize], place: usize, item: usize) -> Vec<usize> {
    let mut longer = order.to_vec();
    longer.insert(place, item);
    longer
}

/// All pairs of a smaller and a greater index.
fn pairs(count: usize) -> Vec<(usize, usize)> {
    (0..count).flat_map(|smaller| (smaller + 1..count).map(move |greater| (smaller, greater))).collect()
}
