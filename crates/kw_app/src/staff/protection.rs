//! The protection line of a profile: how many people it takes to hide this account, and to bring it back. Found by asking
//! the policy in force, never written down beside it.

use kw_domain::id::AccountId;
use kw_staff::entry::Subject;
use kw_staff::fold::Fold;
use kw_staff::policy::missing::{Missing, TeamNeed};
use kw_staff::policy::question::{Mode, Span};
use kw_staff::policy::table::House;
use kw_staff::power::{Label, Power, Tier};
use kw_staff::statement::Effect;
use kw_staff::step::clock;
use kw_staff::step::judge::{Asked, ask_beside};
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
    let (found, [brief, long]) = cx.ledger().read(|log| {
        let fold = log.fold();
        fold.house()?;
        let known = fold.account(account.0);
        let protection = Protection {
            tier: known.tier,
            labels: known.labels.iter().copied().collect(),
            mode: fold.mode(now),
            hide: None,
            hide_longer: None,
            restore: fold.undo_needs(account.0, now),
            on_record: log.shown_uses(&subject),
            watchers,
        };
        Some((protection, [BRIEF_MS, LONG_MS].map(|length_ms| hiding(fold, &subject, length_ms, now))))
    })?;
    Some(Protection { hide: brief.and_then(Hiding::takes), hide_longer: long.and_then(Hiding::takes), ..found })
}

/// Who is there, and under which policy.
pub type Known = (House, [u8; 32]);

/// Has the policy answered what profiles will ask, unless it has for all that is `known`: in a house that changed, the first
/// reader of a protected account's profile would otherwise wait for the search. Takes up to seconds of a thread.
pub fn prepare(cx: &Context, known: Option<Known>) -> Option<Known> {
    let now = moment(cx.now());
    // An account of which the ledger knows nothing.
    let subject = Subject::account(0);
    let (found, asked) = cx.ledger().read(|log| {
        let fold = log.fold();
        let found = (fold.people_here(now), fold.house()?.policy_hash);
        let mut asked = Vec::new();
        for length_ms in [BRIEF_MS, LONG_MS].into_iter().filter(|_| known != Some(found)) {
            let hiding = hiding(fold, &subject, length_ms, now)?;
            for tier in Tier::ALL {
                let wait_ms = wait_ms(fold, *tier, length_ms, now);
                asked.extend(Span::ALL.iter().map(|span| hiding.asked.afresh(*tier, *span, wait_ms)));
            }
        }
        Some((found, asked))
    })?;
    for asked in asked {
        asked.missing();
    }
    Some(found)
}

/// Hiding an account, as the policy is asked about it.
struct Hiding {
    asked: Asked,
    wait_ms: u64,
}

impl Hiding {
    /// What it takes, where the people who are there could. Asked outside the fold.
    fn takes(self) -> Option<Takes> {
        let missing = self.asked.missing();
        takes(&missing, self.wait_ms).filter(|_| missing.can_be_completed)
    }
}

fn hiding(fold: &Fold, subject: &Subject, length_ms: u64, now: Millis) -> Option<Hiding> {
    let (_, tier) = fold.target(subject)?;
    let wait_ms = wait_ms(fold, tier, length_ms, now);
    let effect = Effect { delay_ms: wait_ms, ..lasting(length_ms, now) };
    Some(Hiding { asked: ask_beside(fold, Power::TakeDown, subject, &effect, &[], now)?, wait_ms })
}

fn wait_ms(fold: &Fold, tier: Tier, length_ms: u64, now: Millis) -> u64 {
    clock::delay_ms(Power::TakeDown, tier, &lasting(length_ms, now), fold.mode(now), now)
}

fn lasting(length_ms: u64, now: Millis) -> Effect {
    Effect { until: Some(now.plus(length_ms)), ..Effect::default() }
}

/// People and teams of the least demanding way.
fn takes(missing: &Missing, wait_ms: u64) -> Option<Takes> {
    let way = missing.ways.first()?;
    let others = way.iter().filter(|offer| offer.addition.team == TeamNeed::Other).count();
    let teams = others + usize::from(others < way.len());
    Some(Takes { people: way.len(), teams, wait_ms })
}
