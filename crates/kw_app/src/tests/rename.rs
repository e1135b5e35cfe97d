//! Another handle, decided by staff: who has to agree, what is called how afterwards, and what becomes of the handles.

use kw_domain::handle::Handle;
use kw_domain::id::AccountId;
use kw_domain::time::Millis;
use kw_staff::power::{Power, Verb};
use kw_staff::statement::ActionId;

use super::staff::team;
use super::world::{World, code, faults, form};
use crate::account::{ProfileChange, find, find_id, search_by_prefix, sign_up, update_profile};
use crate::authority::{Authority, Job};
use crate::families::{ACCOUNT, HANDLE};
use crate::key::Only;
use crate::ledger::project::list_unexplained;
use crate::operation::Before;
use crate::rows::AccountRow;
use crate::session::Member;
use crate::staff::draft::{self, Proposal, propose_with};
use crate::staff::understudy::{Understudy, about};

const DAY: u64 = Millis::DAY;

fn rename(account: AccountId, from: &str, to: &str) -> Proposal {
    let mut proposal = about(Power::Rename, account, None);
    proposal.parameters = crate::staff::rename::parameters(from, to).into();
    proposal
}

async fn called(world: &World, handle: &str) -> Option<AccountId> {
    find_id(&world.cx, &Handle::parse(handle).expect("a handle")).await.expect("the store answers")
}

async fn handle(world: &World, account: AccountId) -> String {
    find(&world.cx, account).await.expect("the store answers").expect("it is there").handle
}

/// Proposed by one and approved by another.
async fn renamed(world: &World, staff: &[Understudy], member: &Member, from: &str, to: &str) -> ActionId {
    let proposal = rename(member.account, from, to);
    let action = staff[0].propose(&world.cx, &proposal).await.expect("she may propose").action;
    staff[1].step(&world.cx, action, Verb::Approve).await.expect("he is the second");
    action
}

#[tokio::test]
async fn two_people_give_an_account_another_handle_and_one_gives_the_old_one_back() {
    let world = World::new().await;
    let (ada, staff) = (world.member("ada").await, team(&world).await);
    let proposed = staff[0].propose(&world.cx, &rename(ada.account, "ada", "Lovelace")).await.expect("she may propose");
    assert_eq!(handle(&world, ada.account).await, "ada", "one is not enough");
    staff[1].step(&world.cx, proposed.action, Verb::Approve).await.expect("he is the second");

    assert_eq!(handle(&world, ada.account).await, "Lovelace");
    assert_eq!((called(&world, "lovelace").await, called(&world, "ada").await), (Some(ada.account), Some(ada.account)));
    assert_eq!(search_by_prefix(&world.cx, "lovel", 10).await.expect("ids"), [ada.account]);
    assert_eq!(search_by_prefix(&world.cx, "ad", 10).await.expect("ids"), []);
    assert!(world.sign_in("ada").await.is_ok() && world.sign_in("lovelace").await.is_ok(), "she comes in by either");
    assert_eq!(list_unexplained(&world.cx).await.expect("the store answers"), [""; 0]);

    staff[2].step(&world.cx, proposed.action, Verb::Undo).await.expect("one person takes it back");
    assert_eq!(handle(&world, ada.account).await, "ada");
    assert_eq!(search_by_prefix(&world.cx, "ad", 10).await.expect("ids"), [ada.account]);
    assert_eq!(faults(sign_up(&world.cx, &form("lovelace")).await), [("username", "ERR_TAKEN")], "it stays hers");
}

#[tokio::test]
async fn a_handle_that_somebody_has_or_that_is_kept_for_the_house_is_refused_before_anybody_signs() {
    let world = World::new().await;
    let (ada, _ben, staff) = (world.member("ada").await, world.member("ben").await, team(&world).await);
    for (to, why) in [("Ben", "taken_handle"), ("admin", "reserved_handle"), ("", "no_handle"), ("ada", "no_handle")] {
        let proposal = rename(ada.account, "ada", to);
        let desk = propose_with(&world.cx, &staff[0].member, &proposal, None).await;
        assert_eq!(code(desk), why, "{to:?} at the desk");
        assert_eq!(code(staff[0].insist(&world.cx, &proposal).await), why, "{to:?} past the desk");
    }
    assert_eq!(code(staff[0].insist(&world.cx, &rename(ada.account, "eva", "lovelace")).await), "renamed_since");
    assert_eq!(called(&world, "lovelace").await, None, "nothing was kept");
}

#[tokio::test]
async fn nobody_else_gets_the_handle_while_it_is_proposed_and_anybody_afterwards() {
    let world = World::new().await;
    let (ada, staff) = (world.member("ada").await, team(&world).await);
    let proposal = rename(ada.account, "ada", "lovelace");
    let taken = staff[0].propose(&world.cx, &proposal).await.expect("she may propose");
    assert_eq!(faults(sign_up(&world.cx, &form("lovelace")).await), [("username", "ERR_TAKEN")]);
    assert_eq!(code(staff[1].insist(&world.cx, &proposal).await), "already_open");
    assert_eq!(faults(sign_up(&world.cx, &form("lovelace")).await), [("username", "ERR_TAKEN")], "it is kept still");

    staff[1].step(&world.cx, taken.action, Verb::Deny).await.expect("one stops it");
    world.clock.advance_millis(8 * DAY);
    sign_up(&world.cx, &form("lovelace")).await.expect("nobody has it");
}

