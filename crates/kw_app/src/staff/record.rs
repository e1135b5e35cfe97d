//! What is on record about an account, for everybody: each use of a power that took effect or waits for its moment, in
//! public words.

use std::collections::BTreeSet;

use kw_domain::id::AccountId;
use kw_domain::time::Millis;
use kw_staff::entry::{InForce, Outcome, Record, Subject, Turn, is_shown};
use kw_staff::power::{Power, Tier};
use kw_staff::statement::ActionId;

use crate::context::Context;
use crate::failure::Failure;
use crate::ledger::read::load;

/// One use of a power that took effect, or on which everybody needed has agreed and which waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnRecord {
    /// Which action.
    pub action: ActionId,
    /// Whether everybody may read of it; otherwise the owner and staff alone.
    pub is_public: bool,
    /// The ledger entry that put it in force, or that says from when it will be.
    pub index: u64,
    /// The power.
    pub power: Power,
    /// The account's tier at that moment.
    pub tier: Tier,
    /// The public word for why.
    pub ground: Option<String>,
    /// When it took effect, or was decided.
    pub at: Millis,
    /// From when it takes effect, where it had not yet when it was last heard of.
    pub from: Option<Millis>,
    /// When it ends or ended by itself.
    pub until: Option<Millis>,
    /// How many people signed and counted.
    pub people: usize,
    /// Of how many teams.
    pub teams: u32,
    /// How many people it takes to bring it back.
    pub undo_needs: u8,
    /// When it was taken back, and by which entry.
    pub undone: Option<(Millis, u64)>,
}

/// Entries looked through of one account at most.
const ENTRIES_MAX: usize = 500;

/// Everything on record about an account, the newest first.
pub async fn of_account(cx: &Context, account: AccountId) -> Result<Vec<OnRecord>, Failure> {
    let indexes = cx.ledger().read(|log| log.about(&Subject::account(account.0)).to_vec());
    let newest = &indexes[indexes.len().saturating_sub(ENTRIES_MAX)..];
    let mut record: Vec<OnRecord> = Vec::new();
    for placed in load(cx, newest).await? {
        let (at, index) = (Millis(placed.entry.time.0), placed.index);
        match placed.entry.record {
            Record::InForce(in_force) => {
                record.retain(|known| known.action != in_force.action);
                record.push(took_effect(&in_force, at, index));
            }
            Record::Outcome(outcome) if outcome.turn == Turn::Scheduled => {
                record.push(waits(cx, &outcome, at, index));
            }
            Record::Outcome(outcome) => {
                let known = record.iter_mut().find(|known| known.action == outcome.action);
                if let Some(known) = known.filter(|_| takes_back(outcome.turn)) {
                    known.undone = Some((at, index));
                }
            }
            _ => {}
        }
    }
    record.reverse();
    Ok(record)
}

fn took_effect(in_force: &InForce, at: Millis, index: u64) -> OnRecord {
    OnRecord {
        action: in_force.action,
        is_public: is_shown(in_force.power, in_force.tier),
        index,
        power: in_force.power,
        tier: in_force.tier,
        ground: in_force.ground.clone(),
        at,
        from: None,
        until: in_force.effect.until.map(|until| Millis(until.0)),
        people: in_force.signers.len(),
        teams: in_force.teams,
        undo_needs: in_force.undo_needs,
        undone: None,
    }
}

/// Who agreed is known while it waits; of one that came to nothing it is not told.
fn waits(cx: &Context, outcome: &Outcome, at: Millis, index: u64) -> OnRecord {
    let case = cx.ledger().read(|log| log.fold().case(outcome.action).cloned());
    let people = case.as_ref().map(|case| case.signers.iter().map(|signed| signed.person).collect::<BTreeSet<_>>());
    OnRecord {
        action: outcome.action,
        is_public: outcome.by_itself && is_shown(outcome.power, outcome.tier),
        index,
        power: outcome.power,
        tier: outcome.tier,
        ground: case.as_ref().and_then(|case| case.ground.clone()),
        at,
        from: outcome.moment.map(|from| Millis(from.0)),
        until: case.as_ref().and_then(|case| case.effect.until).map(|until| Millis(until.0)),
        people: people.map_or(0, |people| people.len()),
        teams: 1,
        undo_needs: case.map_or(1, |case| case.undo_needs),
        undone: None,
    }
}

const fn takes_back(turn: Turn) -> bool {
    matches!(turn, Turn::Undone | Turn::Denied | Turn::Cancelled | Turn::Expired | Turn::Stale)
}

/// The use of a power by which an account is hidden or limited now.
pub async fn in_force(cx: &Context, account: AccountId) -> Result<Option<OnRecord>, Failure> {
    let now = super::house::moment(cx.now());
    let index = cx.ledger().read(|log| {
        let action = log.fold().standing(account.0, now).action?;
        log.fold().force(action).map(|force| force.index)
    });
    let Some(index) = index else { return Ok(None) };
    Ok(load(cx, &[index]).await?.into_iter().find_map(|placed| match placed.entry.record {
        Record::InForce(in_force) => Some(took_effect(&in_force, Millis(placed.entry.time.0), placed.index)),
        _ => None,
    }))
}
