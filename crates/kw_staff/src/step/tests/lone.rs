//! What one person may do alone, and how far: break-glass, step-up, short limits, solo houses.

use super::world::{ADA, BEN, DAY, Draft, EVE, HOUR, MINUTE, World, cast, code};
use crate::entry::Turn;
use crate::fold::Reach;
use crate::policy::question::Mode;
use crate::power::{Power, Tier, Verb};

fn glass(world: &World, account: u64) -> Draft {
    Draft::over(Power::BreakGlass, account).until(world.now.plus(12 * HOUR))
}

#[test]
fn break_glass_ends_after_fifteen_minutes_unless_another_person_confirms() {
    let mut world = World::new();
    let action = world.propose(ADA, &glass(&world, 7)).expect("one may");
    world.pass(15 * MINUTE - 1);
    assert_eq!(world.reach(7), Reach::Unavailable);
    world.pass(1);
    assert_eq!(world.reach(7), Reach::Clear);
    assert_eq!(code(world.act(BEN, Verb::Confirm, action)), "not_in_force");

    let mut world = World::new();
    let action = world.propose(ADA, &glass(&world, 7)).expect("one may");
    assert_eq!(code(world.act(ADA, Verb::Confirm, action)), "same_person");
    world.act(EVE, Verb::Confirm, action).expect("another person agrees");
    assert_eq!(code(world.act(BEN, Verb::Confirm, action)), "stands_already");
    world.pass(12 * HOUR - 1);
    assert_eq!(world.reach(7), Reach::Unavailable);
    let size = world.entries.len();
    world.pass_and_tick(1);
    assert_eq!((world.reach(7), world.turns_since(size)), (Reach::Clear, vec![Some(Turn::Lapsed)]));
    world.replay().expect("every rule was kept");
}

#[test]
fn break_glass_is_there_for_a_target_once_a_day_whoever_asks_and_for_ordinary_accounts_only() {
    let mut world = World::new();
    world.propose(ADA, &glass(&world, 7)).expect("one may");
    world.pass_and_tick(20 * MINUTE);
    assert_eq!(code(world.propose(BEN, &glass(&world, 7))), "glass_spent");
    world.propose(BEN, &glass(&world, 8)).expect("another account");
    world.pass_and_tick(DAY - 20 * MINUTE);
    world.propose(BEN, &glass(&world, 7)).expect("a day later");
    let account = world.notable();
    assert_eq!(code(world.propose(ADA, &glass(&world, account))), "glass_not_here");
    let too_long = Draft::over(Power::BreakGlass, 9).until(world.now.plus(DAY + 1));
    assert_eq!(code(world.propose(ADA, &too_long)), "too_long");
}

#[test]
fn a_step_up_hides_nothing_lasts_half_an_hour_and_is_there_once_a_day() {
    let mut world = World::new();
    let account = world.protected();
    let step_up = |world: &World| Draft::over(Power::StepUp, account).until(world.now.plus(30 * MINUTE));
    let action = world.propose(ADA, &step_up(&world)).expect("one may");
    let standing = world.fold.standing(account, world.now);
    assert_eq!((standing.reach, standing.step_up_until), (Reach::Clear, Some(world.now.plus(30 * MINUTE))));
    assert_eq!(code(world.propose(BEN, &step_up(&world))), "stepped_up_today");
    world.act(EVE, Verb::Undo, action).expect("one lifts it");
    assert_eq!(world.fold.standing(account, world.now).step_up_until, None);
    world.pass(DAY - 1);
    assert_eq!(code(world.propose(BEN, &step_up(&world))), "stepped_up_today");
    world.pass(1);
    world.propose(BEN, &step_up(&world)).expect("a day later");
    let lifting = Draft::over(Power::Restore, account).with("lifts", "step_up");
    world.propose(ADA, &lifting).expect("restoring can lift it too");
    assert_eq!(world.fold.standing(account, world.now).step_up_until, None);
    let long = Draft::over(Power::StepUp, 8).until(world.now.plus(30 * MINUTE + 1));
    assert_eq!(code(world.propose(ADA, &long)), "too_long");
    world.replay().expect("every rule was kept");
}

#[test]
fn restoring_does_not_lift_a_step_up() {
    let mut world = World::new();
    world.propose(ADA, &Draft::over(Power::StepUp, 7).until(world.now.plus(30 * MINUTE))).expect("one may");
    assert_eq!(code(world.propose(ADA, &Draft::over(Power::Restore, 7))), "nothing_to_restore");
    world.propose(ADA, &Draft::over(Power::Limit, 7).until(world.now.plus(HOUR))).expect("one may for a day");
    world.propose(ADA, &Draft::over(Power::Restore, 7)).expect("one restores");
    assert!(world.fold.standing(7, world.now).step_up_until.is_some());
}

#[test]
fn a_chain_of_days_is_no_day() {
    let mut world = World::new();
    let a_day = |world: &World| Draft::over(Power::TakeDown, 7).until(world.now.plus(DAY));
    world.propose(ADA, &a_day(&world)).expect("one may for a day");
    assert_eq!(world.reach(7), Reach::Unavailable);
    world.pass_and_tick(DAY);
    let again = world.propose(ADA, &a_day(&world)).expect("she may propose it again");
    assert_eq!(world.reach(7), Reach::Clear, "two days take two people");
    world.approve(EVE, again).expect("she agrees");
    assert_eq!(world.reach(7), Reach::Unavailable);
    world.pass_and_tick(31 * DAY);
    world.propose(ADA, &a_day(&world)).expect("long forgotten");
    assert_eq!(world.reach(7), Reach::Unavailable);
}

