//! Who has to agree, in time, on the same words; and what stops an action.

use super::world::{ADA, BEN, DAN, DAY, Draft, EVE, HOUR, MINUTE, World, cast, code, person};
use crate::entry::Turn;
use crate::fold::Reach;
use crate::person::Role;
use crate::power::{Power, Verb};
use crate::step::{Event, Thresholds};
use crate::time::Millis;

fn week(world: &World) -> Millis {
    world.now.plus(7 * DAY)
}

fn take_down(world: &World, account: u64) -> Draft {
    Draft::over(Power::TakeDown, account).until(week(world))
}

#[test]
fn a_notable_account_is_hidden_by_two_people_of_two_teams_and_by_no_fewer() {
    let mut world = World::new();
    let account = world.notable();
    let draft = take_down(&world, account);
    let action = world.propose(ADA, &draft).expect("she may propose");
    assert_eq!(world.reach(account), Reach::Clear);
    assert_eq!(code(world.approve(ADA, action)), "same_person");
    world.approve(EVE, action).expect("she may sign, and is of the same team");
    assert_eq!(world.reach(account), Reach::Clear);
    world.approve(BEN, action).expect("he is of the other team");
    assert_eq!(world.reach(account), Reach::Unavailable);
    assert_eq!(world.fold.standing(account, world.now).until, Some(week(&world)));
    world.replay().expect("every rule was kept");
}

#[test]
fn a_protected_account_takes_three() {
    let mut world = World::new();
    let account = world.protected();
    let action = world.propose(BEN, &take_down(&world, account)).expect("he may propose");
    world.approve(ADA, action).expect("she may sign");
    assert_eq!(world.reach(account), Reach::Clear);
    world.approve(EVE, action).expect("she is the third");
    assert_eq!(world.reach(account), Reach::Unavailable);
}

#[test]
fn what_nobody_could_complete_is_refused_at_once() {
    let mut world = World::of(cast().into_iter().take(2).collect());
    let account = world.protected();
    assert_eq!(code(world.propose(ADA, &take_down(&world, account))), "nobody_could");
}

#[test]
fn an_effect_ends_at_its_moment_and_the_entry_only_tells_of_it() {
    let mut world = World::new();
    let until = world.now.plus(HOUR);
    world.propose(ADA, &Draft::over(Power::Limit, 7).until(until)).expect("a day's limit takes one");
    assert_eq!(world.reach(7), Reach::Limited);
    world.pass(HOUR - 1);
    assert_eq!(world.reach(7), Reach::Limited);
    world.pass(1);
    assert_eq!(world.reach(7), Reach::Clear);
    let size = world.entries.len();
    world.pass_and_tick(0);
    assert_eq!(world.turns_since(size), [Some(Turn::Lapsed)]);
    assert_eq!(world.reach(7), Reach::Clear);
}

#[test]
fn an_approval_counts_for_two_hours_and_not_a_moment_longer() {
    for (wait, expected) in [(2 * HOUR, Reach::Unavailable), (2 * HOUR + 1, Reach::Clear)] {
        let mut world = World::new();
        let account = world.notable();
        let action = world.propose(ADA, &take_down(&world, account)).expect("she may propose");
        world.pass(wait);
        let approved = world.approve(BEN, action);
        assert_eq!(world.reach(account), expected, "{approved:?}");
        world.pass_and_tick(1);
        assert_eq!(world.fold.case(action), None);
    }
}

