//! Changing first who decides, or how: roles, dates, colleagues, tiers, labels, the policy.

use kw_ledger::Hash;
use kw_staff::entry::Subject;
use kw_staff::power::{Power, Tier, Verb};
use kw_staff::statement::TargetKind;
use kw_staff::step::{Event, Thresholds};

use super::{AccountId, DAY, House, Plan, change, code};
use crate::ledger::append::{append, tick};
use crate::staff::draft::Proposal;
use crate::staff::house::moment;
use crate::staff::understudy::about;

/// What lets one person do everything, as far as a policy can.
const PERMIT_ALL: &str = "permit (principal, action, resource);\n";

fn policy(text: &str) -> Proposal {
    let mut proposal = about(Power::Policy, AccountId(0), None);
    let id = Hash::of(&[text.as_bytes()]).to_string();
    proposal.subject = Subject { kind: TargetKind::Policy, id };
    proposal.document = Some(text.to_owned());
    proposal
}

/// Proposed by Ines, and nobody else agrees for a month: nothing comes of it.
async fn comes_to_nothing(house: &House, proposal: &Proposal) {
    let taken = house.propose(&house.ines, proposal).await.expect("she may propose");
    for _ in 0..31 {
        assert!(house.ines.step(&house.world.cx, taken.action, Verb::Fire).await.is_err());
        house.pass(DAY);
        tick(&house.world.cx).await.expect("time passes");
    }
    let is_done = house.world.cx.ledger().read(|log| log.fold().force(taken.action).is_some());
    assert!(!is_done);
}

#[tokio::test]
async fn nobody_gives_themselves_a_role() {
    let house = House::new().await;
    let own = change(Power::RosterWiden, house.ines.member.person, "roles", "moderator,trust_lead");
    assert_eq!(code(house.propose(&house.ines, &own).await), "about_yourself");
}

#[tokio::test]
async fn nobody_moves_their_own_last_day() {
    let house = House::with(Plan { ends_in: [Some(20 * DAY), None], ..Plan::USUAL }).await;
    let later = house.world.cx.now().plus_ms(365 * DAY).0.to_string();
    let own = change(Power::RosterWiden, house.ines.member.person, "ends", &later);
    assert_eq!(code(house.propose(&house.ines, &own).await), "about_yourself");
}

#[tokio::test]
async fn one_person_gives_no_accomplice_a_role() {
    let house = House::new().await;
    let sam = house.sam.member.person;
    comes_to_nothing(&house, &change(Power::RosterWiden, sam, "roles", "moderator,support")).await;
    let roles = house.world.cx.ledger().read(|log| log.fold().member(sam).expect("he is there").person.roles.len());
    assert_eq!(roles, 1);
}

#[tokio::test]
async fn one_person_removes_no_colleague() {
    let house = House::new().await;
    let lena = house.lena.member.person;
    house.pass(DAY);
    let ends = house.world.cx.now().0.to_string();
    comes_to_nothing(&house, &change(Power::RosterNarrow, lena, "ends", &ends)).await;
    let now = moment(house.world.cx.now());
    let is_there = house.world.cx.ledger().read(|log| log.fold().live(now).any(|member| member.person.id == lena));
    assert!(is_there);
}

#[tokio::test]
async fn one_person_lowers_no_tier_and_takes_no_label() {
    let house = House::new().await;
    let president = house.protected("president").await;
    let mut lower = about(Power::TierDown, president, None);
    lower.parameters.insert("tier".to_owned(), "ordinary".to_owned());
    comes_to_nothing(&house, &lower).await;
    assert_eq!(house.tier(president), Tier::Protected);

    let paper = house.ordinary("paper").await;
    let mut label = about(Power::LabelAdd, paper, None);
    label.parameters.insert("label".to_owned(), "press".to_owned());
    house.propose(&house.milo, &label).await.expect("protecting takes one");
    let unlabel = Proposal { power: Power::LabelRemove, ..label };
    comes_to_nothing(&house, &unlabel).await;
    assert_eq!(house.tier(paper), Tier::Notable);
}

#[tokio::test]
async fn neither_lost_followers_nor_a_high_threshold_lower_a_tier() {
    let house = House::new().await;
    let president = house.protected("president").await;
    house.count_followers(president, 3).await;
    let event =
        Event::FollowersCounted { account: president.0, followers: 3, from: Thresholds::new(u64::MAX, u64::MAX) };
    append(&house.world.cx, |_| Ok(event.clone())).await.expect("counting is never refused");
    assert_eq!(house.tier(president), Tier::Protected);
    let other = house.ordinary("ada").await;
    let event = Event::FollowersCounted {
        account: other.0,
        followers: Thresholds::PROTECTED_MAX,
        from: Thresholds::new(u64::MAX, u64::MAX),
    };
    append(&house.world.cx, |_| Ok(event.clone())).await.expect("counting is never refused");
    assert_eq!(house.tier(other), Tier::Protected, "no setting raises the number");
}

#[tokio::test]
async fn one_person_puts_no_other_policy_in_force() {
    let house = House::new().await;
    let hash = |house: &House| house.world.cx.ledger().read(|log| log.fold().house().expect("founded").policy_hash);
    let before = hash(&house);
    comes_to_nothing(&house, &policy(PERMIT_ALL)).await;
    assert_eq!(hash(&house), before);
}

#[tokio::test]
async fn under_the_laxest_policy_the_floor_still_asks_for_others() {
    let house = House::new().await;
    let (paper, president) = (house.notable("paper").await, house.protected("president").await);
    let open = house.propose(&house.ines, &house.take_down(paper)).await.expect("she may propose");
    let taken = house.propose(&house.ines, &policy(PERMIT_ALL)).await.expect("she may propose");
    house.approve(&house.milo, taken.action).await.expect("he is persuaded");
    house.approve(&house.lena, taken.action).await.expect("she is persuaded");
    house.pass(DAY);
    house.ines.step(&house.world.cx, taken.action, Verb::Fire).await.expect("the day is over");
    assert_eq!(code(house.approve(&house.milo, open.action).await), "not_open", "signed under the old policy");

    for account in [paper, president] {
        house.propose(&house.ines, &house.take_down(account)).await.expect("she may propose");
        assert!(house.is_seen(account), "she is alone all the same");
    }
    house.is_explained().await;
}

#[tokio::test]
async fn nobody_founds_the_staff_a_second_time() {
    let house = House::new().await;
    assert_eq!(code(crate::staff::found::begin(&house.world.cx).await), "founded");
}
