//! What one person may do alone, and where it ends.

use kw_domain::handle::Handle;
use kw_domain::id::AccountId;
use kw_staff::power::{Power, Verb};

use super::{DAY, HOUR, House, MINUTE, code};
use crate::account::{find, find_id};
use crate::staff::draft::Proposal;
use crate::staff::rename;
use crate::staff::understudy::about;

#[tokio::test]
async fn break_glass_ends_by_itself_after_fifteen_minutes() {
    let house = House::new().await;
    let account = house.ordinary("ada").await;
    let taken = house.propose(&house.ines, &house.hiding(Power::BreakGlass, account, 12 * HOUR)).await;
    let taken = taken.expect("one may, for minutes");
    assert!(!house.is_seen(account));
    let confirmed = house.ines.step(&house.world.cx, taken.action, Verb::Confirm).await;
    assert_eq!(code(confirmed), "same_person");
    house.pass(15 * MINUTE - 1);
    assert!(!house.is_seen(account));
    house.pass(1);
    assert!(house.is_seen(account), "with nobody doing anything");
}

#[tokio::test]
async fn break_glass_is_spent_for_a_day_whoever_asks() {
    let house = House::new().await;
    let account = house.ordinary("ada").await;
    let glass = || house.hiding(Power::BreakGlass, account, 15 * MINUTE);
    house.propose(&house.ines, &glass()).await.expect("one may");
    house.pass(15 * MINUTE);
    for colleague in [&house.ines, &house.nora, &house.lena] {
        assert_eq!(code(house.propose(colleague, &glass()).await), "glass_spent");
    }
    assert!(house.is_seen(account));
}

#[tokio::test]
async fn break_glass_does_nothing_to_notable_and_protected_accounts() {
    let house = House::new().await;
    for account in [house.notable("paper").await, house.protected("president").await] {
        let glass = house.hiding(Power::BreakGlass, account, MINUTE);
        assert_eq!(code(house.propose(&house.ines, &glass).await), "glass_not_here");
        assert!(house.is_seen(account));
    }
}

#[tokio::test]
async fn a_step_up_hides_nothing_and_is_spent_for_a_day() {
    let house = House::new().await;
    let president = house.protected("president").await;
    let step_up = || house.hiding(Power::StepUp, president, 30 * MINUTE);
    house.propose(&house.ines, &step_up()).await.expect("one may");
    assert!(house.is_seen(president));
    house.pass(HOUR);
    assert_eq!(code(house.propose(&house.nora, &step_up()).await), "stepped_up_today");
    let long = house.hiding(Power::StepUp, house.ordinary("ada").await, DAY);
    assert_eq!(code(house.propose(&house.ines, &long).await), "too_long");
}

#[tokio::test]
async fn a_chain_of_short_actions_is_a_long_one() {
    let house = House::new().await;
    let account = house.ordinary("ada").await;
    let for_a_day = || house.hiding(Power::TakeDown, account, DAY);
    house.propose(&house.ines, &for_a_day()).await.expect("one may, for a day");
    assert!(!house.is_seen(account));
    house.pass(DAY);
    assert!(house.is_seen(account));
    house.propose(&house.ines, &for_a_day()).await.expect("she may propose it");
    assert!(house.is_seen(account), "two days in a row take two people");
}

#[tokio::test]
async fn whoever_hides_again_what_was_brought_back_needs_one_more_person() {
    let house = House::new().await;
    let account = house.ordinary("ada").await;
    house.propose(&house.ines, &house.hiding(Power::TakeDown, account, HOUR)).await.expect("one may");
    house.propose(&house.sam, &about(Power::Restore, account, None)).await.expect("one brings back");
    assert!(house.is_seen(account));
    house.propose(&house.ines, &house.hiding(Power::TakeDown, account, HOUR)).await.expect("she may propose it");
    assert!(house.is_seen(account));
}

#[tokio::test]
async fn many_small_actions_soon_take_a_second_person() {
    let house = House::new().await;
    for number in 0..20 {
        let account = house.ordinary(&format!("member{number}")).await;
        house.propose(&house.ines, &house.hiding(Power::Limit, account, HOUR)).await.expect("one may");
        assert!(!house.is_seen(account));
    }
    for power in [Power::Limit, Power::TakeDown, Power::BreakGlass] {
        let account = house.ordinary(&format!("member{}", power.word().replace('_', ""))).await;
        let taken = house.propose(&house.ines, &house.hiding(power, account, HOUR)).await.expect("no wall");
        assert!(house.is_seen(account), "{power:?} waits for somebody else");
        assert!(!taken.appended.entries.is_empty(), "and is on the ledger");
    }
    house.is_explained().await;
}

fn renaming(account: AccountId, from: &str, to: &str) -> Proposal {
    let mut proposal = about(Power::Rename, account, None);
    proposal.parameters = rename::parameters(from, to).into();
    proposal
}

async fn handle(house: &House, account: AccountId) -> String {
    find(&house.world.cx, account).await.expect("the store answers").expect("it is there").handle
}

#[tokio::test]
async fn one_person_renames_nobody() {
    let house = House::new().await;
    let ordinary = house.ordinary("ada").await;
    for (account, from) in [(ordinary, "ada"), (house.notable("paper").await, "paper")] {
        let to = format!("{from}_2");
        let taken = house.propose(&house.ines, &renaming(account, from, &to)).await.expect("she may propose it");
        assert_eq!(code(house.ines.step(&house.world.cx, taken.action, Verb::Approve).await), "same_person");
        assert_eq!(handle(&house, account).await, from);
    }
    let president = house.protected("president").await;
    let taken =
        house.propose(&house.ines, &renaming(president, "president", "nobody_much")).await.expect("may propose");
    for colleague in [&house.nora, &house.lena] {
        colleague.step(&house.world.cx, taken.action, Verb::Approve).await.expect("they agree");
    }
    assert!(house.ines.step(&house.world.cx, taken.action, Verb::Fire).await.is_err(), "not for three days");
    assert_eq!(handle(&house, president).await, "president");
    house.is_explained().await;
}

#[tokio::test]
async fn a_handle_that_an_account_gave_up_goes_to_nobody_else() {
    let house = House::new().await;
    let (ada, accomplice) = (house.ordinary("ada").await, house.ordinary("ben").await);
    let taken = house.propose(&house.ines, &renaming(ada, "ada", "lovelace")).await.expect("she may propose it");
    house.nora.step(&house.world.cx, taken.action, Verb::Approve).await.expect("a colleague is persuaded");
    assert_eq!(handle(&house, ada).await, "lovelace");
    assert_eq!(code(house.propose(&house.ines, &renaming(accomplice, "ben", "ada")).await), "taken_handle");
    let leads_to = find_id(&house.world.cx, &Handle::parse("ada").expect("a handle")).await;
    assert_eq!(leads_to.expect("the store answers"), Some(ada));
}