#[test]
fn a_denial_stops_the_action_and_the_next_needs_one_more_and_not_the_denier() {
    let mut people = cast();
    people.push(person(DAN, &[Role::TrustLead], "trust"));
    let mut world = World::of(people);
    let account = world.notable();
    let action = world.propose(ADA, &take_down(&world, account)).expect("she may propose");
    assert_eq!(code(world.act(ADA, Verb::Deny, action)), "own_proposal");
    world.act(BEN, Verb::Deny, action).expect("he says no");
    assert_eq!(code(world.approve(EVE, action)), "not_open");

    let again = world.propose(ADA, &take_down(&world, account)).expect("she may propose again");
    assert_eq!(code(world.approve(BEN, again)), "denied_it");
    world.approve(DAN, again).expect("he is of the other team");
    assert_eq!(world.reach(account), Reach::Clear, "two are not enough after a denial");
    world.approve(EVE, again).expect("she is the third");
    assert_eq!(world.reach(account), Reach::Unavailable);
}

#[test]
fn any_one_person_cancels_and_leaves_no_mark() {
    let mut world = World::new();
    let account = world.notable();
    let action = world.propose(ADA, &take_down(&world, account)).expect("she may propose");
    world.act(EVE, Verb::Cancel, action).expect("anybody may");
    let action = world.propose(ADA, &take_down(&world, account)).expect("again");
    world.approve(BEN, action).expect("two are enough");
    assert_eq!(world.reach(account), Reach::Unavailable);
}

#[test]
fn a_second_proposal_is_told_of_the_first_which_yields_when_nobody_cared_for_half_an_hour() {
    let mut world = World::new();
    let account = world.notable();
    let first = world.propose(ADA, &take_down(&world, account)).expect("she may propose");
    let refusal = world.propose(EVE, &take_down(&world, account)).expect_err("it is open already");
    assert_eq!(refusal.code, "already_open");
    assert!(refusal.sentence.contains(&first.to_string()));
    world.pass(30 * MINUTE - 1);
    assert_eq!(code(world.propose(EVE, &take_down(&world, account))), "already_open");
    world.pass(1);
    let second = world.propose(EVE, &take_down(&world, account)).expect("the first yields");
    assert!(world.fold.is_closed(first));
    world.approve(BEN, second).expect("he may");
    assert_eq!(world.reach(account), Reach::Unavailable);
    world.replay().expect("every rule was kept");
}

#[test]
fn a_tier_that_rises_makes_what_was_signed_for_the_old_one_stale() {
    let mut world = World::new();
    let account = world.notable();
    let action = world.propose(ADA, &take_down(&world, account)).expect("she may propose");
    let size = world.entries.len();
    world.count_followers(account, 1_000_000);
    assert_eq!(world.turns_since(size), [Some(Turn::Stale)]);
    assert_eq!(code(world.approve(BEN, action)), "not_open");
    world.count_followers(account, 3);
    assert_eq!(world.fold.account(account).tier, crate::power::Tier::Protected, "tiers never fall by themselves");
}

#[test]
fn a_deployment_may_lower_the_numbers_and_never_raise_them() {
    use crate::power::Tier;
    assert_eq!(Thresholds::new(5, 50).tier(5), Tier::Notable);
    assert_eq!(Thresholds::new(u64::MAX, u64::MAX), Thresholds::default());
    for (followers, tier) in
        [(9_999, Tier::Ordinary), (10_000, Tier::Notable), (999_999, Tier::Notable), (1_000_000, Tier::Protected)]
    {
        assert_eq!(Thresholds::default().tier(followers), tier, "{followers}");
    }
    let mut world = World::new();
    let event = Event::FollowersCounted { account: 4, followers: 6, from: Thresholds::new(5, 50) };
    world.happen(&event).expect("counting is never refused");
    assert_eq!(world.fold.account(4).tier, Tier::Notable);
    world.replay().expect("lower numbers are no lie");
}

