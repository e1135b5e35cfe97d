//! What a single insider would try.

use super::world::{ADA, BEN, DAY, Draft, EVE, HOUR, MINUTE, START, World, cast, code, founding, key, later};
use crate::entry::{Record, Subject};
use crate::fold::Reach;
use crate::power::{Power, Tier, Verb};
use crate::statement::{Seen, Statement};
use crate::step::Event;

fn limit(account: u64) -> Draft {
    Draft::over(Power::Limit, account)
}

#[test]
fn on_the_last_day_nobody_hides_and_the_attempt_on_a_notable_account_is_in_the_ledger() {
    let mut people = cast();
    people[0].ends = Some(START.plus(14 * DAY));
    let mut world = World::of(people);
    let account = world.protected();
    assert_eq!(code(world.propose(ADA, &limit(account))), "leaving");
    let Some(Record::RefusedStep(refused)) = world.entries.last().map(|entry| &entry.record) else {
        panic!("the attempt is recorded");
    };
    assert_eq!((refused.code.as_str(), refused.step.statement.signer), ("leaving", key(ADA, 0).id));
    let size = world.entries.len();
    assert_eq!(code(world.propose(ADA, &limit(7))), "leaving");
    assert_eq!(world.entries.len(), size, "an ordinary account's is only refused");
    world.propose(BEN, &limit(7).until(world.now.plus(HOUR))).expect("he may");
    world.propose(ADA, &Draft::over(Power::Restore, 7)).expect("bringing back stays possible");
    world.pass(14 * DAY);
    assert_eq!(code(world.propose(ADA, &Draft::over(Power::Restore, 7))), "powers_ended");
    world.replay().expect("every rule was kept");
}

#[test]
fn powers_to_hide_end_fourteen_days_before_the_last_to_the_millisecond() {
    let mut people = cast();
    people[0].ends = Some(START.plus(14 * DAY).plus(1));
    let mut world = World::of(people);
    world.propose(ADA, &limit(7).until(world.now.plus(HOUR))).expect("a millisecond is left");
    world.pass(1);
    assert_eq!(code(world.propose(ADA, &limit(8).until(world.now.plus(HOUR)))), "leaving");
}

/// Something that is changed in a statement.
type Change = fn(&mut Statement);

#[test]
fn an_approval_is_for_one_action_on_one_target_under_one_tier_and_for_its_time() {
    let mut world = World::new();
    let account = world.notable();
    let action = world.propose(ADA, &limit(account)).expect("she may propose");
    let approval = world.next_step(BEN, Verb::Approve, action);
    let changes: [(Change, &str); 7] = [
        (|other| other.targets[0].id = "51".to_owned(), "other_words"),
        (|other| other.targets[0].tier = Tier::Ordinary, "other_words"),
        (|other| other.power = Power::TakeDown, "other_words"),
        (|other| other.reason = [0; 32], "other_words"),
        (|other| other.valid_until = other.valid_until.minus(HOUR), "too_late"),
        (|other| other.founding = [0; 32], "other_ledger"),
        (|other| other.seen.root = [0; 32], "other_history"),
    ];
    for (change, expected) in changes {
        let mut other = approval.clone();
        change(&mut other);
        assert_eq!(code(world.sign(other, None)), expected);
    }
    let before = Seen { size: 1, root: world.seen().root };
    assert_eq!(code(world.sign(Statement { seen: before, ..approval.clone() }, None)), "other_history");
    world.sign(approval.clone(), None).expect("his own words");
    assert_eq!(world.reach(account), Reach::Limited);
    assert_eq!(code(world.sign(approval, None)), "not_open");
}

#[test]
fn a_signature_from_before_the_proposal_does_not_approve_it() {
    let mut world = World::new();
    let account = world.notable();
    let seen = world.seen();
    let action = world.propose(ADA, &limit(account)).expect("she may propose");
    let early = Statement { seen, ..world.next_step(BEN, Verb::Approve, action) };
    assert_eq!(code(world.sign(early, None)), "not_seen");
}

