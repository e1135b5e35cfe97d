//! Whether an action makes sense as it is written: its parameters, its times, its target. Asked when it is proposed, and again
//! when it takes effect.

use std::collections::BTreeSet;

use kw_ledger::Hash;

use super::clock;
use crate::entry::Subject;
use crate::fold::{Fold, House, Reach};
use crate::key::StaffKey;
use crate::person::{Person, PersonId};
use crate::policy::question::Mode;
use crate::policy::table::can_be_replaced;
use crate::power::{Power, Tier};
use crate::refusal::Refusal;
use crate::statement::{ActionId, Effect, TargetKind};
use crate::step::change;
use crate::time::Millis;

/// An action as it is written.
pub(super) struct Draft<'a> {
    pub(super) action: ActionId,
    pub(super) power: Power,
    pub(super) subject: &'a Subject,
    pub(super) effect: &'a Effect,
    pub(super) document: Option<&'a str>,
}

/// Refused unless it could take effect on the fold as it is.
pub(super) fn check(fold: &Fold, draft: &Draft<'_>, now: Millis) -> Result<(), Refusal> {
    of_this_version(draft)?;
    only_knows(draft)?;
    match draft.power {
        Power::TakeDown | Power::Limit => ends_later(draft, now),
        Power::BreakGlass => break_glass(fold, draft, now),
        Power::StepUp => step_up(fold, draft, now),
        Power::Restore => restore(fold, draft, now),
        Power::TierUp | Power::TierDown => tier(fold, draft),
        Power::LabelAdd | Power::LabelRemove => label(fold, draft),
        Power::Rename => rename(fold, draft),
        Power::RosterWiden => widen(fold, draft),
        Power::RosterNarrow => narrow(fold, draft, now),
        Power::KeyEnrol => key_enrol(fold, draft),
        Power::KeyEnd => key_end(fold, draft, now),
        Power::Policy => policy(fold, draft, now),
        _ => Err(not_yet()),
    }
}

/// What is not done is refused, never half done.
fn not_yet() -> Refusal {
    Refusal::new("not_in_this_version", "This power is not part of this version.")
}

fn of_this_version(draft: &Draft<'_>) -> Result<(), Refusal> {
    let kind = match draft.power {
        Power::RosterWiden | Power::RosterNarrow => TargetKind::Person,
        Power::KeyEnrol | Power::KeyEnd => TargetKind::Key,
        Power::Policy => TargetKind::Policy,
        Power::TakeDown
        | Power::Limit
        | Power::BreakGlass
        | Power::StepUp
        | Power::Restore
        | Power::TierUp
        | Power::TierDown
        | Power::LabelAdd
        | Power::LabelRemove
        | Power::Rename => TargetKind::Account,
        _ => return Err(not_yet()),
    };
    if draft.subject.kind != kind || kind == TargetKind::Account && draft.subject.account_id().is_none() {
        return Err(Refusal::new("wrong_target", "This power is not for such a target."));
    }
    Ok(())
}

/// A parameter that nobody reads could mean anything to whoever signs it.
fn only_knows(draft: &Draft<'_>) -> Result<(), Refusal> {
    let known: &[&str] = match draft.power {
        Power::TakeDown | Power::Limit => &["urgent"],
        Power::BreakGlass => &["reach", "urgent"],
        Power::Restore => &["lifts"],
        Power::TierUp | Power::TierDown => &["tier"],
        Power::LabelAdd | Power::LabelRemove => &["label"],
        Power::Rename => &["from", "handle"],
        Power::RosterWiden | Power::RosterNarrow => &["ends", "pseudonym", "roles", "starts", "tag", "team"],
        Power::KeyEnrol => &["key", "person"],
        Power::KeyEnd => &["person"],
        _ => &[],
    };
    let parameters = &draft.effect.parameters;
    let is_known = parameters.keys().all(|name| known.contains(&name.as_str()));
    let means_something =
        |name: &str, words: &[&str]| parameters.get(name).is_none_or(|word| words.contains(&word.as_str()));
    let is_read = means_something("urgent", &["yes"])
        && means_something("reach", &[Reach::Limited.word(), Reach::Unavailable.word()])
        && means_something("lifts", &[Power::StepUp.word()]);
    if !is_known || !is_read {
        return Err(Refusal::new("unknown_parameter", "This action says something that nothing reads. Write it anew."));
    }
    let may_end = draft.power.hides() || draft.power == Power::StepUp;
    if !may_end && draft.effect.until.is_some() {
        return Err(Refusal::new("no_end", "This action cannot end by itself. Write it without an end."));
    }
    if draft.document.is_some() != (draft.power == Power::Policy) {
        return Err(Refusal::new("document", "A policy, and nothing else, is proposed with its text."));
    }
    Ok(())
}

fn ends_later(draft: &Draft<'_>, now: Millis) -> Result<(), Refusal> {
    if draft.effect.until.is_some_and(|until| until <= now) {
        return Err(Refusal::new("over_already", "The end of this is in the past. Choose a later one."));
    }
    Ok(())
}