#[test]
fn many_small_actions_ask_for_one_more_person() {
    let mut world = World::new();
    for account in 100..120 {
        world.propose(ADA, &Draft::over(Power::Limit, account).until(world.now.plus(HOUR))).expect("one may");
        assert_eq!(world.reach(account), Reach::Limited);
    }
    let next = world.propose(ADA, &Draft::over(Power::Limit, 120).until(world.now.plus(HOUR))).expect("no wall");
    assert_eq!(world.reach(120), Reach::Clear);
    world.approve(EVE, next).expect("one more person");
    assert_eq!(world.reach(120), Reach::Limited);
    let mut lone = Draft::over(Power::BreakGlass, 121).until(world.now.plus(HOUR));
    lone = lone.with("reach", "limited");
    world.propose(ADA, &lone).expect("no wall");
    assert_eq!(world.reach(121), Reach::Clear, "not by another power either");
    world.pass(HOUR);
    world.propose(ADA, &Draft::over(Power::Limit, 122).until(world.now.plus(HOUR))).expect("an hour later");
    assert_eq!(world.reach(122), Reach::Limited);
    world.replay().expect("every rule was kept");
}

fn solo() -> World {
    let mut people: Vec<_> = cast().into_iter().take(1).collect();
    people[0].roles = crate::person::Role::ALL.iter().copied().collect();
    World::of(people)
}

#[test]
fn one_person_decides_about_ordinary_accounts_and_waits_three_days_for_notable_ones() {
    let mut world = solo();
    assert_eq!(world.fold.mode(world.now), Mode::Solo);
    world.propose(ADA, &Draft::over(Power::TakeDown, 7).until(world.now.plus(30 * DAY))).expect("at once");
    assert_eq!(world.reach(7), Reach::Unavailable);
    let endless = Draft::over(Power::TakeDown, 8).after(3 * DAY);
    assert_eq!(code(world.propose(ADA, &endless)), "nobody_could");

    let account = world.notable();
    let hide = |world: &World| Draft::over(Power::TakeDown, account).until(world.now.plus(10 * DAY));
    assert_eq!(code(world.propose(ADA, &hide(&world))), "too_soon");
    let action = world.propose(ADA, &hide(&world).after(3 * DAY)).expect("after three days");
    world.pass_and_tick(3 * DAY - 1);
    assert_eq!(world.reach(account), Reach::Clear);
    world.pass_and_tick(1);
    assert_eq!(world.reach(account), Reach::Unavailable, "by itself");
    assert!(world.fold.force(action).is_some());

    let account = world.protected();
    let protected = Draft::over(Power::TakeDown, account).until(world.now.plus(10 * DAY)).after(3 * DAY);
    assert_eq!(code(world.propose(ADA, &protected)), "nobody_could");
    world.propose(ADA, &Draft::over(Power::Restore, 50)).expect("at once");
    world.replay().expect("every rule was kept");
}

#[test]
fn a_solo_action_can_be_cancelled_while_it_waits() {
    let mut world = solo();
    let account = world.notable();
    let hide = Draft::over(Power::Limit, account).after(3 * DAY);
    let action = world.propose(ADA, &hide).expect("after three days");
    world.pass(2 * DAY);
    world.act(ADA, Verb::Cancel, action).expect("one cancels");
    world.pass_and_tick(5 * DAY);
    assert_eq!(world.reach(account), Reach::Clear);
}

#[test]
fn a_label_makes_an_account_notable_at_once_and_losing_it_takes_three_people_a_week_and_a_fresh_signature() {
    let mut world = World::new();
    world.propose(ADA, &Draft::over(Power::LabelAdd, 7).with("label", "press")).expect("one may");
    assert_eq!(world.fold.account(7).tier, Tier::Notable);
    let remove = Draft::over(Power::LabelRemove, 7).with("label", "press");
    assert_eq!(code(world.propose(ADA, &remove)), "too_soon");
    let action = world.propose(ADA, &remove.after(7 * DAY)).expect("in a week");
    world.approve(BEN, action).expect("he may");
    world.approve(EVE, action).expect("she may");
    assert_eq!(code(world.act(BEN, Verb::Fire, action)), "too_soon");
    world.pass_and_tick(7 * DAY);
    assert!(!world.fold.account(7).labels.is_empty(), "nothing happens without a fresh signature");
    world.act(BEN, Verb::Fire, action).expect("the week is over");
    assert!(world.fold.account(7).labels.is_empty());
    assert_eq!(world.fold.account(7).tier, Tier::Notable, "a tier falls by its own action only");
    let down = Draft::over(Power::TierDown, 7).with("tier", "ordinary").after(7 * DAY);
    let action = world.propose(ADA, &down).expect("in a week");
    world.approve(BEN, action).expect("he may");
    world.approve(EVE, action).expect("she may");
    world.pass(7 * DAY);
    world.act(ADA, Verb::Fire, action).expect("the week is over");
    assert_eq!(world.fold.account(7).tier, Tier::Ordinary);
    world.replay().expect("every rule was kept");
}
