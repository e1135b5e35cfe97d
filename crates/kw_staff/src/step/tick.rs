//! Time passing: what is over is closed for readers of history, and what waits by itself takes effect.
//!
//! Nothing depends on it: an effect ends at its `until` and a proposal at its deadline whether or not anybody asks.

use super::{clock, effect, judge};
use crate::entry::{Outcome, Record, Subject, Turn};
use crate::fold::{Case, Fold, State};
use crate::statement::ActionId;
use crate::time::Millis;

/// Entries of one answer at most; the next one continues.
const RECORDS_MAX: usize = 64;

pub(super) fn tick(fold: &Fold, now: Millis) -> Vec<Record> {
    let mut over: Vec<_> = lapsed(fold, now).chain(expired(fold, now)).take(RECORDS_MAX).collect();
    if over.is_empty() {
        // One at a time: the next is judged with this one's effect.
        over = fold.cases().find_map(|(action, case)| by_itself(fold, action, case, now)).unwrap_or_default();
    }
    over
}

pub(super) fn target_gone(fold: &Fold, subject: &Subject) -> Vec<Record> {
    let about = fold.cases().filter(|(_, case)| case.subject == *subject);
    about.map(|(action, case)| Record::Outcome(effect::outcome(fold, action, case, Turn::Stale))).collect()
}

fn lapsed(fold: &Fold, now: Millis) -> impl Iterator<Item = Record> {
    fold.ended(now).map(|(action, force)| {
        Record::Outcome(Outcome {
            action,
            turn: Turn::Lapsed,
            power: force.power,
            subject: Subject::account(force.account),
            tier: fold.account(force.account).tier,
            moment: None,
            by_itself: false,
        })
    })
}

fn expired(fold: &Fold, now: Millis) -> impl Iterator<Item = Record> {
    let over = fold.cases().filter(move |(_, case)| now > clock::deadline(case));
    over.map(|(action, case)| Record::Outcome(effect::outcome(fold, action, case, Turn::Expired)))
}

/// What waits without a fresh signature, once its moment has come; none while somebody is missing or it makes no sense now.
fn by_itself(fold: &Fold, action: ActionId, case: &Case, now: Millis) -> Option<Vec<Record>> {
    match case.state {
        State::Scheduled { from, by_itself: true } if from <= now => {
            let is_complete = judge::is_complete(fold, &judge::Matter::of(case), now);
            is_complete.then(|| effect::take(fold, action, case, now).ok()).flatten()
        }
        _ => None,
    }
}
