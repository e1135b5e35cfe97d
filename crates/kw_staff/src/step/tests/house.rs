//! Changes of roster, keys and policy.

use super::world::{ADA, BEN, DAN, DAY, Draft, EVE, World, cast, code, key, person};
use crate::entry::Subject;
use crate::fold::Reach;
use crate::person::{PersonId, Role};
use crate::policy::Policy;
use crate::policy::question::Mode;
use crate::power::{Power, Verb};
use crate::statement::TargetKind;
use crate::step::change;

fn joining(id: PersonId) -> Draft {
    let mut draft = Draft::of(Power::RosterWiden, Subject::person(id)).after(DAY);
    draft.effect.parameters = change::person_parameters(&person(id, &[Role::Moderator], "trust"));
    draft
}

fn enrolling(id: PersonId, number: u8) -> Draft {
    let key = key(id, number);
    let mut draft = Draft::of(Power::KeyEnrol, Subject { kind: TargetKind::Key, id: key.id.to_string() }).after(DAY);
    draft.effect.parameters = change::key_parameters(&key);
    draft
}

fn changed(id: PersonId, power: Power, name: &str, value: &str) -> Draft {
    Draft::of(power, Subject::person(id)).with(name, value)
}

fn complete(world: &mut World, draft: &Draft, people: &[PersonId]) -> crate::statement::ActionId {
    let action = world.propose(people[0], draft).expect("the first may");
    for person in &people[1..] {
        world.approve(*person, action).expect("the others may");
    }
    action
}

/// Takes Dan on, with a key.
fn with_dan(world: &mut World) {
    let joining = complete(world, &joining(DAN), &[ADA, BEN]);
    world.pass_and_tick(DAY);
    world.act(BEN, Verb::Fire, joining).expect("the day is over");
    let enrolling = complete(world, &enrolling(DAN, 0), &[ADA, BEN]);
    world.pass_and_tick(DAY);
    world.act(BEN, Verb::Fire, enrolling).expect("the day is over");
}

#[test]
fn somebody_joins_with_a_key_after_a_day_each_and_on_the_first_day_one_more_signs() {
    let mut world = World::new();
    let account = world.notable();
    with_dan(&mut world);
    assert_eq!(world.fold.live(world.now).count(), 4);
    let draft = Draft::over(Power::Limit, account);
    let action = complete(&mut world, &draft, &[ADA, DAN]);
    assert_eq!(world.reach(account), Reach::Limited, "his first day in the roster is over");
    world.act(EVE, Verb::Undo, action).expect("one undoes");

    let mut newcomer = joining(PersonId(5));
    newcomer.effect.parameters.insert("starts".to_owned(), world.now.plus(DAY).to_string());
    let joining = complete(&mut world, &newcomer, &[ADA, BEN, DAN]);
    world.pass_and_tick(DAY);
    world.act(BEN, Verb::Fire, joining).expect("the day is over");
    let enrolled = complete(&mut world, &enrolling(PersonId(5), 0), &[ADA, BEN, DAN]);
    world.pass_and_tick(DAY - 1);
    assert_eq!(code(world.act(BEN, Verb::Fire, enrolled)), "too_soon");
    world.replay().expect("every rule was kept");
}

#[test]
fn on_somebodys_first_day_one_more_person_signs() {
    let mut world = World::new();
    let mut draft = joining(DAN);
    draft.effect.parameters.insert("starts".to_owned(), world.now.plus(2 * DAY).to_string());
    let joining = complete(&mut world, &draft, &[ADA, BEN]);
    world.pass_and_tick(DAY);
    world.act(BEN, Verb::Fire, joining).expect("the day is over");
    let enrolled = complete(&mut world, &enrolling(DAN, 0), &[ADA, BEN]);
    world.pass_and_tick(DAY);
    world.act(BEN, Verb::Fire, enrolled).expect("the day is over");
    let limit = |world: &World, account| Draft::over(Power::Limit, account).until(world.now.plus(DAY));
    world.propose(DAN, &limit(&world, 7)).expect("he may propose");
    assert_eq!(world.reach(7), Reach::Clear, "not alone on the first day");
    world.pass(DAY);
    world.propose(DAN, &limit(&world, 8)).expect("he may");
    assert_eq!(world.reach(8), Reach::Limited, "alone from the second");
}

#[test]
fn nobody_gives_themselves_more() {
    let mut world = World::new();
    let draft = changed(ADA, Power::RosterWiden, "roles", "moderator,trust_lead").after(DAY);
    assert_eq!(code(world.propose(ADA, &draft)), "about_yourself");
    let action = complete(&mut world, &draft, &[EVE, BEN]);
    assert_eq!(code(world.act(ADA, Verb::Fire, action)), "too_soon");
    world.pass(DAY);
    assert_eq!(code(world.act(ADA, Verb::Fire, action)), "about_yourself");
    world.act(EVE, Verb::Fire, action).expect("others may");
    assert!(world.fold.member(ADA).expect("she is there").person.roles.contains(&Role::TrustLead));
    assert_eq!(code(world.propose(EVE, &enrolling(EVE, 1))), "about_yourself");
}

#[test]
fn ending_somebody_is_done_at_once_by_two_and_not_stopped_by_whom_it_is_about() {
    let mut world = World::new();
    let ends = world.now.to_string();
    let draft = changed(EVE, Power::RosterNarrow, "ends", &ends);
    let action = world.propose(ADA, &draft).expect("she may propose");
    assert_eq!(code(world.act(EVE, Verb::Cancel, action)), "about_yourself");
    assert_eq!(code(world.act(EVE, Verb::Deny, action)), "about_yourself");
    world.approve(BEN, action).expect("he may");
    assert_eq!(world.fold.mode(world.now), Mode::Pair);
    assert_eq!(code(world.propose(EVE, &Draft::over(Power::Limit, 7))), "powers_ended");
    let draft = changed(BEN, Power::RosterNarrow, "ends", &ends);
    assert_eq!(code(world.propose(ADA, &draft)), "too_few_left");
    world.replay().expect("every rule was kept");
}

