//! Signatures used for something else than what was signed, and statements that say something else than they should.

use kw_staff::power::{Power, Tier, Verb};
use kw_staff::statement::{Seen, Statement};

use super::{DAY, HOUR, House, MINUTE, code};
use crate::failure::Failure;
use crate::staff::action;
use crate::staff::draft::{self, Draft, Proposal};
use crate::staff::submit::{Signature, Taken, submit};
use crate::staff::understudy::Understudy;

/// A step as somebody prepares it before signing.
async fn prepared(house: &House, who: &Understudy, of: &Taken, verb: Verb) -> Draft {
    let proposal = action::load(&house.world.cx, of.action).await.expect("it is there").proposal;
    draft::step(&house.world.cx, &who.member, &proposal, verb)
}

/// The same draft with other words, in their only form.
fn saying(draft: &Draft, change: impl FnOnce(&mut Statement)) -> Draft {
    let mut statement = draft.statement.clone();
    change(&mut statement);
    let text = String::from_utf8(statement.to_bytes()).expect("JSON is UTF-8");
    Draft { statement, text, luggage: draft.luggage.clone() }
}

/// Hands in a text with a signature that was made over `signed`.
async fn hand_in(house: &House, who: &Understudy, text: &str, signed: &Draft) -> Result<Taken, Failure> {
    let answer = who.sign(&house.world.cx, &signed.statement)?;
    submit(&house.world.cx, &who.member, Signature { text, answer: &answer, luggage: &signed.luggage }).await
}

async fn proposal_of(house: &House, who: &Understudy, proposal: &Proposal) -> Draft {
    draft::propose(&house.world.cx, &who.member, proposal).await.expect("it can be prepared")
}

#[tokio::test]
async fn an_approval_of_one_account_is_worth_nothing_for_another() {
    let house = House::new().await;
    let (troll, paper) = (house.notable("troll").await, house.notable("paper").await);
    let wanted = house.propose(&house.ines, &house.take_down(troll)).await.expect("she may propose");
    let hated = house.propose(&house.ines, &house.take_down(paper)).await.expect("she may propose");
    let honest = prepared(&house, &house.milo, &wanted, Verb::Approve).await;
    let other = prepared(&house, &house.milo, &hated, Verb::Approve).await;
    let moved = saying(&honest, |statement| statement.targets[0].id = paper.to_string());
    for text in [&other.text, &moved.text] {
        assert_eq!(code(hand_in(&house, &house.milo, text, &honest).await), "wrong_challenge");
    }
    // Even with his passkey over the false words, as a lying page might get it.
    assert_eq!(code(house.milo.hand_in(&house.world.cx, &moved).await), "other_words");
    assert!(house.is_seen(paper));
    house.milo.hand_in(&house.world.cx, &honest).await.expect("what he meant");
    assert!(!house.is_seen(troll));
    assert_eq!(code(house.milo.hand_in(&house.world.cx, &honest).await), "not_open", "and not a second time");
}

#[tokio::test]
async fn a_colleagues_signature_is_not_handed_in_as_ones_own() {
    let house = House::new().await;
    let paper = house.notable("paper").await;
    let taken = house.propose(&house.ines, &house.take_down(paper)).await.expect("she may propose");
    let his = prepared(&house, &house.milo, &taken, Verb::Approve).await;
    let in_her_session = hand_in(&house, &house.ines, &his.text, &his).await;
    assert_eq!(code(in_her_session), "another_key");
    let signed_by_her = house.ines.sign(&house.world.cx, &his.statement).expect("she has a passkey");
    let signature = Signature { text: &his.text, answer: &signed_by_her, luggage: "" };
    let forged = submit(&house.world.cx, &house.milo.member, signature).await;
    assert!(matches!(forged, Err(Failure::Refused(_))), "{forged:?}");
    assert!(house.is_seen(paper));
}

#[tokio::test]
async fn an_approval_from_before_the_tier_rose_is_worth_nothing_after() {
    let house = House::new().await;
    let account = house.notable("paper").await;
    let taken = house.propose(&house.ines, &house.take_down(account)).await.expect("she may propose");
    let approval = prepared(&house, &house.milo, &taken, Verb::Approve).await;
    house.count_followers(account, 1_000_000).await;
    assert_eq!(code(house.milo.hand_in(&house.world.cx, &approval).await), "not_open");
    assert!(house.is_seen(account));
}

