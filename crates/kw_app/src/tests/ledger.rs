//! The ledger at rest: verified without a server, moved into bundles, exported; and what happens when the clock is set or
//! its rows are changed.

use std::collections::BTreeMap;

use kw_domain::account::Reach;
use kw_domain::time::Millis;
use kw_ledger::tile::WIDTH;
use kw_staff::authenticator::Backup;
use kw_staff::entry::Started;
use kw_staff::person::Role;
use kw_staff::power::Power;
use kw_staff::step::Event;
use kw_store::{Clock, StoreError};

use super::world::World;
use crate::authority::Authority;
use crate::failure::Failure;
use crate::families::staff::{BUNDLE, DETAIL, LEDGER, SNAPSHOT};
use crate::key::Only;
use crate::ledger::append::{append, tick};
use crate::ledger::archive::{Archive, Sink, export};
use crate::ledger::rows::{LedgerKey, SnapshotRow};
use crate::ledger::seal::seal;
use crate::ledger::verify::{Beside, Expected, Report, verify};
use crate::ledger::{project, snapshot};
use crate::staff::understudy::{Part, Understudy, about, found};

async fn solo(world: &World) -> Understudy {
    let part = Part {
        name: "Ola",
        roles: &[Role::TrustLead, Role::Moderator],
        team: "one",
        ends: None,
        backup: Backup::DeviceBound,
    };
    found(&world.cx, &[part]).await.expect("nobody has founded before").pop().expect("one was asked for")
}

/// A server starts so often.
async fn starts(world: &World, times: u64) {
    for time in 0..times {
        let started =
            Started { version: "0".to_owned(), binary: [time as u8; 32], configuration: [(time >> 8) as u8; 32] };
        append(&world.cx, |_| Ok(Event::Started(started.clone()))).await.expect("it is recorded");
    }
}

async fn verified(world: &World, expected: &Expected) -> Report {
    let beside = Beside { network: world.cx.store().clone(), now: world.cx.now() };
    verify(world.cx.ledger().shelf(), expected, Some(beside), |_, _| {}).await.expect("it can be read")
}

#[derive(Default)]
struct Files(BTreeMap<String, Vec<u8>>);

impl Sink for Files {
    fn put(&mut self, path: &str, bytes: &[u8]) -> std::io::Result<()> {
        self.0.insert(path.to_owned(), bytes.to_vec());
        Ok(())
    }

    fn append(&mut self, path: &str, bytes: &[u8]) -> std::io::Result<()> {
        self.0.entry(path.to_owned()).or_default().extend_from_slice(bytes);
        Ok(())
    }
}

impl Files {
    async fn of(world: &World) -> Self {
        let mut files = Self::default();
        export(world.cx.ledger().shelf(), &mut files, |_, _| {}).await.expect("it can be exported");
        files
    }

    async fn verified(&self) -> Report {
        match Archive::open(|path: &str| Ok(self.0.get(path).cloned())) {
            Ok(archive) => {
                verify(&archive, &Expected::default(), None, |_, _| {}).await.expect("reading files never fails here")
            }
            Err(error) => Report { findings: vec![error.to_string()], ..Report::default() },
        }
    }
}

#[tokio::test]
async fn before_the_founding_there_is_nothing_and_that_is_whole() {
    let world = World::new().await;
    let report = verified(&world, &Expected::default()).await;
    assert_eq!((report.findings, report.entries), (Vec::new(), 0));
}

#[tokio::test]
async fn a_ledger_and_its_export_are_whole_and_say_the_same() {
    let world = World::new().await;
    let ada = world.member("ada").await.account;
    let ola = solo(&world).await;
    let until = world.cx.now().plus_ms(Millis::DAY);
    ola.propose(&world.cx, &about(Power::TakeDown, ada, Some(until))).await.expect("solo may");
    let report = verified(&world, &Expected::default()).await;
    assert_eq!(report.findings, Vec::<String>::new());
    assert_eq!((report.signatures, report.openings_erased, report.has_made_up_floor), (1, 0, false));
    let exported = Files::of(&world).await.verified().await;
    assert_eq!(exported, report);
}

