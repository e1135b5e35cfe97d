//! A ledger with real signatures, replayed as an auditor does it.

use super::world::{ADA, BEN, DAY, Draft, EVE, START, World, authenticator, code, key, party, replay};
use crate::authenticator::{Authenticator, Backup, Counting};
use crate::entry::leaf::decode;
use crate::entry::{Choice, OwnerState, Record, Started};
use crate::fold::Fold;
use crate::power::{Power, Verb};
use crate::replay::Replay;
use crate::step::Event;

fn busy() -> World {
    let mut world = World::new();
    for person in [ADA, BEN, EVE] {
        world.authenticators.insert(person, authenticator(person, 0));
    }
    let account = world.notable();
    let action =
        world.propose(ADA, &Draft::over(Power::TakeDown, account).until(world.now.plus(7 * DAY))).expect("may");
    world.approve(BEN, action).expect("he may");
    world.propose(EVE, &Draft::over(Power::Restore, account)).expect("one restores");
    let limit = world.propose(ADA, &Draft::over(Power::Limit, 7).until(world.now.plus(DAY))).expect("one may");
    world.act(EVE, Verb::Undo, limit).expect("one undoes");
    world.pass_and_tick(DAY);
    world
}

#[test]
fn every_signature_and_rule_of_a_ledger_is_checked_again() {
    let world = busy();
    let replayed = replay(Replay::new(), &world.log).expect("nothing is wrong");
    assert_eq!(replayed.fold, world.fold);
    assert_eq!((replayed.signatures, replayed.erased, replayed.unproven), (5, 0, 0));
    assert!(replayed.has_real_floor);
}

#[test]
fn what_a_host_without_signatures_writes_is_found_at_its_index() {
    let world = busy();
    // A founding, a tier, a proposal: with the approval left out, the effect has no ground.
    let mut log = world.log.clone();
    log.remove(3);
    let wrong = replay(Replay::new(), &log).expect_err("an approval is missing");
    assert_eq!(wrong.index, 3, "{wrong}");

    // An approval that its owner never signed.
    let mut log = world.log.clone();
    let mut forged = world.entries[3].clone();
    if let Record::Step(step) = &mut forged.record {
        step.assertion.signature[5] ^= 1;
    }
    log[3] = crate::entry::leaf::encode(&forged, &mut || [3; 32]).expect("it can be written");
    let wrong = replay(Replay::new(), &log).expect_err("the signature is none");
    assert_eq!(wrong.index, 3, "{wrong}");

    // Nothing after the restore: the batch is cut.
    let restored = world
        .entries
        .iter()
        .position(|entry| matches!(&entry.record, Record::InForce(force) if force.power == Power::Restore));
    let cut = restored.expect("it was restored") + 1;
    let wrong = replay(Replay::new(), &world.log[..cut]).expect_err("an entry should follow");
    assert_eq!(wrong.index, cut as u64, "{wrong}");

    // An effect out of nothing.
    let mut log = world.log.clone();
    log.push(log[4].clone());
    let wrong = replay(Replay::new(), &log).expect_err("no rule gives this");
    assert_eq!(wrong.index, log.len() as u64 - 1, "{wrong}");
}

#[test]
fn erased_words_break_nothing_and_are_counted() {
    let world = busy();
    let mut log = world.log.clone();
    let mut erased = 0;
    for (_, openings) in log.iter_mut().filter(|(leaf, _)| leaf.kind == "step") {
        erased += u64::from(openings.private.take().is_some());
    }
    let replayed = replay(Replay::new(), &log).expect("nothing is wrong");
    assert_eq!((replayed.erased, replayed.unproven), (erased, 0));
    let account = |fold: &Fold| fold.account(50).into_owned();
    assert_eq!(account(&replayed.fold), account(&world.fold));
}

#[test]
fn an_erased_step_leaves_its_action_unproven_and_the_rest_proven() {
    let world = busy();
    let mut log = world.log.clone();
    log[3].1 = crate::entry::leaf::Openings::default();
    let replayed = replay(Replay::new(), &log).expect("nothing is wrong");
    assert_eq!(replayed.erased, 1);
    assert!(replayed.unproven > 0);
    assert_eq!(replayed.fold.standing(50, world.now), world.fold.standing(50, world.now));
}

#[test]
fn every_entry_is_read_back_from_its_leaf_and_openings() {
    let world = busy();
    for ((leaf, openings), entry) in world.log.iter().zip(&world.entries) {
        assert_eq!(decode(leaf, openings).as_ref(), Ok(entry));
    }
    let (leaf, openings) = &world.log[2];
    let (_, others) = &world.log[4];
    let mut mixed = openings.clone();
    mixed.body.clone_from(&others.body);
    assert!(decode(leaf, &mixed).is_err(), "an opening opens its own leaf only");
}

#[test]
fn a_counter_that_falls_is_refused_and_recorded_and_one_sent_twice_only_refused() {
    let mut world = World::new();
    let counting = || Authenticator::from_seed(&[ADA.0 as u8 * 16; 32], Backup::DeviceBound, Counting::EachSignature);
    assert_eq!(counting().key(), key(ADA, 0).id);
    world.authenticators.insert(ADA, counting());
    for account in [1, 2] {
        world.propose(ADA, &Draft::over(Power::Limit, account).until(START.plus(DAY))).expect("it counts 1, then 2");
    }
    // A copy of the key, made before the second signature, makes its own second one.
    let mut copy = counting();
    copy.assert(&[0; 32], &party());
    world.authenticators.insert(ADA, copy);
    let size = world.entries.len();
    let third = Draft::over(Power::Limit, 3).until(START.plus(DAY));
    assert_eq!(code(world.propose(ADA, &third)), "used_already");
    assert_eq!(world.entries.len(), size);
    world.authenticators.insert(ADA, counting());
    assert_eq!(code(world.propose(ADA, &third)), "key_copied");
    assert!(matches!(world.entries.last().map(|entry| &entry.record), Some(Record::RefusedStep(_))));
    replay(Replay::new(), &world.log).expect("every rule was kept");
}

#[test]
fn starts_days_and_owners_decisions_are_entries_like_any_other() {
    let mut world = World::new();
    let started = Started { version: "0.1.0".to_owned(), binary: [1; 32], configuration: [2; 32] };
    let state = OwnerState { account: 7, choice: Choice::Deactivated };
    for event in [Event::Started(started), Event::Census([("accounts".to_owned(), 3)].into()), Event::OwnerState(state)]
    {
        world.happen(&event).expect("never refused");
    }
    for ((leaf, openings), entry) in world.log.iter().zip(&world.entries) {
        assert_eq!(decode(leaf, openings).as_ref(), Ok(entry));
    }
    assert_eq!(replay(Replay::new(), &world.log).expect("nothing is wrong").fold, world.fold);
}
