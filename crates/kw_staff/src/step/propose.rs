//! Proposing: the first signature of an action, and for what one person may do alone the only one.

use kw_ledger::Hash;

use super::check::{self, Draft};
use super::signing::Signing;
use super::{Halt, clock, effect, judge};
use crate::entry::{Opened, Record, Turn, Words};
use crate::fold::{Case, Fold, Signature, State};
use crate::policy::question::Mode;
use crate::power::Power;
use crate::refusal::Refusal;
use crate::time::Millis;

pub(super) fn propose(signing: &Signing<'_>) -> Result<Vec<Record>, Halt> {
    is_new(signing)?;
    target_is_as_signed(signing)?;
    under_our_policy(signing)?;
    let words = words(signing)?;
    let document = signing.asked.document.as_deref();
    let Signing { fold, statement, subject, now, .. } = signing;
    let draft =
        Draft { action: statement.action, power: statement.power, subject, effect: &statement.effect, document };
    check::check(fold, &draft, *now)?;
    undo_is_as_hard_as_it_may_be(signing, words)?;
    waits_long_enough(signing)?;

    let step = signing.step();
    let case = Case::of(fold.size(), *now, &step, signing.signature()).expect("a step has one target");
    let yielded = room_for(signing, &case)?;
    signer_may(fold, &case, signing.signature(), *now)?;
    if !judge::may_begin(fold, &judge::Matter::of(&case), *now) {
        return Err(nobody_could(fold, *now).into());
    }
    let mut records = vec![Record::Step(Box::new(step))];
    records.extend(yielded);
    records.extend(effect::follow(fold, statement.action, &case, *now)?);
    Ok(records)
}

fn is_new(signing: &Signing<'_>) -> Result<(), Refusal> {
    let action = signing.statement.action;
    let is_known = signing.fold.case(action).is_some() || signing.fold.force(action).is_some();
    if is_known || signing.fold.is_closed(action) {
        return Err(Refusal::new(
            "known_action",
            "There is an action of this number already. Propose it as a new one.",
        ));
    }
    Ok(())
}

fn target_is_as_signed(signing: &Signing<'_>) -> Result<(), Refusal> {
    signing.target_exists()?;
    if signing.fold.target(&signing.subject) != Some((signing.target.standing, signing.target.tier)) {
        return Err(Refusal::new(
            "drifted",
            "This has changed since the page was loaded. Load it again, look, and propose anew.",
        ));
    }
    Ok(())
}

pub(super) fn under_our_policy(signing: &Signing<'_>) -> Result<(), Refusal> {
    if signing.statement.policy != signing.house.policy_hash {
        return Err(Refusal::new("other_policy", "Another policy is in force by now. Load the page again."));
    }
    Ok(())
}

/// The words open what the statement commits to. On replay they may have been erased since.
fn words<'a>(signing: &'a Signing<'_>) -> Result<Option<&'a Words>, Refusal> {
    let Some(Opened::Here(words)) = &signing.asked.words else { return Ok(None) };
    let statement = signing.statement;
    let is_open = words.reason.commitment("reason") == statement.reason
        && words.facts.commitment("facts") == statement.facts
        && *Hash::of(&[&words.card]).as_bytes() == signing.target.card;
    if !is_open {
        return Err(Refusal::new(
            "other_reason",
            "The reason, the facts or what the page showed differ from what was signed. Load the page again.",
        ));
    }
    if words.reason().is_none() {
        return Err(Refusal::new("no_ground", "Choose a ground, and write why in at most 4,000 characters."));
    }
    Ok(Some(words))
}

/// Grounds for which an action may say that undoing takes two.
pub const GROUNDS_FOR_TWO: [&str; 3] = ["hijack", "court_order", "child_safety"];