/// Refused unless it ends, and within so long.
fn ends_within(draft: &Draft<'_>, now: Millis, most_ms: u64) -> Result<(), Refusal> {
    ends_later(draft, now)?;
    if draft.effect.until.is_none_or(|until| until.since(now) > most_ms) {
        let hours = most_ms as f64 / Millis::HOUR as f64;
        return Err(Refusal::new("too_long", format!("This has to end within {hours} hours. Choose an earlier end.")));
    }
    Ok(())
}

fn break_glass(fold: &Fold, draft: &Draft<'_>, now: Millis) -> Result<(), Refusal> {
    ends_within(draft, now, clock::CONFIRMED_MS)?;
    let account = fold.account(draft.subject.account_id().unwrap_or_default());
    if account.tier > Tier::Ordinary {
        return Err(Refusal::new(
            "glass_not_here",
            "Break-glass is for ordinary accounts only. Propose a take-down, or step the account up.",
        ));
    }
    if account.broke_glass.is_some_and(|last| now.since(last) < clock::BUDGET_MS) {
        return Err(Refusal::new(
            "glass_spent",
            "Break-glass was used on this account within the last 24 hours. Propose a take-down instead.",
        ));
    }
    Ok(())
}

fn step_up(fold: &Fold, draft: &Draft<'_>, now: Millis) -> Result<(), Refusal> {
    ends_within(draft, now, clock::STEP_UP_MS)?;
    let account = fold.account(draft.subject.account_id().unwrap_or_default());
    if account.stepped_up.is_some_and(|last| now.since(last) < clock::BUDGET_MS) {
        return Err(Refusal::new(
            "stepped_up_today",
            "This account was stepped up within the last 24 hours. Ask a colleague to limit it with you.",
        ));
    }
    Ok(())
}

fn restore(fold: &Fold, draft: &Draft<'_>, now: Millis) -> Result<(), Refusal> {
    let account = draft.subject.account_id().unwrap_or_default();
    let is_for_step_up = change::lifts_step_up(draft.effect);
    let lifts = fold.forces(account, now).any(|(_, force)| change::is_lifted(force, draft.effect));
    let stops = fold
        .cases()
        .any(|(action, case)| action != draft.action && case.subject == *draft.subject && case.power.hides());
    if lifts || (stops && !is_for_step_up) {
        return Ok(());
    }
    Err(Refusal::new(
        "nothing_to_restore",
        "Nothing of staff's is in force over this account. There is nothing to bring back.",
    ))
}

fn tier(fold: &Fold, draft: &Draft<'_>) -> Result<(), Refusal> {
    let account = fold.account(draft.subject.account_id().unwrap_or_default());
    let wanted = change::tier(draft.effect).ok_or_else(|| Refusal::new("no_tier", "Choose a tier."))?;
    let moves = if draft.power == Power::TierUp { wanted > account.tier } else { wanted < account.tier };
    if !moves {
        return Err(Refusal::new(
            "tier_stays",
            format!("This account is {} already. Choose another tier.", account.tier),
        ));
    }
    if wanted == Tier::Ordinary && !account.labels.is_empty() {
        return Err(Refusal::new(
            "labelled",
            "An account with a label is at least notable. Take its labels away first.",
        ));
    }
    Ok(())
}

fn label(fold: &Fold, draft: &Draft<'_>) -> Result<(), Refusal> {
    let account = fold.account(draft.subject.account_id().unwrap_or_default());
    let label = change::label(draft.effect).ok_or_else(|| Refusal::new("no_label", "Choose a label."))?;
    match (draft.power, account.labels.contains(&label)) {
        (Power::LabelAdd, true) => Err(Refusal::new("label_stays", "This account has that label already.")),
        (Power::LabelRemove, false) => Err(Refusal::new("label_stays", "This account does not have that label.")),
        _ => Ok(()),
    }
}

/// Whether a handle is free is for the server to say: it reserves the handle before it hands the proposal in.
fn rename(fold: &Fold, draft: &Draft<'_>) -> Result<(), Refusal> {
    let account = fold.account(draft.subject.account_id().unwrap_or_default());
    let (from, _) = change::handles(draft.effect).ok_or_else(|| {
        Refusal::new("no_handle", "Write another handle: 1 to 30 letters from a to z, digits and underscores.")
    })?;
    if account.handle.as_deref().is_some_and(|handle| handle != from) {
        return Err(Refusal::new(
            "renamed_since",
            "This account got another handle since. Load the page again, look, and propose anew.",
        ));
    }
    Ok(())
}

/// How far ahead of the newest person a new one's number may be: several can be taken on at a time.
const AHEAD_MAX: u32 = 100;

