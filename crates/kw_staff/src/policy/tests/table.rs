//! The page for people who read no code tells what the policy says.

use super::super::Policy;
use super::super::question::{Delay, Mode, Span};
use super::super::table::{House, can_be_replaced, cell, markdown};
use super::staff::DEFAULT;
use crate::power::{Power, Tier};

#[test]
fn the_page_in_docs_is_the_one_that_the_policy_makes() {
    let made = markdown(&DEFAULT);
    let kept = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/staff-rules.md");
    let kept = std::fs::read_to_string(kept).expect("the page is there");
    let how = "make it again: cargo run -p kw_staff --example staff_rules > docs/staff-rules.md";
    assert!(made == kept, "docs/staff-rules.md does not say what the policy says; {how}");
}

#[test]
fn a_cell_tells_people_teams_and_waiting() {
    let over = |tier| cell(&DEFAULT, House::LARGE, Power::TakeDown, tier, Span::Endless).expect("it can be done");
    let notable = over(Tier::Notable);
    assert_eq!((notable.people, notable.teams, notable.delay), (3, 2, Delay::Instant));
    let protected = over(Tier::Protected);
    assert_eq!((protected.people, protected.delay, protected.delay_when_urgent), (3, Delay::Day, Delay::Instant));
    assert_eq!(cell(&DEFAULT, House::SOLO, Power::TakeDown, Tier::Protected, Span::Day), None);
}

#[test]
fn a_policy_that_nobody_could_replace_is_known() {
    let pair = House { mode: Mode::Pair, live: 2, live_teams: 1 };
    for house in [House::LARGE, pair, House::SOLO] {
        assert!(can_be_replaced(&DEFAULT, house));
    }
    let three = "permit (principal, action, resource) when { context has third };";
    let three = Policy::parse(three.as_bytes()).expect("it can be read");
    assert!(can_be_replaced(&three, House::LARGE));
    assert!(!can_be_replaced(&three, pair));
    assert!(!can_be_replaced(&Policy::parse(b"").expect("it can be read"), House::LARGE));
}
