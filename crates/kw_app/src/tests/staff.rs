//! Staff through the use cases: founding, proposing, approving, bringing back; and what of it is seen elsewhere.

use kw_domain::account::Reach;
use kw_domain::id::AccountId;
use kw_domain::time::Millis;
use kw_staff::authenticator::Backup;
use kw_staff::entry::{Choice, Record, Subject};
use kw_staff::person::Role;
use kw_staff::power::{Label, Power, Verb};

use super::world::{PASSWORD, World};
use crate::account::{deactivate, erase_due};
use crate::authority::{Authority, Job};
use crate::buckets::Window;
use crate::failure::Failure;
use crate::families::NOTIFICATION;
use crate::ledger::read::load;
use crate::staff::tell_owner;
use crate::staff::understudy::{Part, Understudy, about, found};
use crate::viewer::find_standing;

const DAY: u64 = Millis::DAY;

fn part<'a>(name: &'a str, roles: &'a [Role], team: &'a str) -> Part<'a> {
    Part { name, roles, team, ends: None, backup: Backup::DeviceBound }
}

/// A team of four: two moderators of two teams, a lead, and somebody of support.
pub async fn team(world: &World) -> Vec<Understudy> {
    let parts = [
        part("Ines Rau", &[Role::Moderator], "day"),
        part("Milo Kern", &[Role::Moderator], "night"),
        part("Lena Ohm", &[Role::TrustLead], "trust"),
        part("Sam Vik", &[Role::Support], "night"),
    ];
    found(&world.cx, &parts).await.expect("nobody has founded before")
}

fn code_of(outcome: Result<impl std::fmt::Debug, Failure>) -> &'static str {
    match outcome {
        Err(Failure::Refused(refusal)) => refusal.code,
        other => panic!("refused is expected: {other:?}"),
    }
}

fn reach(world: &World, account: AccountId) -> Reach {
    find_standing(&world.cx, account).reach_at(world.cx.now())
}

#[tokio::test]
async fn one_person_alone_hides_an_ordinary_account_for_a_day_and_brings_it_back() {
    let world = World::new().await;
    let ada = world.member("ada").await.account;
    let solo = found(&world.cx, &[part("Ola", &[Role::TrustLead, Role::Moderator], "one")]).await.expect("first");
    let until = world.cx.now().plus_ms(DAY);

    let taken = solo[0].propose(&world.cx, &about(Power::TakeDown, ada, Some(until))).await.expect("solo may");
    assert_eq!(reach(&world, ada), Reach::Unavailable { until: Some(until) }, "{taken:?}");

    solo[0].propose(&world.cx, &about(Power::Restore, ada, None)).await.expect("one brings back");
    assert_eq!(reach(&world, ada), Reach::Clear);
}

#[tokio::test]
async fn a_notable_account_takes_two_people_of_two_teams_and_one_to_bring_back() {
    let world = World::new().await;
    let ada = world.member("ada").await.account;
    let staff = team(&world).await;
    let mut label = about(Power::LabelAdd, ada, None);
    label.parameters.insert("label".to_owned(), "press".to_owned());
    let labelled = staff[0].propose(&world.cx, &label).await.expect("may be proposed");
    assert_eq!(labelled.appended.entries.len(), 3, "the step, the label, and the tier that rises with it");

    let until = world.cx.now().plus_ms(DAY);
    let taken = staff[0].propose(&world.cx, &about(Power::TakeDown, ada, Some(until))).await.expect("may be proposed");
    assert_eq!(reach(&world, ada), Reach::Clear, "one is not enough");
    assert_eq!(code_of(staff[0].step(&world.cx, taken.action, Verb::Approve).await), "same_person");
    staff[1].step(&world.cx, taken.action, Verb::Approve).await.expect("of another team");
    assert_eq!(reach(&world, ada), Reach::Unavailable { until: Some(until) });

    staff[3].propose(&world.cx, &about(Power::Restore, ada, None)).await.expect("one brings back");
    assert_eq!(reach(&world, ada), Reach::Clear);
}

/// The kinds of what an account is told, newest first.
async fn told(world: &World, account: AccountId) -> Vec<String> {
    let rows = NOTIFICATION.page(&world.cx, account, &Window::newest(10)).await.expect("the store answers");
    rows.into_iter().map(|row| row.value.kind).collect()
}