#[tokio::test]
async fn a_refused_proposal_gives_the_handle_back_at_once() {
    let world = World::new().await;
    let (ada, staff) = (world.member("ada").await, team(&world).await);
    let mut proposal = rename(ada.account, "ada", "lovelace");
    proposal.undo_needs = 2;
    assert_eq!(code(staff[0].insist(&world.cx, &proposal).await), "undo_by_one");
    sign_up(&world.cx, &form("lovelace")).await.expect("nobody has it");
}

#[tokio::test]
async fn whoever_may_not_propose_and_whatever_they_sign_keeps_no_handle() {
    let world = World::new().await;
    let (ada, staff) = (world.member("ada").await, team(&world).await);
    let proposal = rename(ada.account, "ada", "lovelace");
    let mut draft = draft::propose(&world.cx, &staff[0].member, &proposal).await.expect("it can be prepared");
    // A year and more: no rule takes it, and no handle is kept for so long.
    draft.statement.execute_by = kw_staff::time::Millis(world.cx.now().0 + 400 * DAY);
    draft.text = String::from_utf8(draft.statement.to_bytes()).expect("JSON");
    assert_eq!(code(staff[0].hand_in(&world.cx, &draft).await), "waits_too_long");
    assert_eq!(called(&world, "lovelace").await, None);
    assert!(world.cx.find(&HANDLE, &"lovelace".to_owned(), &Only).await.expect("rows").is_none());
}

#[tokio::test]
async fn two_who_propose_the_same_at_once_keep_the_handle_for_the_one_that_is_taken() {
    let world = World::new().await;
    let (ada, staff) = (world.member("ada").await, team(&world).await);
    let proposal = rename(ada.account, "ada", "lovelace");
    let one = draft::propose(&world.cx, &staff[0].member, &proposal).await.expect("it can be prepared");
    let other = draft::propose(&world.cx, &staff[1].member, &proposal).await.expect("it can be prepared");
    let (one, other) = tokio::join!(staff[0].hand_in(&world.cx, &one), staff[1].hand_in(&world.cx, &other));
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
    assert_eq!(faults(sign_up(&world.cx, &form("lovelace")).await), [("username", "ERR_TAKEN")]);
}

#[tokio::test]
async fn nobody_completes_a_rename_whose_handle_is_gone() {
    let world = World::new().await;
    let (ada, staff) = (world.member("ada").await, team(&world).await);
    let proposal = rename(ada.account, "ada", "lovelace");
    let taken = staff[0].propose(&world.cx, &proposal).await.expect("she may propose");
    // As after a backup of the network from before the proposal, and a sign-up.
    let mut draft = world.cx.draft(&Authority::system(Job::Housekeeping));
    draft.ensure_gone(&HANDLE, (&"lovelace".to_owned(), &Only));
    world.cx.perform(draft).await.expect("nobody else writes");
    sign_up(&world.cx, &form("lovelace")).await.expect("nobody has it");

    assert_eq!(code(staff[1].step(&world.cx, taken.action, Verb::Approve).await), "taken_handle");
    assert_eq!(handle(&world, ada.account).await, "ada");
    assert_eq!(list_unexplained(&world.cx).await.expect("the store answers"), [""; 0]);
}

#[tokio::test]
async fn what_the_ledger_says_and_no_row_does_is_found_and_made_good_at_the_next_start() {
    let world = World::new().await;
    let (ada, staff) = (world.member("ada").await, team(&world).await);
    renamed(&world, &staff, &ada, "ada", "lovelace").await;

    // As after a stop between the decision and what follows from it.
    let row = world.cx.find(&ACCOUNT, &ada.account, &Only).await.expect("the store answers").expect("it is there");
    let before = AccountRow { handle: "ada".to_owned(), ..row.value };
    let mut draft = world.cx.draft(&Authority::system(Job::Housekeeping));
    draft.decide(&ACCOUNT, (&ada.account, &Only), Before::Is(row.stamp), &before);
    world.cx.perform(draft).await.expect("nobody else writes");
    let found = list_unexplained(&world.cx).await.expect("the store answers");
    assert!(found.len() == 1 && found[0].contains("@lovelace"), "{found:?}");

    let again = world.restart(|_| {}).await.expect("it starts");
    assert_eq!(find(&again, ada.account).await.expect("rows").expect("it is there").handle, "lovelace");
    assert_eq!(list_unexplained(&again).await.expect("the store answers"), [""; 0]);
    let kept = again.find(&HANDLE, &"lovelace".to_owned(), &Only).await.expect("rows").expect("it is there");
    assert_eq!(kept.expires_ms, None, "for good");
}

#[tokio::test]
async fn what_an_owner_changes_meanwhile_stays() {
    let world = World::new().await;
    let (ada, staff) = (world.member("ada").await, team(&world).await);
    let name = |name| ProfileChange { display_name: Some(name), ..ProfileChange::default() };
    let proposal = rename(ada.account, "ada", "lovelace");
    let action = staff[0].propose(&world.cx, &proposal).await.expect("she may propose").action;
    let (changed, stepped) = tokio::join!(
        async { update_profile(&world.cx, &ada, &name("Ada Byron")).await },
        staff[1].step(&world.cx, action, Verb::Approve)
    );
    changed.expect("she may");
    stepped.expect("he is the second");
    let now = find(&world.cx, ada.account).await.expect("rows").expect("it is there");
    assert_eq!((now.handle.as_str(), now.profile.display_name.as_str()), ("lovelace", "Ada Byron"));
}
