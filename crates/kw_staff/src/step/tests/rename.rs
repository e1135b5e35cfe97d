//! Another handle: who has to agree, what it changes in the fold, and that one person takes it back.

use super::world::{ADA, BEN, DAY, Draft, EVE, HOUR, World, code};
use crate::entry::Turn;
use crate::fold::Reach;
use crate::power::{Power, Verb};

fn rename(account: u64, from: &str, to: &str) -> Draft {
    Draft::over(Power::Rename, account).with("from", from).with("handle", to)
}

fn handle(world: &World, account: u64) -> Option<String> {
    world.fold.account(account).handle.clone()
}

#[test]
fn an_ordinary_account_takes_two_and_one_takes_it_back() {
    let mut world = World::new();
    let action = world.propose(ADA, &rename(7, "gull", "tern")).expect("she may propose");
    assert_eq!(handle(&world, 7), None, "one is not enough");
    world.approve(BEN, action).expect("he is the second");
    assert_eq!(handle(&world, 7), Some("tern".to_owned()));
    assert_eq!(world.reach(7), Reach::Clear, "nothing is hidden by it");

    world.act(EVE, Verb::Undo, action).expect("one person takes it back");
    assert_eq!(handle(&world, 7), Some("gull".to_owned()));
    assert_eq!(code(world.act(EVE, Verb::Undo, action)), "not_in_force");
    world.replay().expect("every rule was kept");
}

#[test]
fn a_protected_account_takes_three_days_and_a_fresh_signature_and_anybody_can_stop_it() {
    let mut world = World::new();
    let account = world.protected();
    let draft = rename(account, "gull", "tern");
    assert_eq!(code(world.propose(BEN, &draft)), "too_soon");
    let action = world.propose(BEN, &draft.after(3 * DAY)).expect("he may propose");
    world.approve(ADA, action).expect("she is the second");
    world.approve(EVE, action).expect("she is the third");
    assert_eq!(code(world.act(ADA, Verb::Fire, action)), "too_soon");
    world.pass_and_tick(3 * DAY);
    assert_eq!(handle(&world, account), None, "nobody carried it out");
    world.act(ADA, Verb::Fire, action).expect("its moment has come");
    assert_eq!(handle(&world, account), Some("tern".to_owned()));
    world.replay().expect("every rule was kept");
}

#[test]
fn only_the_newest_handle_is_taken_back() {
    let mut world = World::new();
    let first = world.propose(ADA, &rename(7, "gull", "tern")).expect("she may propose");
    world.approve(BEN, first).expect("he is the second");
    assert_eq!(code(world.propose(ADA, &rename(7, "gull", "petrel"))), "renamed_since");
    let second = world.propose(ADA, &rename(7, "tern", "petrel")).expect("from what it has");
    world.approve(BEN, second).expect("he is the second");
    assert_eq!(code(world.act(EVE, Verb::Undo, first)), "not_in_force");
    world.act(EVE, Verb::Undo, second).expect("the newest");
    assert_eq!(handle(&world, 7), Some("tern".to_owned()));
    world.replay().expect("every rule was kept");
}

#[test]
fn what_was_signed_under_the_old_handle_no_longer_fits() {
    let mut world = World::new();
    let account = world.notable();
    let hiding = world.propose(ADA, &Draft::over(Power::TakeDown, account).until(world.now.plus(HOUR))).expect("may");
    let action = world.propose(ADA, &rename(account, "gull", "tern")).expect("she may propose");
    world.approve(EVE, action).expect("she is the second");
    let size = world.entries.len();
    world.approve(BEN, action).expect("he leads");
    assert_eq!(world.turns_since(size), [None, Some(Turn::Stale)]);
    assert_eq!(code(world.approve(BEN, hiding)), "not_open");
}

#[test]
fn bringing_back_leaves_the_handle_and_a_rename_is_nothing_to_bring_back() {
    let mut world = World::new();
    let action = world.propose(ADA, &rename(7, "gull", "tern")).expect("she may propose");
    world.approve(BEN, action).expect("he is the second");
    assert_eq!(code(world.propose(ADA, &Draft::over(Power::Restore, 7))), "nothing_to_restore");
    let lifting = Draft::over(Power::Restore, 7).with("lifts", "step_up");
    assert_eq!(code(world.propose(ADA, &lifting)), "nothing_to_restore");
    world.propose(ADA, &Draft::over(Power::Limit, 7).until(world.now.plus(HOUR))).expect("one may for an hour");
    world.propose(EVE, &Draft::over(Power::Restore, 7)).expect("one brings back");
    assert_eq!((world.reach(7), handle(&world, 7)), (Reach::Clear, Some("tern".to_owned())));
}

#[test]
fn a_handle_has_its_form_and_is_another_one() {
    let mut world = World::new();
    for wrong in ["", "gull", "sea gull", "möwe", "a_handle_that_is_far_longer_than_it_may_be"] {
        assert_eq!(code(world.propose(ADA, &rename(7, "gull", wrong))), "no_handle", "{wrong:?}");
    }
    assert_eq!(code(world.propose(ADA, &Draft::over(Power::Rename, 7).with("handle", "tern"))), "no_handle");
    world.propose(ADA, &rename(7, "gull", "Gull")).expect("capitals are its owner's to have");
}
