//! Staff through the use cases: founding, proposing, approving, bringing back; and what of it is seen elsewhere.

use kw_domain::account::Reach;
use kw_domain::id::AccountId;
use kw_domain::time::Millis;
use kw_staff::authenticator::Backup;
use kw_staff::person::Role;
use kw_staff::power::{Power, Verb};

use super::world::World;
use crate::failure::Failure;
use crate::staff::understudy::{Part, Understudy, about, found};
use crate::viewer::find_standing;

const DAY: u64 = Millis::DAY;

fn part<'a>(name: &'a str, roles: &'a [Role], team: &'a str) -> Part<'a> {
    Part { name, roles, team, ends: None, backup: Backup::DeviceBound }
}

/// A team of four: two moderators of two teams, a lead, and somebody of support.
async fn team(world: &World) -> Vec<Understudy> {
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

async fn reach(world: &World, account: AccountId) -> Reach {
    find_standing(&world.cx, account).await.expect("the store answers").reach_at(world.cx.now())
}

#[tokio::test]
async fn one_person_alone_hides_an_ordinary_account_for_a_day_and_brings_it_back() {
    let world = World::new().await;
    let ada = world.member("ada").await.account;
    let solo = found(&world.cx, &[part("Ola", &[Role::TrustLead, Role::Moderator], "one")]).await.expect("first");
    let until = world.cx.now().plus_ms(DAY);

    let taken = solo[0].propose(&world.cx, &about(Power::TakeDown, ada, Some(until))).await.expect("solo may");
    assert_eq!(reach(&world, ada).await, Reach::Unavailable { until: Some(until) }, "{taken:?}");

    solo[0].propose(&world.cx, &about(Power::Restore, ada, None)).await.expect("one brings back");
    assert_eq!(reach(&world, ada).await, Reach::Clear);
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
    assert_eq!(reach(&world, ada).await, Reach::Clear, "one is not enough");
    assert_eq!(code_of(staff[0].step(&world.cx, taken.action, Verb::Approve).await), "same_person");
    staff[1].step(&world.cx, taken.action, Verb::Approve).await.expect("of another team");
    assert_eq!(reach(&world, ada).await, Reach::Unavailable { until: Some(until) });

    staff[3].propose(&world.cx, &about(Power::Restore, ada, None)).await.expect("one brings back");
    assert_eq!(reach(&world, ada).await, Reach::Clear);
}