#[tokio::test]
async fn an_owner_is_told_once_and_whoever_was_not_told_is_told_at_the_next_start() {
    let world = World::new().await;
    let ada = world.member("ada").await.account;
    let solo = found(&world.cx, &[part("Ola", &[Role::TrustLead, Role::Moderator], "one")]).await.expect("first");
    let until = world.cx.now().plus_ms(DAY);
    solo[0].propose(&world.cx, &about(Power::TakeDown, ada, Some(until))).await.expect("solo may");
    assert_eq!(told(&world, ada).await, ["moderation_warning"]);
    tell_owner::catch_up(&world.cx).await.expect("the store answers");
    assert_eq!(told(&world, ada).await, ["moderation_warning"], "telling again changes nothing");

    // As after a stop between the decision and telling of it.
    let rows = NOTIFICATION.page(&world.cx, ada, &Window::newest(10)).await.expect("the store answers");
    let mut draft = world.cx.draft(&Authority::system(Job::Housekeeping));
    NOTIFICATION.ensure_gone(&world.cx, &mut draft, ada, &rows[0].key).await.expect("it has a place");
    world.cx.perform(draft).await.expect("the store answers");
    world.restart(|_| {}).await.expect("it starts");
    assert_eq!(told(&world, ada).await, ["moderation_warning"]);
    world.clock.advance_millis(1);

    solo[0].propose(&world.cx, &about(Power::Restore, ada, None)).await.expect("one brings back");
    assert_eq!(told(&world, ada).await, ["decision", "moderation_warning"]);
}

#[tokio::test]
async fn what_is_over_for_longer_than_notifications_are_kept_is_not_told_again() {
    let world = World::new().await;
    let ada = world.member("ada").await.account;
    let staff = team(&world).await;
    let taken = staff[0].propose(&world.cx, &about(Power::TakeDown, ada, None)).await.expect("may be proposed");
    staff[1].step(&world.cx, taken.action, Verb::Approve).await.expect("of another team");
    world.clock.advance_millis(91 * DAY);
    assert_eq!(told(&world, ada).await, [""; 0], "it is kept for 90 days");
    tell_owner::catch_up(&world.cx).await.expect("the store answers");
    assert_eq!(told(&world, ada).await, [""; 0]);
}

/// What entries about an account say that its owner chose, oldest first.
async fn chosen(world: &World, account: AccountId) -> Vec<Choice> {
    let about = world.cx.ledger().read(|log| log.about(&Subject::account(account.0)).to_vec());
    let entries = load(&world.cx, &about).await.expect("they can be read");
    let choices = entries.iter().filter_map(|placed| match &placed.entry.record {
        Record::OwnerState(state) => Some(state.choice),
        _ => None,
    });
    choices.collect()
}

#[tokio::test]
async fn what_the_owner_of_a_notable_account_chooses_is_an_entry_and_what_others_choose_is_not() {
    let world = World::new().await;
    let staff = team(&world).await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let mut label = about(Power::LabelAdd, ada.account, None);
    label.parameters = [("label".to_owned(), Label::Press.word().to_owned())].into();
    staff[0].propose(&world.cx, &label).await.expect("protecting takes one");
    let until = Some(world.cx.now().plus_ms(DAY));
    let open = staff[0].propose(&world.cx, &about(Power::TakeDown, ada.account, until)).await.expect("she may propose");

    for member in [&ada, &ben] {
        deactivate(&world.cx, member, PASSWORD).await.expect("the password");
        deactivate(&world.cx, member, PASSWORD).await.expect("and twice");
    }
    assert_eq!(chosen(&world, ada.account).await, [Choice::Deactivated]);
    assert_eq!(chosen(&world, ben.account).await, []);
    world.clock.advance_millis(30 * DAY);
    erase_due(&world.cx).await.expect("the store answers");
    assert_eq!(chosen(&world, ada.account).await, [Choice::Deactivated, Choice::Deleted]);
    assert!(world.cx.ledger().read(|log| log.fold().case(open.action).is_none()), "nothing about it is open any more");
}
