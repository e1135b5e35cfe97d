//! A stream brings everything over, goes on where it stopped, and is refused when it is not what was written.

use std::io::{self, Write};
use std::sync::Arc;

use super::*;
use crate::mem::MemStore;
use crate::{
    Batch, Bytes, COUNT_KEY, Change, Class, Condition, Family, ManualClock, Operation, OperationId, Outcome, Partition,
    Put, SharedStore, Stamp, Store, SweptRow, count_in,
};

const LIKES: Family = Family { id: 300, name: "likes", class: Class::Serial, counted: true };
const POSTS: Family = Family { id: 2, name: "posts", class: Class::Stamped, counted: false };
const STANDING: Family = Family { id: 3, name: "standing", class: Class::Stamped, counted: false };
const EMPTY: Family = Family { id: 4, name: "empty", class: Class::Stamped, counted: false };
const FAMILIES: [Family; 4] = [LIKES, POSTS, STANDING, EMPTY];
const SOURCE: ExportSource<'_> = ExportSource { origin: "https://a.example", made_ms: 77, families: &FAMILIES };
const ALL: Import<'_> = Import { families: &FAMILIES, except: &[] };

fn empty() -> MemStore {
    MemStore::new(Arc::new(ManualClock::at_micros(1_000_000)))
}

fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().expect("a runtime needs nothing").block_on(work)
}

/// A store with rows of every kind: 2,500 small ones in 25 counted partitions, some large, some that expire, a deleted one.
fn filled() -> MemStore {
    let store = empty();
    let put = |key: String, bytes: usize, expires_ms| Change {
        key: Bytes::from(key),
        put: Some(Put { value: Bytes::from(vec![b'v'; bytes]), expires_ms }),
        condition: Condition::Newer,
        stamp: None,
    };
    let mut batches: Vec<(Family, String, Vec<Change>)> = Vec::new();
    for partition in 0..25 {
        for part in 0..2 {
            let keys = (0..50).map(|row| put(format!("{part} {row}"), row, None));
            batches.push((LIKES, format!("post {partition}"), keys.collect()));
        }
    }
    for number in 0..9 {
        batches.push((POSTS, format!("{number}"), vec![put(String::from("body"), 200_000, None)]));
    }
    batches.push((
        POSTS,
        "short".to_owned(),
        vec![put("gone".to_owned(), 1, Some(500)), put("stays".to_owned(), 1, Some(9_000))],
    ));
    batches.push((STANDING, "ada".to_owned(), vec![put("now".to_owned(), 3, None)]));
    for (number, (family, key, changes)) in batches.into_iter().enumerate() {
        perform(&store, number as u64, family, key, changes);
    }
    let delete = Change { key: Bytes::from_static(b"0 7"), put: None, condition: Condition::Newer, stamp: None };
    perform(&store, 1_000, LIKES, "post 3".to_owned(), vec![delete]);
    store
}

fn perform(store: &MemStore, number: u64, family: Family, key: String, changes: Vec<Change>) {
    let partition = Partition { family, key: Bytes::from(key) };
    let (id, stamp) = (OperationId(u128::from(number)), Stamp(1_000_000 + number));
    let operation = Operation { id, stamp, not_after_ms: 5_000, steps: vec![Batch { partition, changes }] };
    assert_eq!(block_on(store.perform(&operation)), Ok(Outcome::Done));
}

fn exported(store: &dyn Store) -> Vec<u8> {
    let mut bytes = Vec::new();
    block_on(export(store, &SOURCE, None, &mut bytes, &mut |_| {})).expect("it can be exported");
    bytes
}

fn imported(bytes: &[u8], plan: &Import<'_>) -> (MemStore, Result<Progress, TransferError>) {
    let store = empty();
    let reader = Reader::open(bytes);
    let done = reader.and_then(|reader| block_on(import(&store, reader, plan, &mut |_| {})));
    (store, done)
}

fn content(store: &dyn Store) -> Vec<Vec<SweptRow>> {
    let all_of = |family| async move {
        let (mut rows, mut token) = (Vec::new(), None::<Bytes>);
        loop {
            let page = store.sweep(family, token.as_deref(), 1_000).await.expect("the model answers");
            rows.extend(page.rows);
            token = page.next;
            if token.is_none() {
                return rows;
            }
        }
    };
    FAMILIES.into_iter().map(|family| block_on(all_of(family))).collect()
}