#[tokio::test]
async fn an_approval_that_comes_too_late_changes_nothing() {
    let house = House::new().await;
    let account = house.notable("paper").await;
    let taken = house.propose(&house.ines, &house.take_down(account)).await.expect("she may propose");
    let kept_back = prepared(&house, &house.milo, &taken, Verb::Approve).await;
    house.pass(15 * MINUTE + 1);
    assert_eq!(code(house.milo.hand_in(&house.world.cx, &kept_back).await), "too_late", "a signature kept for later");
    house.pass(2 * HOUR);
    let fresh = prepared(&house, &house.milo, &taken, Verb::Approve).await;
    assert_eq!(code(house.milo.hand_in(&house.world.cx, &fresh).await), "expired", "a proposal kept for later");
    assert!(house.is_seen(account));
}

#[tokio::test]
async fn a_statement_that_would_be_valid_for_days_is_refused() {
    let house = House::new().await;
    let account = house.ordinary("ada").await;
    let draft = proposal_of(&house, &house.ines, &house.hiding(Power::Limit, account, HOUR)).await;
    let long = saying(&draft, |statement| statement.valid_until = statement.valid_until.plus(2 * DAY));
    assert_eq!(code(house.ines.hand_in(&house.world.cx, &long).await), "valid_too_long");
    assert!(house.is_seen(account));
}

#[tokio::test]
async fn a_statement_for_another_ledger_or_after_another_history_is_refused() {
    type Change = fn(&mut Statement);
    let house = House::new().await;
    let account = house.ordinary("ada").await;
    let draft = proposal_of(&house, &house.ines, &house.hiding(Power::Limit, account, HOUR)).await;
    let changes: [(Change, &str); 6] = [
        (|statement| statement.founding = [9; 32], "other_ledger"),
        (|statement| statement.log = "elsewhere.example/ledger".to_owned(), "other_ledger"),
        (|statement| statement.log_key = "elsewhere.example/ledger+00000000+key".to_owned(), "other_ledger"),
        (|statement| statement.seen.root = [9; 32], "other_history"),
        (|statement| statement.seen.size += 1, "other_history"),
        (|statement| statement.seen = Seen { size: 0, root: [0; 32] }, "other_history"),
    ];
    for (change, expected) in changes {
        let other = saying(&draft, change);
        assert_eq!(code(house.ines.hand_in(&house.world.cx, &other).await), expected);
    }
    assert!(house.is_seen(account));
}

#[tokio::test]
async fn a_statement_that_lies_about_tier_or_standing_is_refused() {
    type Change = fn(&mut Statement);
    let house = House::new().await;
    let president = house.protected("president").await;
    let draft = proposal_of(&house, &house.ines, &house.take_down(president)).await;
    let changes: [(Change, &str); 3] = [
        (|statement| statement.targets[0].tier = Tier::Ordinary, "drifted"),
        (|statement| statement.targets[0].standing += 1, "drifted"),
        (|statement| statement.targets[0].card = [9; 32], "other_reason"),
    ];
    for (change, expected) in changes {
        let other = saying(&draft, change);
        assert_eq!(code(house.ines.hand_in(&house.world.cx, &other).await), expected);
    }
    assert!(house.is_seen(president));
}

#[tokio::test]
async fn no_byte_of_a_signed_statement_can_be_changed() {
    let house = House::new().await;
    let account = house.ordinary("ada").await;
    let draft = proposal_of(&house, &house.ines, &house.hiding(Power::Limit, account, HOUR)).await;
    let size = house.size();
    for place in 0..draft.text.len() {
        let mut bytes = draft.text.clone().into_bytes();
        bytes[place] ^= 1;
        let text = String::from_utf8(bytes).expect("it stays ASCII");
        let outcome = hand_in(&house, &house.ines, &text, &draft).await;
        assert!(matches!(outcome, Err(Failure::Refused(_))), "byte {place} of {}: {outcome:?}", draft.text);
    }
    for text in [format!(" {}", draft.text), format!("{}\n", draft.text), draft.text.replacen(':', ": ", 1)] {
        assert_eq!(code(hand_in(&house, &house.ines, &text, &draft).await), "malformed", "another spelling");
    }
    assert_eq!(house.size(), size);
    house.ines.hand_in(&house.world.cx, &draft).await.expect("as it was signed");
    assert!(!house.is_seen(account));
}

#[tokio::test]
async fn what_was_drafted_under_another_policy_is_refused() {
    let house = House::new().await;
    let account = house.ordinary("ada").await;
    let draft = proposal_of(&house, &house.ines, &house.hiding(Power::Limit, account, HOUR)).await;
    let other = saying(&draft, |statement| statement.policy = [9; 32]);
    assert_eq!(code(house.ines.hand_in(&house.world.cx, &other).await), "other_policy");
    assert!(house.is_seen(account));
}
