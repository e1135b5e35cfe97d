//! One person in the place of several.

use kw_staff::authenticator::{Authenticator, Backup, Counting};
use kw_staff::entry::Subject;
use kw_staff::person::PersonId;
use kw_staff::power::{Power, Verb};
use kw_staff::statement::TargetKind;
use kw_staff::step::change::key_parameters;

use super::{DAY, House, Plan, code};
use crate::staff::draft::Proposal;
use crate::staff::house::party;
use crate::staff::understudy::{Understudy, about, make_passkey, sign_in};
use crate::staff::{enrol, roster};

#[tokio::test]
async fn nobody_approves_what_they_proposed() {
    let house = House::new().await;
    let paper = house.notable("paper").await;
    let taken = house.propose(&house.ines, &house.take_down(paper)).await.expect("she may propose");
    for _ in 0..2 {
        assert_eq!(code(house.approve(&house.ines, taken.action).await), "same_person");
    }
    assert!(house.is_seen(paper));
}

#[tokio::test]
async fn two_of_one_team_do_not_hide_a_notable_account() {
    let house = House::new().await;
    let paper = house.notable("paper").await;
    let taken = house.propose(&house.ines, &house.take_down(paper)).await.expect("she may propose");
    house.approve(&house.nora, taken.action).await.expect("she may sign");
    assert!(house.is_seen(paper), "both are of one team");
    house.approve(&house.milo, taken.action).await.expect("he may sign");
    assert!(!house.is_seen(paper), "and he is of another");
}

#[tokio::test]
async fn support_alone_hides_nothing() {
    let house = House::new().await;
    let ada = house.ordinary("ada").await;
    for power in [Power::TakeDown, Power::Limit] {
        // No wall: it waits for people who decide, and stays a proposal.
        house.propose(&house.sam, &house.hiding(power, ada, DAY)).await.expect("he may propose");
        assert!(house.is_seen(ada), "{power:?}");
    }
}

/// What enrols a passkey that `authenticator` has made for a person.
fn enrolment(house: &House, person: PersonId, authenticator: &Authenticator) -> Proposal {
    let party = house.world.cx.ledger().read(|log| party(log.fold())).expect("it is founded");
    let made = authenticator.create(&[7; 32], &party).check(&[7; 32], &party).expect("it was made for this");
    let key = made.into_key(person);
    let mut proposal = about(Power::KeyEnrol, super::AccountId(0), None);
    proposal.subject = Subject { kind: TargetKind::Key, id: key.id.to_string() };
    proposal.parameters = key_parameters(&key);
    proposal
}

/// A passkey of `person`, made by the link that anybody of the staff can send, in the hands of whoever follows it.
async fn passkey_by_link(house: &House, by: &Understudy, person: PersonId) -> Authenticator {
    let cx = &house.world.cx;
    let link = enrol::invite(cx, &by.member, person).await.expect("anybody may send one");
    let authenticator = Authenticator::from_seed(&cx.random_bytes(), Backup::DeviceBound, Counting::Never);
    make_passkey(cx, &link, &authenticator).await.expect("the link works");
    authenticator
}

#[tokio::test]
async fn two_keys_of_one_person_are_one_person() {
    let house = House::new().await;
    let cx = &house.world.cx;
    let paper = house.notable("paper").await;
    let ines = house.ines.member.person;
    let second = passkey_by_link(&house, &house.ines, ines).await;
    let enrolment = enrolment(&house, ines, &second);
    let taken = house.propose(&house.milo, &enrolment).await.expect("a colleague proposes it");
    house.approve(&house.lena, taken.action).await.expect("she agrees");
    house.approve(&house.nora, taken.action).await.expect("a third agrees");
    house.pass(DAY);
    house.milo.step(cx, taken.action, Verb::Fire).await.expect("the day is over");
    let again = sign_in(cx, second).await.expect("the second key is as good as the first");

    let taken = house.propose(&house.ines, &house.take_down(paper)).await.expect("she may propose");
    assert_eq!(code(house.approve(&again, taken.action).await), "same_person");
    assert!(house.is_seen(paper));
    house.is_explained().await;
}

#[tokio::test]
async fn a_passkey_made_in_a_colleagues_name_has_no_power() {
    let house = House::new().await;
    let cx = &house.world.cx;
    let milo = house.milo.member.person;
    let stolen = passkey_by_link(&house, &house.ines, milo).await;
    let waiting = roster::load(cx, milo).await.expect("he is there").waiting;
    assert_eq!(waiting.len(), 1, "his colleagues see that it waits");
    let taken = house.propose(&house.ines, &enrolment(&house, milo, &stolen)).await.expect("she may propose it");
    assert_eq!(code(house.approve(&house.ines, taken.action).await), "same_person");
    house.pass(2 * DAY);
    assert_eq!(code(house.ines.step(cx, taken.action, Verb::Fire).await), "not_complete");
    assert_eq!(code(sign_in(cx, stolen).await), "passkey_refused");
}

#[tokio::test]
async fn one_human_is_not_taken_on_twice() {
    let house = House::new().await;
    let cx = &house.world.cx;
    let (subject, tag, pseudonym) = roster::next(cx, "  ines RAU ");
    let known = cx.ledger().read(|log| log.fold().member(house.ines.member.person).expect("she is there").person.tag);
    assert_eq!(tag, known, "the same human, however the name is typed");
    let mut proposal = about(Power::RosterWiden, super::AccountId(0), None);
    proposal.subject = subject;
    let now = cx.now().0.to_string();
    let said = [("ends", ""), ("pseudonym", &pseudonym), ("roles", "moderator"), ("starts", &now), ("team", "night")];
    proposal.parameters = said.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    proposal.parameters.insert("tag".to_owned(), kw_staff::hex::encode(&tag));
    assert_eq!(code(house.propose(&house.ines, &proposal).await), "here_already");
}

#[tokio::test]
async fn a_protected_account_takes_three_of_two_teams_and_a_leads_fixed_key() {
    for lead in [Backup::Eligible, Backup::DeviceBound] {
        let house = House::with(Plan { lead, ..Plan::USUAL }).await;
        let president = house.protected("president").await;
        let proposed = house.propose(&house.ines, &house.take_down(president)).await;
        if lead == Backup::Eligible {
            assert_eq!(code(proposed), "nobody_could", "no lead here has a key that stays on its device");
            assert!(house.is_seen(president));
            continue;
        }
        let action = proposed.expect("she may propose").action;
        house.approve(&house.milo, action).await.expect("he may sign");
        assert!(house.is_seen(president), "two are not enough");
        house.approve(&house.sam, action).await.expect("support may sign");
        assert!(house.is_seen(president), "and does not count");
        house.approve(&house.lena, action).await.expect("she may sign");
        assert!(!house.is_seen(president), "three, with the lead");
        house.is_explained().await;
    }
}
