//! Taking effect: the entry that puts an action in force, and those that follow from it in the same batch.

use std::collections::BTreeSet;

use super::check::{self, Draft};
use super::{change, clock, judge};
use crate::entry::{InForce, Outcome, Record, Rise, Subject, TierRise, Turn};
use crate::fold::{Case, Fold};
use crate::policy::question::Mode;
use crate::power::{Power, Tier};
use crate::refusal::Refusal;
use crate::statement::ActionId;
use crate::time::Millis;

/// What follows when a case has gained what it has: nothing yet, a moment to wait for, or its effect.
pub(super) fn follow(fold: &Fold, action: ActionId, case: &Case, now: Millis) -> Result<Vec<Record>, Refusal> {
    if !judge::is_complete(fold, &judge::Matter::of(case), now) {
        return Ok(Vec::new());
    }
    if case.effect.delay_ms == 0 {
        return take(fold, action, case, now);
    }
    let from = now.plus(case.effect.delay_ms);
    let by_itself = fold.mode(now) == Mode::Solo;
    let scheduled = Outcome { moment: Some(from), by_itself, ..outcome(fold, action, case, Turn::Scheduled) };
    Ok(vec![Record::Outcome(scheduled)])
}

/// Puts an action in force whose people are complete: everything else is checked again first.
pub(super) fn take(fold: &Fold, action: ActionId, case: &Case, now: Millis) -> Result<Vec<Record>, Refusal> {
    let document = case.document.as_deref();
    let draft = Draft { action, power: case.power, subject: &case.subject, effect: &case.effect, document };
    check::check(fold, &draft, now)?;
    let mut records = vec![Record::InForce(Box::new(in_force(fold, action, case, now)))];
    records.extend(followers(fold, action, case, now));
    Ok(records)
}

fn in_force(fold: &Fold, action: ActionId, case: &Case, now: Millis) -> InForce {
    let matter = judge::Matter::of(case);
    let counted: Vec<_> = judge::counted(fold, &matter, now).collect();
    let teams: BTreeSet<_> = counted.iter().map(|(_, member)| &member.person.team).collect();
    let mut effect = case.effect.clone();
    if case.power == Power::BreakGlass {
        effect.until = effect.until.min(Some(now.plus(clock::BREAK_GLASS_MS)));
    }
    InForce {
        action,
        power: case.power,
        subject: case.subject.clone(),
        tier: fold.target(&case.subject).map_or(case.tier, |(_, tier)| tier),
        effect,
        undo_needs: case.undo_needs,
        ground: case.ground.clone(),
        policy: case.policy,
        signers: counted.iter().map(|(signature, _)| signature.person).collect(),
        teams: teams.len() as u32,
        document: case.document.clone(),
    }
}

fn followers(fold: &Fold, action: ActionId, case: &Case, now: Millis) -> Vec<Record> {
    let Some(account) = case.subject.account_id() else { return stale_of_house(fold, action, case) };
    let tier = fold.account(account).tier;
    match case.power {
        Power::TakeDown | Power::Limit | Power::BreakGlass => stale_of_account(fold, account, Some(action), |_| true),
        Power::Restore => restored(fold, action, account, case, now),
        Power::TierUp | Power::TierDown | Power::Rename => stale_of_account(fold, account, Some(action), |_| true),
        Power::LabelAdd if tier < Tier::Notable => {
            let rise = TierRise { account, tier: Tier::Notable, because: Rise::Label };
            let mut records = vec![Record::TierRose(rise)];
            records.extend(stale_of_account(fold, account, Some(action), |_| true));
            records
        }
        _ => Vec::new(),
    }
}

/// Restoring takes back what hides, and stops what would hide.
fn restored(fold: &Fold, action: ActionId, account: u64, case: &Case, now: Millis) -> Vec<Record> {
    let is_for_step_up = change::lifts_step_up(&case.effect);
    let undone = fold.forces(account, now).filter(|(_, force)| change::is_lifted(force, &case.effect));
    let undone = undone.map(|(undone, force)| {
        Record::Outcome(Outcome {
            action: undone,
            turn: Turn::Undone,
            power: force.power,
            subject: Subject::account(account),
            tier: fold.account(account).tier,
            moment: None,
            by_itself: false,
        })
    });
    let mut records: Vec<_> = undone.collect();
    if !is_for_step_up {
        records.extend(close_of_account(fold, account, Some(action), |case| {
            Some(if case.power.hides() { Turn::Cancelled } else { Turn::Stale })
        }));
    }
    records
}

/// Open actions that were signed for what has just changed: a person's entry, a key, or the policy that they stand under.
fn stale_of_house(fold: &Fold, action: ActionId, case: &Case) -> Vec<Record> {
    let others = fold.cases().filter(|(other, _)| *other != action);
    let drifted = others.filter(|(_, other)| case.power == Power::Policy || other.subject == case.subject);
    drifted.map(|(action, case)| Record::Outcome(outcome(fold, action, case, Turn::Stale))).collect()
}

/// Closes as stale the open actions about an account that `drifted` finds.
pub(super) fn stale_of_account(
    fold: &Fold,
    account: u64,
    except: Option<ActionId>,
    drifted: impl Fn(&Case) -> bool,
) -> Vec<Record> {
    close_of_account(fold, account, except, |case| drifted(case).then_some(Turn::Stale))
}

fn close_of_account(
    fold: &Fold,
    account: u64,
    except: Option<ActionId>,
    turn: impl Fn(&Case) -> Option<Turn>,
) -> Vec<Record> {
    let subject = Subject::account(account);
    let others = fold.cases().filter(|(action, case)| case.subject == subject && Some(*action) != except);
    others.filter_map(|(action, case)| Some(Record::Outcome(outcome(fold, action, case, turn(case)?)))).collect()
}

/// A turn of an open action.
pub(super) fn outcome(fold: &Fold, action: ActionId, case: &Case, turn: Turn) -> Outcome {
    Outcome {
        action,
        turn,
        power: case.power,
        subject: case.subject.clone(),
        tier: fold.target(&case.subject).map_or(case.tier, |(_, tier)| tier),
        moment: None,
        by_itself: false,
    }
}
