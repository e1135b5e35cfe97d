//! Cases of get, scan and sweep.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::world::{
    COUNTED, FAMILIES, SERIAL, STAMPED, World, bytes, delete, get, partition, put, scan_all, sweep_all,
};
use crate::limit::{SCAN_BYTES_MAX, SCAN_ROWS_MAX};
use crate::{Bytes, COUNT_KEY, Change, Condition, Direction, Page, Put, Range, Row, StoreError};

pub async fn what_was_never_written_is_not_there(world: Arc<World>) {
    for family in FAMILIES {
        let nowhere = partition(family, "nowhere");
        assert_eq!(get(&world.store, &nowhere, &[bytes("a"), COUNT_KEY]).await, [None, None]);
        assert_eq!(get(&world.store, &nowhere, &[]).await, []);
        assert_eq!(world.page(&nowhere, &Range::default(), Direction::Ascending, 10).await, Page::default());
        assert_eq!(sweep_all(&world.store, family, 10).await, []);
    }
}

pub async fn partitions_and_families_do_not_mix(world: Arc<World>) {
    // Partition and row key run into the same bytes in many of these.
    let keys = ["", "a", "ab", "abc", "\0", "a\0", "\u{1}a"];
    let long = "a".repeat(255);
    let longest = "a".repeat(256);
    for family in FAMILIES {
        for key in keys.into_iter().chain([&long[..], &longest]) {
            let here = partition(family, key);
            world.write(&here, vec![put("a", &format!("{} {key}", family.name)), put("c", "x"), put("bc", "y")]).await;
        }
    }
    for family in FAMILIES {
        for key in keys.into_iter().chain([&long[..], &longest]) {
            let here = partition(family, key);
            let rows = world.rows(&here).await;
            assert_eq!(rows.iter().map(|row| &row.key[..]).collect::<Vec<_>>(), [&b"a"[..], b"bc", b"c"]);
            assert_eq!(world.value(&here, "a").await, Some(format!("{} {key}", family.name)));
        }
    }
}

pub async fn a_get_answers_in_the_order_of_its_keys(world: Arc<World>) {
    let here = partition(STAMPED, "here");
    let stamp = world.write(&here, vec![put("a", "1"), put("b", "2"), put("c", "3"), delete("d")]).await;
    let keys = ["c", "x", "a", "d", "c"].map(bytes);
    let row = |key: &str, value: &str| Some(Row { key: bytes(key), value: bytes(value), stamp, expires_ms: None });
    assert_eq!(get(&world.store, &here, &keys).await, [row("c", "3"), None, row("a", "1"), None, row("c", "3")]);
}

pub async fn a_scan_keeps_to_its_range_in_both_directions(world: Arc<World>) {
    for family in FAMILIES {
        let here = partition(family, "here");
        world.write(&here, ["a", "b", "ba", "bb", "c"].map(|key| put(key, key)).to_vec()).await;
        world.write(&here, vec![delete("bb")]).await;
        let cases = [
            (None, None, "a b ba c"),
            (Some("b"), None, "b ba c"),
            (Some("b\0"), None, "ba c"),
            (None, Some("ba"), "a b"),
            (Some("b"), Some("c"), "b ba"),
            (Some("bb"), Some("bc"), ""),
            (Some("c"), Some("a"), ""),
            (Some("b"), Some("b"), ""),
            (Some(""), Some(""), ""),
            (Some("d"), None, ""),
        ];
        for (from, to, expected) in cases {
            let range = Range { from: from.map(bytes), to: to.map(bytes) };
            let mut expected: Vec<Bytes> = expected.split_whitespace().map(bytes).collect();
            for direction in [Direction::Ascending, Direction::Descending] {
                let page = world.page(&here, &range, direction, 100).await;
                let keys: Vec<Bytes> = page.rows.into_iter().map(|row| row.key).collect();
                assert_eq!((keys, page.more), (expected.clone(), false), "{from:?} to {to:?}, {direction:?}");
                expected.reverse();
            }
        }
        let page = world.page(&here, &Range::prefix(b"b"), Direction::Ascending, 100).await;
        assert_eq!(page.rows.len(), 2, "a prefix is a range");
    }
}

