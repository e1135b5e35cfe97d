//! The protection line of a profile: how many people it takes to hide this account, and to bring it back. Found by asking
//! the policy in force, never written down beside it.

use kw_domain::id::AccountId;
use kw_staff::entry::Subject;
use kw_staff::fold::Fold;
use kw_staff::policy::missing::{Missing, TeamNeed};
use kw_staff::policy::question::Mode;
use kw_staff::power::{Label, Power, Tier};
use kw_staff::statement::Effect;
use kw_staff::step::{clock, judge};
use kw_staff::time::Millis;

use crate::context::Context;
use crate::ledger::watch;
use crate::staff::house::moment;

/// What one person may do alone lasts so long at most where the policy makes a difference, in milliseconds.
pub const BRIEF_MS: u64 = Millis::DAY;
/// Longer, as the line tells it, in milliseconds.
const LONG_MS: u64 = 7 * Millis::DAY;

/// What protects an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protection {
    /// Its tier.
    pub tier: Tier,
    /// Its labels.
    pub labels: Vec<Label>,
    /// How the server is run.
    pub mode: Mode,
    /// What it takes to hide it for [`BRIEF_MS`]; none where the people who are there could not.
    pub hide: Option<Takes>,
    /// What it takes to hide it for a week.
    pub hide_longer: Option<Takes>,
    /// How many people it takes to bring it back.
    pub restore: u8,
    /// How many uses of a power are on record about it, for everybody to read.
    pub on_record: u64,
    /// How many watch from outside.
    pub watchers: u64,
}

/// What something takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Takes {
    /// People.
    pub people: usize,
    /// Of how many teams at least.
    pub teams: usize,
    /// For how long everybody can read of it before, in milliseconds.
    pub wait_ms: u64,
}

/// What protects `account`; none before staff were founded, when nobody has any power.
pub fn of_account(cx: &Context, account: AccountId) -> Option<Protection> {
    let now = moment(cx.now());
    let subject = Subject::account(account.0);
    let watchers = watch::watchers(cx);
    cx.ledger().read(|log| {
        let fold = log.fold();
        fold.house()?;
        let known = fold.account(account.0);
        Some(Protection {
            tier: known.tier,
            labels: known.labels.iter().copied().collect(),
            mode: fold.mode(now),
            hide: hiding(fold, &subject, BRIEF_MS, now),
            hide_longer: hiding(fold, &subject, LONG_MS, now),
            restore: fold.undo_needs(account.0, now),
            on_record: log.shown_uses(&subject),
            watchers,
        })
    })
}

/// What it takes to hide an account for so long, where the people who are there could.
fn hiding(fold: &Fold, subject: &Subject, length_ms: u64, now: Millis) -> Option<Takes> {
    let (_, tier) = fold.target(subject)?;
    let mut effect = Effect { until: Some(now.plus(length_ms)), ..Effect::default() };
    effect.delay_ms = clock::delay_ms(Power::TakeDown, tier, &effect, fold.mode(now), now);
    let missing = judge::missing_for(fold, Power::TakeDown, subject, &effect, now)?;
    takes(&missing, effect.delay_ms).filter(|_| missing.can_be_completed)
}

/// People and teams of the least demanding way.
fn takes(missing: &Missing, wait_ms: u64) -> Option<Takes> {
    let way = missing.ways.first()?;
    let others = way.iter().filter(|offer| offer.addition.team == TeamNeed::Other).count();
    let teams = others + usize::from(others < way.len());
    Some(Takes { people: way.len(), teams, wait_ms })
}