#[test]
fn taking_away_that_gives_and_giving_that_takes_away_are_refused() {
    let mut world = World::new();
    let more = changed(ADA, Power::RosterNarrow, "roles", "moderator,security");
    assert_eq!(code(world.propose(BEN, &more)), "widens");
    let less = changed(EVE, Power::RosterWiden, "roles", "moderator").after(DAY);
    assert_eq!(code(world.propose(BEN, &less)), "narrows");
    let team = changed(ADA, Power::RosterNarrow, "team", "trust");
    assert_eq!(code(world.propose(BEN, &team)), "widens");
}

#[test]
fn one_human_is_in_the_roster_once_and_a_key_is_one_persons_for_ever() {
    let mut world = World::new();
    let mut twin = joining(DAN);
    twin.effect.parameters.insert("tag".to_owned(), crate::hex::encode(&[1; 32]));
    assert_eq!(code(world.propose(BEN, &twin)), "here_already");
    let second = complete(&mut world, &enrolling(ADA, 1), &[BEN, EVE]);
    world.pass(DAY);
    world.act(BEN, Verb::Fire, second).expect("the day is over");
    let old = key(ADA, 0).id.to_string();
    let end = Draft::of(Power::KeyEnd, Subject { kind: TargetKind::Key, id: old }).with("person", "1");
    complete(&mut world, &end, &[BEN, EVE]);
    assert_eq!(code(world.propose(BEN, &enrolling(ADA, 0))), "known_key");
    assert_eq!(code(world.propose(ADA, &Draft::over(Power::Limit, 7))), "key_ended");
}

#[test]
fn a_new_policy_waits_a_day_is_signed_by_its_hash_and_makes_what_is_open_stale() {
    let mut world = World::new();
    let account = world.notable();
    let text = format!("{}\n// Shorter.\n", Policy::default_text());
    let id = kw_ledger::Hash::of(&[text.as_bytes()]).to_string();
    let mut draft = Draft::of(Power::Policy, Subject { kind: TargetKind::Policy, id }).after(DAY);
    draft.document = Some(format!("{text} "));
    assert_eq!(code(world.propose(ADA, &draft)), "other_policy");
    draft.document = Some(text.clone());
    let action = complete(&mut world, &draft, &[ADA, BEN]);
    world.pass(DAY);
    let open = world.propose(ADA, &Draft::over(Power::Limit, account)).expect("under the old policy");
    world.act(EVE, Verb::Fire, action).expect("the day is over");
    assert_eq!(world.fold.house().expect("it is founded").policy_text, text);
    assert!(world.fold.is_closed(open));
    world.replay().expect("every rule was kept");
}

/// A proposal of a policy with this text.
fn another_policy(text: &str) -> Draft {
    let id = kw_ledger::Hash::of(&[text.as_bytes()]).to_string();
    let mut draft = Draft::of(Power::Policy, Subject { kind: TargetKind::Policy, id }).after(DAY);
    draft.document = Some(text.to_owned());
    draft
}

#[test]
fn a_policy_that_nobody_could_ever_replace_is_refused() {
    let mut world = World::new();
    for text in [
        "",
        "permit (principal, action == Action::\"take_down\", resource);",
        "permit (principal, action, resource) when { context has third && context.third.auditor };",
    ] {
        assert_eq!(code(world.propose(ADA, &another_policy(text))), "policy_for_ever", "{text}");
    }
    let three = another_policy("permit (principal, action, resource) when { context has third };");
    let action = world.propose(ADA, &three).expect("three are here");
    world.act(ADA, Verb::Cancel, action).expect("she may");
    // With two people left, three would be for ever out of reach.
    let ends = world.now.to_string();
    complete(&mut world, &changed(EVE, Power::RosterNarrow, "ends", &ends), &[ADA, BEN]);
    assert_eq!(code(world.propose(ADA, &three)), "policy_for_ever");
}

#[test]
fn a_stalled_house_only_brings_back_steps_up_and_cancels() {
    let mut people: Vec<_> = cast().into_iter().take(2).collect();
    people[1].ends = Some(super::world::START.plus(DAY));
    let mut world = World::of(people);
    let long = Draft::over(Power::Limit, 7).until(world.now.plus(2 * DAY));
    assert_eq!(code(world.propose(ADA, &long)), "nobody_could", "Ben is leaving, and two days take two");
    world.propose(ADA, &Draft::over(Power::Limit, 8).until(world.now.plus(DAY))).expect("a day takes one");
    world.pass(DAY - 1);
    assert_eq!(world.fold.mode(world.now), Mode::Pair);
    world.propose(ADA, &Draft::over(Power::Restore, 8)).expect("one restores");
    world.propose(ADA, &Draft::over(Power::Limit, 10).until(world.now.plus(DAY))).expect("a day takes one");
    world.pass(1);
    assert_eq!(world.fold.mode(world.now), Mode::Stalled);
    world.propose(ADA, &Draft::over(Power::Restore, 10)).expect("bringing back is possible");
    assert_eq!(code(world.propose(ADA, &Draft::over(Power::Limit, 9).until(world.now.plus(DAY)))), "stalled");
    world.propose(ADA, &Draft::over(Power::StepUp, 9).until(world.now.plus(60_000))).expect("stepping up is possible");
}