pub async fn keys_are_ordered_by_their_bytes(world: Arc<World>) {
    let keys: Vec<Bytes> =
        [&[0][..], &[0, 0], &[0, 255], &[1], &[127], &[128], &[128, 0], &[255], &[255, 0], &[255, 255]]
            .into_iter()
            .map(Bytes::copy_from_slice)
            .collect();
    for family in FAMILIES {
        for partition_key in [&[][..], &[0], &[255], &[255, 255], &[255; 256]] {
            let here = crate::Partition { family, key: Bytes::copy_from_slice(partition_key) };
            let changes = keys.iter().rev().map(|key| Change { key: key.clone(), ..put("", "x") }).collect();
            world.write(&here, changes).await;
            let found: Vec<Bytes> = world.rows(&here).await.into_iter().map(|row| row.key).collect();
            assert_eq!(found, keys);
            let to = Range { from: Some(keys[7].clone()), to: None };
            assert_eq!(world.page(&here, &to, Direction::Descending, 9).await.rows.len(), 3);
        }
    }
}

pub async fn pages_are_cut_by_rows(world: Arc<World>) {
    let here = partition(COUNTED, "here");
    let keys: Vec<String> = (0..SCAN_ROWS_MAX + 24).map(|number| format!("{number:06}")).collect();
    for chunk in keys.chunks(64) {
        world.write(&here, chunk.iter().map(|key| put(key, "x")).collect()).await;
    }
    for (asked, expected) in [(0, 0), (1, 1), (7, 7), (1_000, 1_000), (usize::MAX, 1_000)] {
        let page = world.page(&here, &Range::default(), Direction::Ascending, asked).await;
        assert_eq!((page.rows.len(), page.more), (expected, true), "{asked} rows asked for");
    }
    let range = Range { from: None, to: Some(bytes(&keys[7])) };
    assert!(!world.page(&here, &range, Direction::Ascending, 7).await.more, "an exact page is the last");
    for direction in [Direction::Ascending, Direction::Descending] {
        let mut found = scan_all(&world.store, &here, direction, 300).await;
        if direction == Direction::Descending {
            found.reverse();
        }
        assert!(found.iter().map(|row| &row.key[..]).eq(keys.iter().map(String::as_bytes)));
    }
}

pub async fn pages_are_cut_by_bytes_but_never_below_one_row(world: Arc<World>) {
    let here = partition(STAMPED, "here");
    let value = |length: usize| Some(Put { value: Bytes::from(vec![b'v'; length]), expires_ms: None });
    // One byte of key each: the first two fill a page exactly, the third fills one alone.
    let sizes =
        [("a", SCAN_BYTES_MAX / 2 - 1), ("b", SCAN_BYTES_MAX / 2 - 1), ("c", SCAN_BYTES_MAX), ("d", 1), ("e", 1)];
    for (key, length) in sizes {
        world.write(&here, vec![Change { put: value(length), ..put(key, "") }]).await;
    }
    let from = |key: &str| Range { from: Some(bytes(key)), to: None };
    for (begin, expected, more) in [("a", "ab", true), ("b", "b", true), ("c", "c", true), ("d", "de", false)] {
        let page = world.page(&here, &from(begin), Direction::Ascending, 100).await;
        let keys: Vec<u8> = page.rows.iter().flat_map(|row| row.key.to_vec()).collect();
        assert_eq!((&keys[..], page.more), (expected.as_bytes(), more), "a page from {begin}");
    }
    assert_eq!(scan_all(&world.store, &here, Direction::Descending, 100).await.len(), sizes.len());
}

pub async fn a_sweep_meets_every_row_of_its_family_once(world: Arc<World>) {
    let mut expected = BTreeSet::new();
    for family in FAMILIES {
        for key in ["", "a", "ab", "b"] {
            let here = partition(family, key);
            let changes = (0..5).map(|number| put(&format!("row {number}"), "x")).collect();
            world.write(&here, changes).await;
            world.write(&here, vec![delete("row 3")]).await;
            let rows = (0..5).filter(|number| *number != 3).map(|number| format!("row {number}"));
            let counts = family.counted.then(String::new);
            expected.extend(rows.chain(counts).map(|row| (family.name, key.to_owned(), row)));
        }
    }
    for rows_max in [1, 3, 1_000] {
        let mut found = Vec::new();
        for family in FAMILIES {
            for swept in sweep_all(&world.store, family, rows_max).await {
                let text = |bytes: &Bytes| String::from_utf8_lossy(bytes).into_owned();
                found.push((family.name, text(&swept.partition), text(&swept.row.key)));
            }
        }
        assert_eq!(found.len(), expected.len());
        assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected);
    }
}

pub async fn a_token_that_no_sweep_gave_is_refused(world: Arc<World>) {
    world.write(&partition(SERIAL, "here"), vec![put("a", "1").when(Condition::Absent)]).await;
    let refused = world.store.sweep(SERIAL, Some(b"\xFF\xFFno"), 10).await;
    assert!(matches!(refused, Err(StoreError::Invalid(_) | StoreError::Unavailable(_))), "{refused:?}");
}