#[tokio::test]
async fn every_flipped_bit_of_an_export_is_found() {
    let world = World::new().await;
    let ada = world.member("ada").await.account;
    let ola = solo(&world).await;
    let until = world.cx.now().plus_ms(Millis::DAY);
    ola.propose(&world.cx, &about(Power::TakeDown, ada, Some(until))).await.expect("solo may");
    let mut files = Files::of(&world).await;
    let paths: Vec<String> = files.0.keys().cloned().collect();
    for path in paths {
        let whole = files.0[&path].clone();
        // An odd step, so that bits of all eight places are met.
        for place in (0..whole.len() * 8).step_by((whole.len() * 8 / 16) | 1) {
            files.0.get_mut(&path).expect("it is there")[place / 8] ^= 1 << (place % 8);
            let report = files.verified().await;
            assert!(!report.is_whole(), "bit {place} of {path} is overlooked");
            files.0.insert(path.clone(), whole.clone());
        }
    }
    assert!(files.verified().await.is_whole());
}

#[tokio::test]
async fn full_bundles_move_and_nothing_else_changes() {
    let world = World::new().await;
    solo(&world).await;
    starts(&world, 3 * WIDTH).await;
    let before = Files::of(&world).await.0;
    seal(&world.cx).await.expect("it moves");
    assert_eq!(Files::of(&world).await.0, before);
    let cx = &world.cx;
    let loose = cx.list_all(&LEDGER, &Only, 2_000).await.expect("it reads");
    assert_eq!(loose.len() as u64, 1 + 1, "the head and the entry of the fourth bundle");
    assert!(verified(&world, &Expected::default()).await.is_whole());
    // It starts from bundles, appends, and seals again.
    let again = world.restart(|_| {}).await.expect("it starts");
    assert_eq!(
        again.ledger().read(super::super::ledger::log::Log::root),
        cx.ledger().read(super::super::ledger::log::Log::root)
    );
    starts(&world, WIDTH).await;
    seal(cx).await.expect("it moves");
    assert!(verified(&world, &Expected::default()).await.is_whole());
}

#[tokio::test]
async fn a_seal_that_was_interrupted_is_finished() {
    let world = World::new().await;
    solo(&world).await;
    starts(&world, WIDTH).await;
    let rows = world.cx.list_all(&LEDGER, &Only, 2_000).await.expect("it reads");
    seal(&world.cx).await.expect("it moves");
    // As after a stop between the bundle and the last of its rows: some rows are there as well.
    let mut draft = world.cx.draft(&Authority::ledger());
    for row in rows.iter().filter(|row| matches!(row.key, LedgerKey::Entry(100..=140))) {
        draft.decide(&LEDGER, (&Only, &row.key), crate::operation::Before::Absent, &row.value);
    }
    world.cx.perform(draft).await.expect("they are back");
    let again = world.restart(|_| {}).await.expect("it starts");
    seal(&again).await.expect("it goes on");
    let left = again.list_all(&LEDGER, &Only, 2_000).await.expect("it reads");
    assert_eq!(left.len(), 2, "the head and entry 256");
    assert!(again.find(&BUNDLE, &0, &Only).await.expect("it reads").is_some());
    assert!(verified(&world, &Expected::default()).await.is_whole());
}

#[tokio::test]
async fn an_entry_whose_openings_are_not_there_yet_is_not_taken_for_an_erased_one() {
    let world = World::new().await;
    let ada = world.member("ada").await.account;
    let ola = solo(&world).await;
    let until = world.cx.now().plus_ms(Millis::DAY);
    let taken = ola.propose(&world.cx, &about(Power::TakeDown, ada, Some(until))).await.expect("solo may");
    // As between the entries and what follows them in the same operation.
    let at = (&(taken.appended.first / WIDTH), &(taken.appended.first + 1));
    let openings = world.cx.find(&DETAIL, at.0, at.1).await.expect("it reads").expect("it is there").value;
    let mut draft = world.cx.draft(&Authority::ledger());
    draft.ensure_gone(&DETAIL, at);
    world.cx.perform(draft).await.expect("they are gone");
    let early = world.restart(|_| {}).await.err();
    assert!(matches!(early, Some(Failure::Store(StoreError::Unavailable(_)))), "{early:?}");

    let mut draft = world.cx.draft(&Authority::ledger());
    draft.ensure(&DETAIL, at, &openings);
    world.cx.perform(draft).await.expect("they are there");
    let again = world.restart(|_| {}).await.expect("it starts");
    assert_eq!(project::standing(&again, ada), project::standing(&world.cx, ada));
}