#[test]
fn whoever_lost_their_powers_drops_out_before_it_takes_effect() {
    let mut people = cast();
    people[0].ends = Some(super::world::START.plus(14 * DAY).plus(HOUR));
    let mut world = World::of(people);
    let account = world.notable();
    let action = world.propose(ADA, &take_down(&world, account)).expect("an hour is left of her powers to hide");
    world.pass(HOUR);
    world.approve(BEN, action).expect("he may sign");
    assert_eq!(world.reach(account), Reach::Clear, "her signature counts no more");
    let missing = crate::step::judge::ask(&world.fold, action, world.now).expect("it is open").missing();
    assert_eq!((missing.people, missing.can_be_completed), (1, true));
    world.approve(EVE, action).expect("she may");
    assert_eq!(world.reach(account), Reach::Unavailable);
    world.replay().expect("every rule was kept");
}

#[test]
fn restoring_takes_one_stops_what_is_open_and_makes_hiding_again_harder_for_a_day() {
    for (wait, people) in [(DAY - 1, 3), (DAY, 2)] {
        let mut world = World::new();
        let account = world.notable();
        let action = world.propose(ADA, &take_down(&world, account)).expect("she may propose");
        world.approve(BEN, action).expect("he may");
        let open = world.propose(ADA, &Draft::over(Power::Limit, account)).expect("a second one");
        let size = world.entries.len();
        world.propose(EVE, &Draft::over(Power::Restore, account)).expect("one restores");
        assert_eq!(world.turns_since(size), [None, Some(Turn::Undone), Some(Turn::Cancelled)]);
        assert_eq!(world.reach(account), Reach::Clear);
        assert!(world.fold.is_closed(open));
        world.pass(wait);
        let again = world.propose(ADA, &take_down(&world, account)).expect("again");
        world.approve(BEN, again).expect("he may");
        assert_eq!(world.reach(account) == Reach::Unavailable, people == 2, "after {wait} ms");
        if people == 3 {
            world.approve(EVE, again).expect("one more");
        }
        assert_eq!(world.reach(account), Reach::Unavailable);
    }
}

#[test]
fn undoing_takes_two_where_the_action_said_so_and_has_a_ground_for_it() {
    let mut world = World::new();
    let account = world.notable();
    let mut groundless = take_down(&world, account).undone_by_two();
    groundless.ground = "terms";
    assert_eq!(code(world.propose(ADA, &groundless)), "undo_by_one");
    let action = world.propose(ADA, &take_down(&world, account).undone_by_two()).expect("a hijack is a ground");
    world.approve(BEN, action).expect("he may");
    assert_eq!(code(world.act(ADA, Verb::Undo, action)), "undo_by_two");
    let restore = world.propose(ADA, &Draft::over(Power::Restore, account)).expect("she may propose it");
    assert_eq!(world.reach(account), Reach::Unavailable);
    world.approve(EVE, restore).expect("she is the second");
    assert_eq!(world.reach(account), Reach::Clear);
}

#[test]
fn doing_is_never_easier_than_undoing() {
    let mut world = World::new();
    let draft = Draft::over(Power::Limit, 7).until(world.now.plus(HOUR)).undone_by_two();
    let action = world.propose(ADA, &draft).expect("she may propose");
    assert_eq!(world.reach(7), Reach::Clear, "one person could not undo it, so one person cannot do it");
    world.approve(BEN, action).expect("he may");
    assert_eq!(world.reach(7), Reach::Limited);
}

#[test]
fn one_person_undoes_what_is_in_force_and_what_lay_beneath_shows_again() {
    let mut world = World::new();
    let limit = world.propose(ADA, &Draft::over(Power::Limit, 7).until(world.now.plus(6 * HOUR))).expect("one limits");
    let action = world.propose(ADA, &take_down(&world, 7)).expect("she may propose");
    world.approve(BEN, action).expect("he may");
    assert_eq!(world.reach(7), Reach::Unavailable);
    world.act(EVE, Verb::Undo, action).expect("one undoes");
    assert_eq!(world.reach(7), Reach::Limited);
    assert_eq!(world.fold.standing(7, world.now).action, Some(limit));
    assert_eq!(code(world.act(EVE, Verb::Undo, action)), "not_in_force");
    world.replay().expect("every rule was kept");
}
