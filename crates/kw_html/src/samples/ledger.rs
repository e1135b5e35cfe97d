//! The public ledger of the invented coast, its policy, and what its owner reads.

use crate::locale::Locale;
use crate::part::ledger::{EntryFact, EntryKind, LedgerHead, PublicEntry};
use crate::part::matrix::{Matrix, MatrixCell, MatrixRow, Wait};
use crate::part::power::{Length, Power};
use crate::part::staff::{Ground, Role};
use crate::views::staff::{EntryRow, Opened};
use crate::views::{Reasons, RecordFact};

use super::NOW_MS;
use super::staff::{VKEY, act, claim, members};

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 86_400_000;

/// Twelve words.
pub fn fingerprint() -> Vec<String> {
    "harbor north anchor sister island coast plate winter ocean bird cliff gather"
        .split(' ')
        .map(str::to_owned)
        .collect()
}

/// The newest checkpoint.
pub fn ledger_head() -> LedgerHead {
    LedgerHead {
        origin: "bay.example/ledger".to_owned(),
        size: 48_290,
        root: "jQ5RxG0vF2c8mJ1qzRk3UoYb7dWnE6tPaS9hLxKfT4I=".to_owned(),
        signed_ms: NOW_MS - MINUTE_MS,
        vkey: VKEY.to_owned(),
        fingerprint: fingerprint(),
        guards: 2,
        witnessed_ms: Some(NOW_MS - MINUTE_MS),
        command: format!(
            "printf '%s' '{VKEY}' > ledger.key\ngo run github.com/transparency-dev/tessera/cmd/fsck@v1.0.4 -ui=false -v=1 \
             -storage_url https://bay.example/ledger/ -public_key ledger.key"
        ),
    }
}

/// Entries as everybody reads them.
pub fn entries() -> Vec<PublicEntry> {
    let entry = |index, minutes: i64, kind| PublicEntry {
        index,
        at_ms: NOW_MS - minutes * MINUTE_MS,
        kind,
        power: None,
        who: None,
        ground: None,
        people: None,
        teams: None,
        until_ms: None,
        from_ms: None,
    };
    let hidden = PublicEntry {
        power: Some(Power::TakeDown),
        who: Some("@coastguard".to_owned()),
        ground: Some(Ground::Hijack),
        people: Some(3),
        teams: Some(2),
        until_ms: Some(NOW_MS + 23 * 60 * MINUTE_MS),
        ..entry(48_213, 60, EntryKind::InForce)
    };
    let back = PublicEntry {
        power: Some(Power::Restore),
        who: Some("@coastguard".to_owned()),
        people: Some(1),
        teams: Some(1),
        ..entry(48_216, 51, EntryKind::InForce)
    };
    let rose = PublicEntry { who: Some("@weather".to_owned()), ..entry(48_190, 400, EntryKind::TierRose) };
    let waits = PublicEntry {
        power: Some(Power::TakeDown),
        who: Some("@weather".to_owned()),
        from_ms: Some(NOW_MS + 71 * 60 * MINUTE_MS),
        ..entry(48_217, 40, EntryKind::Scheduled)
    };
    vec![
        hidden,
        back,
        waits,
        entry(48_212, 62, EntryKind::Step),
        rose,
        entry(48_101, 800, EntryKind::Census),
        entry(48_100, 801, EntryKind::Started),
    ]
}

/// The same as staff read them.
pub fn staff_entries(locale: Locale) -> Vec<EntryRow> {
    let mut facts = vec![EntryFact::Facts(claim(locale).facts)];
    facts.extend(members().into_iter().map(EntryFact::By));
    let opened = |index| match index {
        0 => Opened::Facts(facts.clone()),
        1 => Opened::Erased,
        _ => Opened::No,
    };
    let row = |(index, entry)| EntryRow { entry, action_url: (index < 4).then(|| act().url()), opened: opened(index) };
    entries().into_iter().enumerate().map(row).collect()
}

/// What is on record of the coast guard.
pub fn record_facts() -> Vec<RecordFact> {
    let hidden = entries().remove(0);
    let label = PublicEntry {
        index: 31_004,
        at_ms: NOW_MS - 800 * DAY_MS,
        power: Some(Power::LabelAdd),
        people: Some(2),
        teams: Some(1),
        until_ms: None,
        ground: None,
        ..hidden.clone()
    };
    vec![
        RecordFact { entry: hidden, undone_ms: Some(NOW_MS - 51 * MINUTE_MS), undone_entry: Some(48_216) },
        RecordFact { entry: label, undone_ms: None, undone_entry: None },
    ]
}

