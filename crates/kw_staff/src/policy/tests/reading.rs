//! Reading policies: what is refused, with which words, and what a policy stands on.

use super::super::{FLOOR, POLICY_BYTES_MAX, Policy};
use super::staff::{DEFAULT, question, signer};
use crate::person::Role;
use crate::power::{Power, Tier};

#[track_caller]
fn refused(text: &[u8], code: &str, words: &str) {
    let refusal = Policy::parse(text).expect_err("it is refused");
    assert_eq!(refusal.code, code, "{refusal}");
    assert!(refusal.sentence.contains(words), "{refusal}");
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    let valid = "permit (principal, action, resource);\n";
    refused(format!("{valid}\npermit (principal action, resource);").as_bytes(), "policy_unreadable", "Line 3: ");
    refused(
        format!("{valid}{valid}permit (principal, action, resource)\nwhen {{ context.mood }};").as_bytes(),
        "policy_unreadable",
        "Line 4: ",
    );
    refused(b"permit (principal, action == Action::\"take_over\", resource);", "policy_unreadable", "take_over");
    refused(b"permit (principal, action, resource == Tier::\"noteable\");", "policy_unreadable", "noteable");
    refused(
        b"permit (principal, action, resource)\nwhen { context.first.trust_lead };",
        "policy_unreadable",
        "Line 2: ",
    );
    refused(b"permit (principal == ?principal, action, resource);", "policy_has_template", "?principal");
    refused(b"permit (principal, action, resource);\n\n// caf\xe9", "policy_not_text", "Line 3 ");
}

#[test]
fn a_policy_has_64_kib_at_most() {
    let mut text = "permit (principal, action, resource);".to_owned();
    text += &" ".repeat(POLICY_BYTES_MAX - text.len());
    assert!(Policy::parse(text.as_bytes()).is_ok());
    text += " ";
    refused(text.as_bytes(), "policy_too_big", "65537 bytes");
}

#[test]
fn the_floor_is_under_every_policy() {
    let open = Policy::parse(b"permit (principal, action, resource);").expect("it can be read");
    let alone = [signer(1, "trust", Role::TrustLead)];
    assert!(open.permits(&question(Power::TakeDown, Tier::Ordinary, &alone)));
    assert!(!open.permits(&question(Power::TakeDown, Tier::Notable, &alone)));
    assert!(!open.permits(&question(Power::Policy, Tier::Protected, &alone)));
    assert!(open.has_real_floor());
    assert_ne!(open.hash(), DEFAULT.hash());
    assert_eq!(open.floor_hash(), DEFAULT.floor_hash());
}

#[test]
fn a_made_up_floor_shows() {
    let evening = Policy::with_made_up_floor(b"permit (principal, action, resource);", "").expect("it can be read");
    assert!(!evening.has_real_floor());
    assert_ne!(evening.floor_hash(), DEFAULT.floor_hash());
    assert!(evening.permits(&question(Power::TakeDown, Tier::Protected, &[signer(1, "support", Role::Support)])));
    assert!(Policy::with_made_up_floor(b"", FLOOR).expect("it can be read").has_real_floor());
}

#[test]
fn no_policy_can_forbid_restoring_and_stepping_up() {
    let alone = [signer(1, "night", Role::Support)];
    for text in [
        "",
        "forbid (principal, action, resource);",
        "forbid (principal, action, resource) when { context.live + 1 > 0 };",
    ] {
        let closed = Policy::parse(text.as_bytes()).expect("it can be read");
        for tier in Tier::ALL {
            assert!(closed.permits(&question(Power::Restore, *tier, &alone)));
            assert!(closed.permits(&question(Power::StepUp, *tier, &alone)));
            assert!(!closed.permits(&question(Power::BreakGlass, *tier, &alone)));
        }
    }
}

#[test]
fn a_rule_that_cannot_be_evaluated_permits_nothing() {
    let text = "permit (principal, action, resource);
        forbid (principal, action, resource) when { context.live * 9223372036854775807 > 0 };";
    let policy = Policy::parse(text.as_bytes()).expect("it can be read");
    let mut asked = question(Power::TakeDown, Tier::Ordinary, &[signer(1, "trust", Role::TrustLead)]);
    assert!(!policy.permits(&asked));
    asked.live = 0;
    assert!(policy.permits(&asked));
}
