//! The last day, and what lies before and after it.

use kw_staff::power::Power;

use super::{DAY, HOUR, House, MINUTE, Plan, change, code};
use crate::failure::Failure;
use crate::staff::understudy::about;
use crate::staff::{attempt, draft};

/// Somebody's last day: Ines's and Sam's.
const LAST_DAY: Plan = Plan { ends_in: [Some(8 * HOUR), Some(8 * HOUR)], ..Plan::USUAL };

#[tokio::test]
async fn on_the_last_day_a_protected_account_stays_and_the_attempt_is_on_record() {
    let house = House::with(LAST_DAY).await;
    let president = house.protected("president").await;
    for insider in [&house.ines, &house.sam] {
        let size = house.size();
        assert_eq!(code(house.propose(insider, &house.take_down(president)).await), "leaving");
        assert_eq!(house.size(), size + 1, "the attempt is an entry");
        assert_eq!(house.newest_refusal().await, Some(("leaving".to_owned(), insider.member.key)));
        assert!(house.is_seen(president));
    }
    house.is_explained().await;
}

#[tokio::test]
async fn on_the_last_day_no_power_over_any_account_hides_it() {
    let house = House::with(LAST_DAY).await;
    for account in [house.ordinary("ada").await, house.notable("paper").await, house.protected("president").await] {
        for power in [Power::TakeDown, Power::Limit, Power::BreakGlass] {
            let proposal = house.hiding(power, account, 10 * MINUTE);
            assert_eq!(code(house.propose(&house.ines, &proposal).await), "leaving", "{power:?}");
        }
        assert!(house.is_seen(account));
    }
}

#[tokio::test]
async fn what_the_desk_refuses_before_anybody_signs_is_on_record_all_the_same() {
    let house = House::with(LAST_DAY).await;
    let (cx, ines) = (&house.world.cx, &house.ines.member);
    let accounts =
        [(house.ordinary("ada").await, 0), (house.notable("paper").await, 1), (house.protected("mayor").await, 1)];
    for (account, entries) in accounts {
        let (size, proposal) = (house.size(), house.take_down(account));
        let refused = draft::propose(cx, ines, &proposal).await;
        let Err(Failure::Refused(refusal)) = refused else { panic!("it is refused: {refused:?}") };
        for _ in 0..3 {
            let entry =
                attempt::record(cx, ines, (proposal.power, &proposal.subject), &refusal).await.expect("it writes");
            assert_eq!(entry, (entries > 0).then_some(size), "once an hour");
        }
        assert_eq!(house.size(), size + entries);
        let told = attempt::about(cx, &proposal.subject).await.expect("it reads");
        assert_eq!(told.first().and_then(|tried| tried.person), (entries > 0).then_some(ines.person));
    }
    // Whoever signs all the same is on record with the signature, and not twice.
    let signed = house.take_down(house.notable("press").await);
    let size = house.size();
    let Err(Failure::Refused(refusal)) = house.propose(&house.ines, &signed).await else { panic!("it is refused") };
    let entry = attempt::record(cx, ines, (signed.power, &signed.subject), &refusal).await.expect("it reads");
    assert_eq!((entry, house.size()), (Some(size), size + 1));
    house.is_explained().await;
}

#[tokio::test]
async fn from_the_second_on_at_which_employment_ends_nothing_is_signed_any_more() {
    let house = House::with(LAST_DAY).await;
    let paper = house.notable("paper").await;
    let taken = house.propose(&house.milo, &house.take_down(paper)).await.expect("he may propose");
    house.approve(&house.lena, taken.action).await.expect("she may approve");
    house.pass(8 * HOUR);
    let restore = about(Power::Restore, paper, None);
    assert_eq!(code(house.propose(&house.ines, &restore).await), "powers_ended", "not even bringing back");
    assert_eq!(house.newest_refusal().await, Some(("powers_ended".to_owned(), house.ines.member.key)));
}

#[tokio::test]
async fn an_approval_counts_no_more_once_its_signer_is_about_to_leave() {
    let plan = Plan { ends_in: [Some(14 * DAY + HOUR), None], ..Plan::USUAL };
    let house = House::with(plan).await;
    let paper = house.notable("paper").await;
    let taken = house.propose(&house.ines, &house.take_down(paper)).await.expect("an hour is left to her");
    house.pass(HOUR);
    house.approve(&house.milo, taken.action).await.expect("he may sign");
    assert!(house.is_seen(paper), "her signature has dropped out, so his is the only one");
    house.approve(&house.lena, taken.action).await.expect("she may sign");
    assert!(!house.is_seen(paper), "two who count");
    house.is_explained().await;
}

#[tokio::test]
async fn an_approver_who_was_removed_in_between_drops_out() {
    let house = House::new().await;
    let president = house.protected("president").await;
    let taken = house.propose(&house.ines, &house.take_down(president)).await.expect("she may propose");
    house.approve(&house.milo, taken.action).await.expect("he may sign");
    house.pass(MINUTE);
    let ends = house.world.cx.now().0.to_string();
    let removal = change(Power::RosterNarrow, house.ines.member.person, "ends", &ends);
    let removal = house.propose(&house.lena, &removal).await.expect("she may propose");
    house.approve(&house.milo, removal.action).await.expect("two end somebody at once");
    house.approve(&house.lena, taken.action).await.expect("she is the third to sign");
    assert!(house.is_seen(president), "and only the second who counts");
    assert_eq!(code(house.propose(&house.ines, &house.take_down(president)).await), "powers_ended");
    house.is_explained().await;
}