/// The person before and after.
fn person(fold: &Fold, draft: &Draft<'_>) -> Result<(Option<Person>, Person), Refusal> {
    let unclear = || Refusal::new("unclear_person", "This does not say who joins or what changes. Write it anew.");
    let id = change::person_id(draft.subject).ok_or_else(unclear)?;
    let before = fold.member(id).map(|member| member.person.clone());
    let after = change::person(id, before.as_ref(), draft.effect).ok_or_else(unclear)?;
    if after.ends.is_some_and(|ends| ends <= after.starts) || before.as_ref() == Some(&after) {
        return Err(unclear());
    }
    Ok((before, after))
}

fn is_within(after: &Person, before: &Person) -> bool {
    let ends_no_later = match (after.ends, before.ends) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(after), Some(before)) => after <= before,
    };
    after.roles.is_subset(&before.roles) && after.team == before.team && after.starts >= before.starts && ends_no_later
}

fn widen(fold: &Fold, draft: &Draft<'_>) -> Result<(), Refusal> {
    let (before, after) = person(fold, draft)?;
    match before {
        Some(before) if is_within(&after, &before) => {
            Err(Refusal::new("narrows", "This only takes something away, so it needs no waiting. Propose it as such."))
        }
        None if fold.people().any(|member| member.person.tag == after.tag) => {
            Err(Refusal::new("here_already", "This person is in the roster already. Change the entry that is there."))
        }
        None if after.id.0 >= fold.next_person().0 + AHEAD_MAX => {
            Err(Refusal::new("far_ahead", "Number the new person next after the newest one."))
        }
        Some(_) | None => Ok(()),
    }
}

fn narrow(fold: &Fold, draft: &Draft<'_>, now: Millis) -> Result<(), Refusal> {
    let (before, after) = person(fold, draft)?;
    let Some(before) = before else {
        return Err(Refusal::new("unknown_person", "There is nobody of this number in the roster."));
    };
    if !is_within(&after, &before) {
        return Err(Refusal::new("widens", "This gives something, so it has to wait a day. Propose it as such."));
    }
    let stays = after.is_employed_at(now) && after.roles.iter().any(|role| *role != crate::person::Role::Auditor);
    if stays { Ok(()) } else { leaves_enough(fold, after.id, now) }
}

fn key_enrol(fold: &Fold, draft: &Draft<'_>) -> Result<(), Refusal> {
    let unclear =
        || Refusal::new("unclear_key", "This does not say whose passkey it is, or not which. Enrol it again.");
    let key: StaffKey = change::key(draft.effect).ok_or_else(unclear)?;
    if change::key_id(draft.subject) != Some(key.id) {
        return Err(unclear());
    }
    if fold.member(key.person).is_none() {
        return Err(Refusal::new(
            "unknown_person",
            "There is nobody of this number in the roster. Take them on first.",
        ));
    }
    if fold.key(&key.id).is_some() {
        return Err(Refusal::new(
            "known_key",
            "This passkey was enrolled before. A passkey belongs to one person for ever, so make a new one.",
        ));
    }
    Ok(())
}

fn key_end(fold: &Fold, draft: &Draft<'_>, now: Millis) -> Result<(), Refusal> {
    let held = change::key_id(draft.subject).and_then(|key| fold.key(&key)).filter(|held| held.is_live());
    let Some(held) = held else {
        return Err(Refusal::new("unknown_key", "There is no such passkey, or it has ended already."));
    };
    if draft.effect.parameters.get("person") != Some(&held.key.person.to_string()) {
        return Err(Refusal::new("other_person", "This passkey is somebody else's. Load the page again."));
    }
    let has_another = fold.live_keys(held.key.person).nth(1).is_some();
    if has_another { Ok(()) } else { leaves_enough(fold, held.key.person, now) }
}

/// Without two live people nothing but bringing back would be possible, and nobody could be taken on any more.
fn leaves_enough(fold: &Fold, leaving: PersonId, now: Millis) -> Result<(), Refusal> {
    let live: BTreeSet<_> = fold.live(now).map(|member| member.person.id).collect();
    let least = if fold.mode(now) == Mode::Solo { 1 } else { 2 };
    let left = live.iter().filter(|person| **person != leaving).count();
    if live.contains(&leaving) && left < least {
        return Err(Refusal::new(
            "too_few_left",
            "Too few people would be left to decide anything. Take somebody on first.",
        ));
    }
    Ok(())
}

fn policy(fold: &Fold, draft: &Draft<'_>, now: Millis) -> Result<(), Refusal> {
    let text = draft.document.unwrap_or_default();
    if Hash::of(&[text.as_bytes()]).to_string() != draft.subject.id {
        return Err(Refusal::new(
            "other_policy",
            "This is another text than the one that was signed. Load the page again.",
        ));
    }
    let floor = fold.house().and_then(|house| house.made_up_floor.as_deref());
    let policy = House::read_policy(floor, text)?;
    if !can_be_replaced(&policy, fold.people_here(now)) {
        return Err(Refusal::new(
            "policy_for_ever",
            "Nobody here could ever put another policy in the place of this one. Leave a way to change it.",
        ));
    }
    Ok(())
}