#[test]
fn a_signature_expires_at_its_moment() {
    for (wait, refused) in [(10 * MINUTE, false), (10 * MINUTE + 1, true)] {
        let mut world = World::new();
        let statement = world.proposal(ADA, &limit(7).until(START.plus(HOUR)));
        world.pass(wait);
        let answer = world.propose_as(statement, &limit(7).until(START.plus(HOUR)));
        assert_eq!(answer.is_err(), refused, "{answer:?}");
    }
}

#[test]
fn a_closed_action_is_never_opened_again() {
    let mut world = World::new();
    let account = world.notable();
    let draft = limit(account);
    let statement = world.proposal(ADA, &draft);
    let action = world.propose_as(statement.clone(), &draft).expect("she may propose");
    world.act(ADA, Verb::Cancel, action).expect("she may cancel");
    let again = Statement { seen: world.seen(), ..statement };
    assert_eq!(code(world.propose_as(again, &draft)), "known_action");
    for verb in [Verb::Approve, Verb::Deny, Verb::Cancel, Verb::Fire] {
        assert_eq!(code(world.act(BEN, verb, action)), "not_open");
    }
    for verb in [Verb::Undo, Verb::Confirm] {
        assert_eq!(code(world.act(BEN, verb, action)), "not_in_force");
    }
}

#[test]
fn two_keys_of_one_person_and_two_entries_of_one_human_are_one() {
    let mut people = cast();
    people[2].tag = people[0].tag;
    let event = Event::Found(Box::new(founding(people)));
    assert_eq!(code(crate::step::step(&crate::fold::Fold::default(), &event, START)), "twice");
    let mut founded = founding(cast());
    founded.keys.push(key(ADA, 1));
    let mut fold = crate::fold::Fold::default();
    let entries = crate::step::step(&fold, &Event::Found(Box::new(founded)), START).expect("she has two keys");
    fold.apply(0, &entries[0]).expect("it is the first entry");
    let mut world = World::new();
    let account = world.notable();
    let action = world.propose(ADA, &limit(account)).expect("she may propose");
    let other_key = later(&world.next_step(ADA, Verb::Approve, action), Verb::Approve, key(ADA, 1).id, world.now);
    assert_eq!(code(world.sign(other_key, None)), "unknown_key");
}

#[test]
fn what_changed_since_the_page_was_loaded_is_not_proposed() {
    let mut world = World::new();
    let draft = limit(7).until(START.plus(DAY));
    let statement = world.proposal(ADA, &draft);
    world.propose(BEN, &Draft::over(Power::TakeDown, 7).until(START.plus(HOUR))).expect("he was faster");
    assert_eq!(code(world.propose_as(statement, &draft)), "drifted");
}

#[test]
fn powers_of_later_versions_and_unread_parameters_are_refused() {
    let mut world = World::new();
    for power in [Power::Freeze, Power::RemovePost, Power::Purge, Power::ReadPrivate, Power::ChangeEmail] {
        assert_eq!(code(world.propose(ADA, &Draft::over(power, 7))), "not_in_this_version");
    }
    for power in [Power::Alert, Power::Witness, Power::Origin] {
        let house = Subject { kind: crate::statement::TargetKind::House, id: "house".to_owned() };
        let answer = code(world.propose(ADA, &Draft::of(power, house)));
        assert!(["not_in_this_version", "drifted"].contains(&answer), "{answer}");
    }
    assert_eq!(code(world.propose(ADA, &limit(7).with("note", "hello"))), "unknown_parameter");
    assert_eq!(code(world.propose(ADA, &limit(7).with("urgent", "no"))), "unknown_parameter");
}

#[test]
fn a_clock_that_is_set_back_changes_nothing() {
    let mut world = World::new();
    let until = world.now.plus(HOUR);
    world.propose(ADA, &limit(7).until(until)).expect("one may");
    world.pass_and_tick(HOUR);
    world.now = START;
    assert_eq!(code(world.propose(ADA, &limit(8).until(until))), "too_late");
    let entries = world.happen(&Event::Tick).expect("a tick is never refused");
    assert!(entries.is_empty());
    assert_eq!(world.fold.time(), START.plus(HOUR));
}

#[test]
fn a_second_founding_is_refused() {
    let mut world = World::new();
    let event = Event::Found(Box::new(founding(cast().into_iter().filter(|person| person.id == EVE).collect())));
    assert_eq!(code(world.happen(&event)), "founded");
}