/// Takes so many bytes and then fails, as a full disk does.
struct Cut {
    bytes: Vec<u8>,
    room: usize,
}

impl Write for Cut {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(self.room);
        self.bytes.extend_from_slice(&bytes[..taken]);
        self.room -= taken;
        if taken == 0 { Err(io::Error::other("full")) } else { Ok(taken) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn an_export_brings_every_row_and_count_over() {
    let store = filled();
    let bytes = exported(&store);
    let (header, rows) = verify(&bytes[..]).expect("it is whole");
    assert_eq!((header.origin.as_str(), header.made_ms, rows), ("https://a.example", 77, 2_499 + 9 + 1 + 1));
    let (copy, done) = imported(&bytes, &ALL);
    assert_eq!(done.expect("it can be imported").rows, rows);
    assert_eq!(content(&copy), content(&store));
    let post = Partition { family: LIKES, key: Bytes::from_static(b"post 3") };
    let count = block_on(copy.get(&post, &[COUNT_KEY])).expect("the model answers").remove(0);
    assert_eq!(count_in(count.as_ref()), Ok(99));
}

#[test]
fn importing_twice_changes_nothing() {
    let store = filled();
    let bytes = exported(&store);
    let again = || Reader::open(&bytes[..]).expect("it begins well");
    block_on(async {
        let copy: SharedStore = Arc::new(empty());
        for _ in 0..2 {
            import(&*copy, again(), &ALL, &mut |_| {}).await.expect("it can be imported");
            assert_eq!(find_family_with_rows(&*copy, &[EMPTY, LIKES]).await.ok().flatten(), Some(LIKES));
            assert_eq!(find_family_with_rows(&*copy, &[EMPTY]).await.ok().flatten(), None);
        }
        copy
    });
    let (first, _) = imported(&bytes, &ALL);
    assert_eq!(content(&first), content(&store));
}

#[test]
fn families_that_are_excepted_are_never_written() {
    let bytes = exported(&filled());
    let (copy, done) = imported(&bytes, &Import { families: &FAMILIES, except: &[STANDING] });
    assert_eq!(done.expect("it can be imported").rows, 2_499 + 9 + 1);
    assert_eq!(content(&copy)[2], []);
    // Nor when only the name or only the number is theirs.
    for except in [Family { id: 999, ..STANDING }, Family { name: "other", ..STANDING }] {
        let (copy, done) = imported(&bytes, &Import { families: &FAMILIES, except: &[except] });
        assert!(done.is_ok());
        assert_eq!(content(&copy)[2], []);
    }
}

#[test]
fn families_that_differ_are_refused_before_anything_is_written() {
    let bytes = exported(&filled());
    let other_class = [Family { class: Class::Serial, ..POSTS }, LIKES, STANDING, EMPTY];
    for families in [&other_class[..], &[LIKES, POSTS, EMPTY]] {
        let (copy, done) = imported(&bytes, &Import { families, except: &[] });
        assert!(matches!(done, Err(TransferError::Family { .. })), "{done:?}");
        assert!(content(&copy).iter().all(Vec::is_empty));
    }
}

#[test]
fn an_interrupted_export_goes_on_after_its_last_whole_block() {
    let store = filled();
    let whole = exported(&store);
    for room in (20..whole.len()).step_by(whole.len() / 40).chain([whole.len() - 1]) {
        let mut cut = Cut { bytes: Vec::new(), room };
        let stopped = block_on(export(&store, &SOURCE, None, &mut cut, &mut |_| {}));
        assert!(matches!(stopped, Err(TransferError::Io(_))));
        let mut bytes = cut.bytes;
        let point = match find_resume_point(&bytes[..]) {
            Ok(point) => point,
            Err(TransferError::Incomplete { .. }) if room < 100 => continue,
            Err(error) => panic!("{room} bytes: {error}"),
        };
        assert!(!point.is_complete());
        bytes.truncate(point.bytes() as usize);
        block_on(export(&store, &SOURCE, Some(point), &mut bytes, &mut |_| {})).expect("it can be finished");
        assert_eq!(bytes, whole, "as if it had never stopped");
    }
    let point = find_resume_point(&whole[..]).expect("it is whole");
    assert!(point.is_complete());
    let elsewhere = ExportSource { origin: "https://b.example", ..SOURCE };
    let refused = block_on(export(&store, &elsewhere, Some(point), &mut Vec::new(), &mut |_| {}));
    assert!(matches!(refused, Err(TransferError::Mismatch(_))));
}

#[test]
fn a_damaged_stream_is_refused_and_nothing_after_the_damage_is_written() {
    let store = filled();
    let whole = exported(&store);
    let expected = content(&store);
    for at in (0..whole.len()).step_by(whole.len() / 200).chain(whole.len() - 60..whole.len()) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x40;
        assert!(verify(&bytes[..]).is_err(), "byte {at} was changed");
        let (copy, done) = imported(&bytes, &ALL);
        assert!(done.is_err(), "byte {at} was changed");
        for (found, expected) in content(&copy).iter().flatten().zip(expected.iter().flatten()) {
            assert!(found.row.key.is_empty() || found == expected, "only whole blocks are written, in order");
        }
    }
}

#[test]
fn a_stream_that_was_cut_off_or_added_to_is_refused() {
    let whole = exported(&filled());
    for length in [whole.len() - 1, whole.len() - 57, whole.len() / 2, 100] {
        let refused = verify(&whole[..length]);
        assert!(matches!(refused, Err(TransferError::Incomplete { .. })), "{length} bytes: {refused:?}");
    }
    let longer = [&whole[..], b"x"].concat();
    assert!(matches!(verify(&longer[..]), Err(TransferError::Damaged { .. })));
    assert!(matches!(verify(&b"PK\x03\x04 something else"[..]), Err(TransferError::NotAnExport)));
    assert!(matches!(verify(&b""[..]), Err(TransferError::NotAnExport)));
}

#[test]
fn a_block_that_was_left_out_is_noticed() {
    let mut block_ends = Vec::new();
    let mut whole = Vec::new();
    let store = filled();
    block_on(export(&store, &SOURCE, None, &mut whole, &mut |progress| block_ends.push(progress.bytes as usize)))
        .expect("it can be exported");
    let without = [&whole[..block_ends[0]], &whole[block_ends[1]..]].concat();
    let refused = verify(&without[..]);
    assert!(matches!(refused, Err(TransferError::Damaged { .. })), "{refused:?}");
}

#[test]
fn an_export_of_a_later_format_is_refused_by_name() {
    let mut payload = frame::header_payload(&Header { origin: String::new(), made_ms: 0, families: vec![] });
    payload[1] += 1;
    let bytes = [&frame::MAGIC[..], &frame::block(frame::HEADER, &payload)].concat();
    assert!(matches!(verify(&bytes[..]), Err(TransferError::Newer { found: 2 })));
}

/// The bytes of a small export, so that a change of the format cannot go unnoticed. They are described in
/// `docs/export-format.md`.
#[test]
fn format_1_stays_as_it_was() {
    let store = empty();
    let change = Change {
        key: Bytes::from_static(b"k"),
        put: Some(Put { value: Bytes::from_static(b"v"), expires_ms: Some(9_000) }),
        condition: Condition::Newer,
        stamp: None,
    };
    perform(&store, 5, POSTS, "p".to_owned(), vec![change]);
    let mut bytes = Vec::new();
    let source = ExportSource { origin: "o", made_ms: 1, families: &[POSTS] };
    block_on(export(&store, &source, None, &mut bytes, &mut |_| {})).expect("it can be exported");
    let hex: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex.concat(), FORMAT_1.concat());
    assert!(verify(&bytes[..]).is_ok());
}

/// Magic, header, rows, trailer.
const FORMAT_1: [&str; 4] = [
    "4b574558504f5254",
    "010000001a0001000000000000000100016f0001000201000005706f737473f106e003",
    "020000002400020000000000000100017000016b00000000000f424500000000000023280000000176fbca6db4",
    "0300000030000000000000000100000000000000024a8a113590cd16cdc7cc8a4ac6bcce6c802218bb12911012eb9f995b3d7b3807cc3f522a",
];
