//! The protection line of a profile: how many people it takes to hide this account, and to bring it back. Found by asking
//! the policy in force, never written down beside it.

use kw_domain::id::AccountId;
use kw_staff::entry::Subject;
use kw_staff::policy::missing::{Missing, TeamNeed};
use kw_staff::policy::question::Mode;
use kw_staff::power::{Label, Power, Tier};
use kw_staff::statement::Effect;
use kw_staff::step::judge;
use kw_staff::time::Millis;

use crate::context::Context;
use crate::staff::house::moment;

/// What protects an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protection {
    /// Its tier.
    pub tier: Tier,
    /// Its labels.
    pub labels: Vec<Label>,
    /// How the server is run.
    pub mode: Mode,
    /// What it takes to hide it for a week or less; none where nobody could.
    pub hide: Option<Takes>,
    /// How many people it takes to bring it back.
    pub restore: u8,
    /// How many uses of a power are on record about it.
    pub on_record: usize,
    /// How many guards watch from outside.
    pub guards: usize,
}

/// How many people something takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Takes {
    /// People.
    pub people: usize,
    /// Of how many teams at least.
    pub teams: usize,
}

/// What protects `account`; none before staff were founded, when nobody has any power.
pub fn of_account(cx: &Context, account: AccountId) -> Option<Protection> {
    let now = moment(cx.now());
    let subject = Subject::account(account.0);
    cx.ledger().read(|log| {
        let fold = log.fold();
        let witnesses = fold.house()?.witnesses.len();
        let known = fold.account(account.0);
        let day = Effect { until: Some(now.plus(Millis::DAY)), ..Effect::default() };
        let missing = judge::missing_for(fold, Power::TakeDown, &subject, &day, now);
        Some(Protection {
            tier: known.tier,
            labels: known.labels.iter().copied().collect(),
            mode: fold.mode(now),
            hide: missing.as_ref().and_then(takes),
            restore: fold.undo_needs(account.0, now),
            on_record: log.about(&subject).len(),
            guards: witnesses,
        })
    })
}

/// People and teams of the least demanding way.
fn takes(missing: &Missing) -> Option<Takes> {
    let way = missing.ways.first()?;
    let others = way.iter().filter(|offer| offer.addition.team == TeamNeed::Other).count();
    Some(Takes { people: way.len(), teams: if others > 0 { others + 1 } else { 1 } })
}
