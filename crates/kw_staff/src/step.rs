//! What an event appends to the ledger, judged against the fold of everything before it.
//!
//! Pure: the server asks inside the critical section that appends, and `replay` asks again for every entry of a ledger. All
//! entries of one answer are appended together or not at all. Deliberately absent: signatures are verified before
//! ([`crate::assertion`]), and what an entry changes is the fold's to say.

mod approve;
mod attempt;
mod census;
pub mod change;
mod check;
pub mod clock;
mod confirm;
mod effect;
mod fire;
mod found;
pub mod judge;
mod propose;
pub mod rehearse;
mod signing;
mod stop;
#[cfg(test)]
mod tests;
mod tick;
mod undo;

use std::collections::BTreeMap;

use crate::assertion::Checked;
use crate::entry::{
    Attempt, Entry, Founding, Opened, OwnerState, Record, RefusedStep, Rise, Started, Subject, TierRise, Words,
};
use crate::fold::Fold;
use crate::power::{Tier, Verb};
use crate::refusal::Refusal;
use crate::time::Millis;

/// What happened.
#[derive(Debug, Clone)]
pub enum Event {
    /// A deployment begins.
    Found(Box<Founding>),
    /// Somebody signed a step.
    Step(Box<Asked>),
    /// Time passed: closes what is over, and lets solo's waiting actions take effect. Ask until nothing follows.
    Tick,
    /// Somebody counted an account's followers.
    FollowersCounted {
        /// The account.
        account: u64,
        /// How many follow it.
        followers: u64,
        /// From how many this deployment protects.
        from: Thresholds,
    },
    /// What open actions are about is no more: an account was deleted by its owner.
    TargetGone(Subject),
    /// A server started.
    Started(Started),
    /// A day was counted by the server: numbers by ASCII name.
    Census(BTreeMap<String, u64>),
    /// An owner decided about an account.
    OwnerState(OwnerState),
    /// Somebody whose powers had ended was refused before they signed.
    Attempted(Attempt),
}

/// A signed step with what the ledger cannot know.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The statement, whose signature was verified.
    pub checked: Checked,
    /// A proposal's words. Erased only on replay: [`step`] refuses a proposal without them.
    pub words: Option<Opened<Words>>,
    /// A proposed policy's text.
    pub document: Option<String>,
    /// What the server looked up for it.
    pub around: Surroundings,
}

/// What the server looked up for a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Surroundings {
    /// The ledger's root at the size that the statement says its signer saw; none when it never had that size.
    pub seen_root: Option<[u8; 32]>,
    /// Whether the account in question exists. For other targets the fold knows.
    pub target_exists: bool,
}

/// From how many followers an account is protected. A deployment may lower the numbers, never raise them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    notable: u64,
    protected: u64,
}

impl Thresholds {
    /// From how many followers an account is notable, at most.
    pub const NOTABLE_MAX: u64 = 10_000;
    /// From how many followers an account is protected, at most.
    pub const PROTECTED_MAX: u64 = 1_000_000;

    /// These numbers, or the highest allowed ones where they are above.
    pub fn new(notable: u64, protected: u64) -> Self {
        Self { notable: notable.min(Self::NOTABLE_MAX), protected: protected.min(Self::PROTECTED_MAX) }
    }

    /// The tier that so many followers make.
    pub const fn tier(self, followers: u64) -> Tier {
        if followers >= self.protected {
            Tier::Protected
        } else if followers >= self.notable {
            Tier::Notable
        } else {
            Tier::Ordinary
        }
    }
}

impl Default for Thresholds {
    fn default() -> Self {
        Self::new(Self::NOTABLE_MAX, Self::PROTECTED_MAX)
    }
}

/// What `event` does to the ledger behind `fold` at `now`: the entries to append, or why none.
///
/// Entries are never earlier than the newest one of the fold, whatever the clock says. A step that is refused but must be
/// recorded answers with one [`Record::RefusedStep`]; [`refusal_in`] finds what to tell its signer. Applying the answer's
/// entries to `fold` never fails.
pub fn step(fold: &Fold, event: &Event, now: Millis) -> Result<Vec<Entry>, Refusal> {
    if let Event::Step(asked) = event {
        let is_proposal = asked.checked.statement().step == Verb::Propose;
        if is_proposal && !matches!(asked.words, Some(Opened::Here(_))) {
            return Err(Refusal::new("no_words", "A proposal needs its reason. Write one and propose again."));
        }
    }
    decide(fold, event, now)
}

/// As [`step`], also for proposals whose words were erased since.
pub(crate) fn decide(fold: &Fold, event: &Event, now: Millis) -> Result<Vec<Entry>, Refusal> {
    let now = now.max(fold.time());
    let records = match event {
        Event::Found(founding) => found::found(fold, founding)?,
        _ if fold.house().is_none() => {
            return Err(Refusal::new("not_founded", "Nobody has founded this deployment's staff yet. Found it first."));
        }
        Event::Step(asked) => match signed(fold, asked, now) {
            Ok(records) => records,
            Err(Halt::Refused(refusal)) => return Err(refusal),
            Err(Halt::Recorded(refused)) => vec![Record::RefusedStep(refused)],
        },
        Event::Tick => tick::tick(fold, now),
        Event::FollowersCounted { account, followers, from } => rise(fold, *account, *followers, *from),
        Event::TargetGone(subject) => tick::target_gone(fold, subject),
        Event::Started(started) => vec![Record::Started(started.clone())],
        Event::Census(counts) => vec![Record::Census(census::census(fold, counts))],
        Event::OwnerState(state) => vec![Record::OwnerState(state.clone())],
        Event::Attempted(tried) => attempt::attempt(fold, tried, now)?,
    };
    Ok(records.into_iter().map(|record| Entry { time: now, record }).collect())
}

/// The refusal that was recorded, when all that was appended is one.
pub fn refusal_in(entries: &[Entry]) -> Option<Refusal> {
    match entries {
        [Entry { record: Record::RefusedStep(refused), .. }] => Some(signing::recorded_refusal(&refused.code)),
        _ => None,
    }
}

/// Why a step goes no further.
enum Halt {
    /// Nothing is appended.
    Refused(Refusal),
    /// The refusal itself is appended.
    Recorded(Box<RefusedStep>),
}

impl From<Refusal> for Halt {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

fn signed(fold: &Fold, asked: &Asked, now: Millis) -> Result<Vec<Record>, Halt> {
    let signing = signing::admit(fold, asked, now)?;
    match signing.statement.step {
        Verb::Propose => propose::propose(&signing),
        Verb::Approve => approve::approve(&signing),
        Verb::Deny => stop::deny(&signing),
        Verb::Cancel => stop::cancel(&signing),
        Verb::Confirm => confirm::confirm(&signing),
        Verb::Fire => fire::fire(&signing),
        Verb::Undo => undo::undo(&signing),
    }
}

/// Tiers rise by themselves, and nothing here lets them fall. What is open about the account was signed for its old tier.
fn rise(fold: &Fold, account: u64, followers: u64, from: Thresholds) -> Vec<Record> {
    let tier = from.tier(followers);
    if tier <= fold.account(account).tier {
        return Vec::new();
    }
    let mut records = vec![Record::TierRose(TierRise { account, tier, because: Rise::Followers(followers) })];
    records.extend(effect::stale_of_account(fold, account, None, |case| case.tier != tier));
    records
}
