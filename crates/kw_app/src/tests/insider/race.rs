//! Two at the same moment, on two nodes over one store.

use kw_domain::account::Reach;
use kw_staff::entry::Record;
use kw_staff::power::{Power, Verb};

use super::{House, MINUTE};
use crate::context::Context;
use crate::ledger::read::load;
use crate::viewer::find_standing;

fn reach(cx: &Context, account: super::AccountId) -> Reach {
    find_standing(cx, account).reach_at(cx.now())
}

/// How often something took effect, by the ledger as `cx` reads it.
async fn effects(cx: &Context) -> usize {
    cx.ledger().follow(cx).await.expect("the ledger is read");
    let all: Vec<u64> = (0..cx.ledger().read(crate::ledger::log::Log::size)).collect();
    let entries = load(cx, &all).await.expect("it is read");
    entries.iter().filter(|placed| matches!(placed.entry.record, Record::InForce(_))).count()
}

#[tokio::test]
async fn two_approvals_at_once_on_two_nodes_put_an_action_in_force_once() {
    let house = House::new().await;
    let here = &house.world.cx;
    let paper = house.notable("paper").await;
    let taken = house.propose(&house.ines, &house.take_down(paper)).await.expect("she may propose");
    let there = house.world.restart(|_| {}).await.expect("a second node starts");
    let (one, other) = tokio::join!(
        house.milo.step(here, taken.action, Verb::Approve),
        house.lena.step(&there, taken.action, Verb::Approve)
    );
    assert!(one.is_ok() != other.is_ok(), "one is first, the other finds it done: {one:?} {other:?}");
    assert_eq!((effects(here).await, effects(&there).await), (1, 1));
    assert_eq!(reach(here, paper), reach(&there, paper));
    house.is_explained().await;
}

#[tokio::test]
async fn one_person_at_two_nodes_at_once_is_one_person() {
    let house = House::new().await;
    let here = &house.world.cx;
    let president = house.protected("president").await;
    let taken = house.propose(&house.ines, &house.take_down(president)).await.expect("she may propose");
    let there = house.world.restart(|_| {}).await.expect("a second node starts");
    let (one, other) = tokio::join!(
        house.milo.step(here, taken.action, Verb::Approve),
        house.milo.step(&there, taken.action, Verb::Approve)
    );
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
    assert_eq!((effects(here).await, effects(&there).await), (0, 0));
    house.is_explained().await;
}

#[tokio::test]
async fn break_glass_at_two_nodes_at_once_is_spent_once() {
    let house = House::new().await;
    let here = &house.world.cx;
    let account = house.ordinary("ada").await;
    let there = house.world.restart(|_| {}).await.expect("a second node starts");
    let glass = house.hiding(Power::BreakGlass, account, 15 * MINUTE);
    let (one, other) = tokio::join!(house.ines.propose(here, &glass), house.nora.propose(&there, &glass));
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
    assert_eq!((effects(here).await, effects(&there).await), (1, 1));
    house.pass(15 * MINUTE);
    assert_eq!(reach(&there, account), Reach::Clear);
}