fn undo_is_as_hard_as_it_may_be(signing: &Signing<'_>, words: Option<&Words>) -> Result<(), Refusal> {
    let statement = signing.statement;
    let ground = words.and_then(Words::reason).map(|reason| reason.ground);
    let has_ground = ground.is_none_or(|ground| GROUNDS_FOR_TWO.contains(&ground.as_str()));
    let may_be_two = has_ground && matches!(statement.power, Power::TakeDown | Power::Limit);
    match statement.undo_needs {
        1 => Ok(()),
        2 if may_be_two => Ok(()),
        _ => Err(Refusal::new(
            "undo_by_one",
            "One person can undo this, unless it hides for a hijack, a court order or child safety.",
        )),
    }
}

fn waits_long_enough(signing: &Signing<'_>) -> Result<(), Refusal> {
    let Signing { fold, statement, target, now, .. } = signing;
    let least = clock::delay_ms(statement.power, target.tier, &statement.effect, fold.mode(*now), *now);
    let delay = statement.effect.delay_ms;
    if delay < least {
        let hours = least / Millis::HOUR;
        return Err(Refusal::new(
            "too_soon",
            format!("This has to wait {hours} hours after everybody agreed. Propose it so."),
        ));
    }
    if delay > 0 && matches!(statement.power, Power::Restore | Power::StepUp | Power::BreakGlass) {
        return Err(Refusal::new("no_waiting", "This takes effect at once or not at all. Propose it without waiting."));
    }
    if statement.execute_by < now.plus(delay) {
        return Err(Refusal::new(
            "ends_before",
            "This would expire before it could take effect. Choose a later moment.",
        ));
    }
    if statement.execute_by.since(*now) > delay.saturating_add(clock::EXECUTE_MS) {
        return Err(Refusal::new(
            "waits_too_long",
            "This would stay open for too long. Choose an earlier moment to let it expire.",
        ));
    }
    if statement.effect.until.is_some_and(|until| until <= now.plus(delay)) {
        return Err(Refusal::new("over_already", "This would be over before it took effect. Choose a later end."));
    }
    Ok(())
}

/// No second action of the same power about the same matter, unless nobody cared for the first for half an hour.
fn room_for(signing: &Signing<'_>, case: &Case) -> Result<Option<Record>, Refusal> {
    let Signing { fold, now, .. } = signing;
    let matter = case.matter_subject();
    let mut others =
        fold.cases_about(&matter).filter(|(_, other)| other.power == case.power && *now <= clock::deadline(other));
    let Some((action, other)) = others.next() else { return Ok(None) };
    let is_lonely = other.state == State::Proposed && other.signers.len() == 1;
    if is_lonely && now.since(other.proposed) >= clock::YIELDS_MS {
        return Ok(Some(Record::Outcome(effect::outcome(fold, action, other, Turn::Expired))));
    }
    Err(Refusal::new(
        "already_open",
        format!("The same is proposed already, as action {action}. Look at that one and approve it."),
    ))
}

/// Whoever signs must be able to count.
pub(super) fn signer_may(fold: &Fold, case: &Case, signature: Signature, now: Millis) -> Result<(), Refusal> {
    let outside = judge::outside(fold, &judge::Matter::of(case), now);
    if !outside.contains(&signature.person) {
        return Ok(());
    }
    if fold.deniers(&case.matter_subject(), now).any(|denier| denier == signature.person) {
        return Err(Refusal::new(
            "denied_it",
            "You stopped this within the last 24 hours, so others have to decide now.",
        ));
    }
    Err(Refusal::new("about_yourself", "This would give you more, so others have to decide. Ask your colleagues."))
}

fn nobody_could(fold: &Fold, now: Millis) -> Refusal {
    let sentence = match fold.mode(now) {
        Mode::Solo => "One person alone cannot do this, and nobody else is here. Take somebody on first.",
        Mode::Pair => "This takes more people than the two who are here. Take somebody on first.",
        Mode::Team | Mode::Stalled => {
            "Nobody here could complete this: the policy asks for people, roles or teams that are not there."
        }
    };
    Refusal::new("nobody_could", sentence)
}