/// What the coast guard reads.
pub fn reasons(locale: Locale) -> Reasons {
    Reasons {
        power: Power::TakeDown,
        at_ms: NOW_MS - 60 * MINUTE_MS,
        from_ms: None,
        until_ms: Some(NOW_MS + 23 * 60 * MINUTE_MS),
        undone_ms: None,
        claim: Some(claim(locale)),
        has_details: true,
        people: 3,
        teams: 2,
        entry: 48_213,
        objection_email: "objections@bay.example".to_owned(),
    }
}

/// So many people of so many teams, one of them with one of these roles.
fn with(people: u64, teams: u64, roles: &[Role]) -> MatrixCell {
    MatrixCell::People { people, teams, roles: roles.to_vec(), bound_key: false, waits: None }
}

/// The same, after so long.
fn after(cell: MatrixCell, wait: Wait) -> MatrixCell {
    match cell {
        MatrixCell::People { people, teams, roles, bound_key, .. } => {
            MatrixCell::People { people, teams, roles, bound_key, waits: Some(wait) }
        }
        MatrixCell::Never => MatrixCell::Never,
    }
}

fn row(power: Power, at_most: Option<Length>, cells: [MatrixCell; 3], valid_for: Option<Length>) -> MatrixRow {
    MatrixRow { power, at_most, cells, valid_for }
}

/// The policy as it comes.
pub fn matrix() -> Matrix {
    let alone = || [1, 1, 1].map(MatrixCell::people);
    let minutes = |count| Some(Length::Minutes(count));
    let mut rows = vec![row(Power::Restore, None, alone(), None), row(Power::StepUp, minutes(30), alone(), None)];
    rows.extend(matrix_of_hiding());
    rows.extend(matrix_of_the_rest());
    let emergency = [MatrixCell::people(1), MatrixCell::Never, MatrixCell::Never];
    rows.push(row(Power::BreakGlass, minutes(15), emergency, None));
    Matrix { rows }
}

fn matrix_of_hiding() -> Vec<MatrixRow> {
    let lead =
        || MatrixCell::People { people: 3, teams: 2, roles: vec![Role::TrustLead], bound_key: true, waits: None };
    let short = || [with(1, 1, &[Role::Moderator]), with(2, 2, &[]), lead()];
    let (day, valid) = (Length::Hours(24), Some(Length::Hours(2)));
    let week = [MatrixCell::people(2), with(2, 2, &[]), lead()];
    let endless = [MatrixCell::people(2), with(3, 2, &[]), after(lead(), Wait::UnlessUrgent(day))];
    vec![
        row(Power::Limit, Some(day), short(), valid),
        row(Power::TakeDown, Some(day), short(), valid),
        row(Power::TakeDown, Some(Length::Days(7)), week, valid),
        row(Power::TakeDown, Some(Length::Endless), endless, valid),
    ]
}

fn matrix_of_the_rest() -> Vec<MatrixRow> {
    let people = MatrixCell::people;
    let lead = [Role::TrustLead];
    let (day, valid, three_days) = (Some(Length::Hours(24)), Some(Length::Hours(2)), Length::Hours(72));
    let freeze = [people(2), with(2, 2, &[]), with(3, 2, &[])];
    let rename = [people(2), with(3, 1, &lead), after(with(3, 2, &lead), Wait::Always(three_days))];
    let read = [with(2, 1, &[Role::TrustLead, Role::Security]), with(2, 2, &lead), with(3, 2, &[])];
    let house = || [3, 3, 3].map(|people| after(with(people, 2, &[]), Wait::Always(Length::Hours(24))));
    let label = [MatrixCell::Never, people(3), people(3)].map(|cell| after(cell, Wait::Always(Length::Days(7))));
    vec![
        row(Power::Freeze, Some(three_days), freeze, valid),
        row(Power::Rename, None, rename, day),
        row(Power::ReadPrivate, Some(Length::Minutes(60)), read, None),
        row(Power::LabelAdd, None, [1, 2, 2].map(people), valid),
        row(Power::LabelRemove, None, label, valid),
        row(Power::RosterWiden, None, house(), valid),
        row(Power::Policy, None, house(), valid),
    ]
}