#[tokio::test]
async fn a_start_reads_the_newest_snapshot_and_what_came_after_it_and_passes_a_forged_one_over() {
    let world = World::new().await;
    let solo = solo(&world).await;
    let ada = world.member("ada").await.account;
    let until = Some(world.cx.now().plus_ms(Millis::DAY));
    solo.propose(&world.cx, &about(Power::TakeDown, ada, until)).await.expect("an ordinary account");
    snapshot::take(&world.cx).await.expect("nothing is due");
    assert_eq!(snapshots(&world).await, 0);

    starts(&world, snapshot::EVERY).await;
    snapshot::take(&world.cx).await.expect("it is written");
    let parts = snapshots(&world).await;
    assert!(parts > 1, "the row that names it, and its parts");
    starts(&world, 3).await;
    let all = world.cx.ledger().read(|log| (log.to_bytes(), log.checkpoint().to_vec()));
    let again = world.restart(|_| {}).await.expect("it starts");
    assert_eq!(again.ledger().read(|log| (log.to_bytes(), log.checkpoint().to_vec())), all);
    assert!(again.ledger().snapshot_size() > snapshot::EVERY, "the snapshot was read");

    let forged = SnapshotRow::Part { bytes: b"kittiwake/fold/v1\n".to_vec() };
    let size = again.ledger().snapshot_size();
    let mut draft = world.cx.draft(&Authority::ledger());
    draft.ensure(&SNAPSHOT, (&Only, &(size, 0)), &forged);
    world.cx.perform(draft).await.expect("whoever has the database can write it");
    let again = world.restart(|_| {}).await.expect("it starts");
    assert_eq!(again.ledger().snapshot_size(), 0, "it was passed over");
    assert_eq!(again.ledger().read(|log| (log.to_bytes(), log.checkpoint().to_vec())), all);
}

/// Rows of snapshots.
async fn snapshots(world: &World) -> usize {
    let store = &world.cx.ledger().shelf().ledger;
    store.sweep(SNAPSHOT.family, None, 1_000).await.expect("the engine answers").rows.len()
}

#[tokio::test]
async fn a_clock_set_back_lets_nothing_last_longer_and_nothing_begin_earlier() {
    let world = World::new().await;
    let ada = world.member("ada").await.account;
    let ola = solo(&world).await;
    let noon = world.clock.now_micros();
    let until = world.cx.now().plus_ms(Millis::DAY);
    ola.propose(&world.cx, &about(Power::TakeDown, ada, Some(until))).await.expect("solo may");
    let newest = world.cx.ledger().read(|log| log.fold().time());

    world.clock.set_micros(noon - 30 * Millis::DAY * 1_000);
    starts(&world, 1).await;
    assert_eq!(world.cx.ledger().read(|log| log.fold().time()), newest, "an entry is never from before another");
    let reach = project::standing(&world.cx, ada).reach;
    assert_eq!(reach, Reach::Unavailable { until: Some(until) }, "the end stays where it was signed");

    world.clock.set_micros(noon + 2 * Millis::DAY * 1_000);
    assert_eq!(project::standing(&world.cx, ada).reach_at(world.cx.now()), Reach::Clear, "it ended by itself");
    tick(&world.cx).await.expect("it is closed");

    // Back to a moment at which it still held: once its end is on the ledger it is over.
    world.clock.set_micros(noon);
    assert_eq!(project::standing(&world.cx, ada).reach_at(world.cx.now()), Reach::Clear);
    assert_eq!(verified(&world, &Expected::default()).await.findings, Vec::<String>::new());
}
