//! Proposals that were refused before anybody signed, because powers had ended: the server's own entries.

use super::world::{ADA, BEN, DAY, EVE, HOUR, START, World, cast, code, replay};
use crate::entry::leaf::{Audience, decode};
use crate::entry::{Attempt, Record, Subject};
use crate::fold::Fold;
use crate::person::PersonId;
use crate::power::Power;
use crate::replay::Replay;
use crate::step::Event;

/// A house in which Eve leaves in three days.
fn leaving() -> World {
    let mut people = cast();
    people[2].ends = Some(START.plus(3 * DAY));
    World::of(people)
}

fn attempt(person: PersonId, power: Power, account: u64, code: &str) -> Attempt {
    Attempt { person, power, subject: Subject::account(account), code: code.to_owned() }
}

impl World {
    /// How many entries an attempt made, or why none can be.
    fn attempted(&mut self, attempt: Attempt) -> Result<usize, crate::refusal::Refusal> {
        self.happen(&Event::Attempted(attempt)).map(|entries| entries.len())
    }
}

#[test]
fn an_attempt_on_a_notable_account_is_an_entry_and_changes_nothing_else() {
    let mut world = leaving();
    let account = world.notable();
    let before = world.fold.standing(account, world.now);
    assert_eq!(world.attempted(attempt(EVE, Power::TakeDown, account, "leaving")), Ok(1));
    assert_eq!(world.fold.standing(account, world.now), before);
    let Some(Record::Attempt(told)) = world.entries.last().map(|entry| &entry.record) else { panic!("it is recorded") };
    assert_eq!((told.person, told.power, told.code.as_str()), (EVE, Power::TakeDown, "leaving"));
    world.replay().expect("every rule was kept");
}

#[test]
fn the_same_attempt_is_recorded_once_an_hour() {
    let mut world = leaving();
    let (account, other) = (world.notable(), world.protected());
    let same = || attempt(EVE, Power::TakeDown, account, "leaving");
    assert_eq!(world.attempted(same()), Ok(1));
    world.pass(HOUR - 1);
    assert_eq!(world.attempted(same()), Ok(0));
    assert_eq!(world.attempted(attempt(EVE, Power::Limit, account, "leaving")), Ok(1), "another power");
    assert_eq!(world.attempted(attempt(EVE, Power::TakeDown, other, "leaving")), Ok(1), "another account");
    world.pass(1);
    assert_eq!(world.attempted(same()), Ok(1));
    let policy = |text: &str| {
        let id = kw_ledger::Hash::of(&[text.as_bytes()]).to_string();
        let subject = Subject { kind: crate::statement::TargetKind::Policy, id };
        Attempt { person: EVE, power: Power::Policy, subject, code: "leaving".to_owned() }
    };
    assert_eq!(world.attempted(policy("one")), Ok(1));
    assert_eq!(world.attempted(policy("another text of the same matter")), Ok(0));
    assert_eq!(Fold::from_bytes(&world.fold.to_bytes()).as_ref(), Some(&world.fold));
    world.replay().expect("every rule was kept");
}

#[test]
fn nobody_is_said_to_have_tried_what_they_could_have_done() {
    let mut world = leaving();
    let account = world.notable();
    for (who, power, about, reason) in [
        (ADA, Power::TakeDown, account, "leaving"),
        (EVE, Power::TakeDown, account, "powers_ended"),
        (EVE, Power::TakeDown, account, "same_person"),
        (EVE, Power::Restore, account, "leaving"),
        (EVE, Power::StepUp, account, "leaving"),
        (EVE, Power::TakeDown, 7, "leaving"),
        (PersonId(9), Power::TakeDown, account, "leaving"),
    ] {
        assert_eq!(code(world.attempted(attempt(who, power, about, reason))), "no_attempt", "{who} {power} {about}");
    }
    world.pass(3 * DAY);
    assert_eq!(code(world.attempted(attempt(EVE, Power::TakeDown, account, "leaving"))), "no_attempt");
    assert_eq!(world.attempted(attempt(EVE, Power::Restore, account, "powers_ended")), Ok(1));
}

#[test]
fn a_host_that_makes_an_attempt_up_is_found_on_replay() {
    let mut world = leaving();
    let account = world.notable();
    assert_eq!(world.attempted(attempt(EVE, Power::TakeDown, account, "leaving")), Ok(1));
    let mut forged = world.entries.last().expect("it is there").clone();
    if let Record::Attempt(attempt) = &mut forged.record {
        attempt.person = BEN;
    }
    let mut log = world.log.clone();
    let last = log.len() - 1;
    log[last] = crate::entry::leaf::encode(&forged, &mut || [5; 32]).expect("it can be written");
    let wrong = replay(Replay::trusting(), &log).expect_err("his powers have not ended");
    assert_eq!(wrong.index, last as u64, "{wrong}");
}

#[test]
fn the_owner_reads_what_was_tried_and_only_auditors_who_tried_it() {
    let mut world = leaving();
    let account = world.notable();
    assert_eq!(world.attempted(attempt(EVE, Power::TakeDown, account, "leaving")), Ok(1));
    let (leaf, openings) = world.log.last().expect("it is there");
    assert_eq!(leaf.kind, "attempt");
    let audience = |part: &Option<crate::entry::leaf::Shown>| part.as_ref().map(|shown| shown.audience);
    assert_eq!(audience(&openings.target), Some(Audience::Owner));
    assert_eq!(audience(&openings.body), Some(Audience::Owner));
    assert_eq!(audience(&openings.private), Some(Audience::Auditors));
    assert_eq!(decode(leaf, openings).as_ref(), Ok(world.entries.last().expect("it is there")));
    let mut erased = openings.clone();
    erased.private = None;
    let read = decode(leaf, &erased).expect("an erasure breaks nothing").record;
    assert!(matches!(read, Record::Erased { .. }), "{read:?}");
}
