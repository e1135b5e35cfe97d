//! Proposals that were refused because powers had ended: recorded, also when nobody signed, where they were about something
//! notable or protected.

use kw_domain::refusal::Refusal;
use kw_domain::time::Millis;
use kw_staff::entry::{Attempt, Record, Subject};
use kw_staff::fold::Fold;
use kw_staff::person::PersonId;
use kw_staff::power::{Power, Tier};
use kw_staff::step::{Event, step};

use crate::context::Context;
use crate::failure::Failure;
use crate::ledger::append::append;
use crate::ledger::read::load;
use crate::staff::house::moment;
use crate::staff::session::StaffMember;

/// Attempts looked through at most, the newest first.
const LOOKED_AT_MAX: usize = 50;

/// A proposal that was refused and is on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempted {
    /// The entry.
    pub index: u64,
    /// When.
    pub at: Millis,
    /// Who; none where the key is not on the ledger any more.
    pub person: Option<PersonId>,
    /// The power.
    pub power: Power,
    /// Over what.
    pub subject: Subject,
    /// The refusal's code.
    pub code: String,
}

/// Records that `member` was refused, and gives the entry: of several within an hour the one that is there already. None
/// where such a refusal is nobody's business.
pub async fn record(
    cx: &Context,
    member: &StaffMember,
    (power, subject): (Power, &Subject),
    refusal: &Refusal,
) -> Result<Option<u64>, Failure> {
    let tier = cx.ledger().read(|log| log.fold().target(subject).map_or(Tier::Ordinary, |(_, tier)| tier));
    if !matches!(refusal.code, "powers_ended" | "leaving") || tier == Tier::Ordinary {
        return Ok(None);
    }
    // Whoever signed all the same is on record with what they signed.
    if let Some(known) = lately(cx, member, (power, subject)).await? {
        return Ok(Some(known));
    }
    let (person, code) = (member.person, refusal.code.to_owned());
    let event = Event::Attempted(Attempt { person, power, subject: subject.clone(), code });
    let is_due =
        cx.ledger().read(|log| step(log.fold(), &event, moment(cx.now())).is_ok_and(|entries| !entries.is_empty()));
    if is_due {
        append(cx, |_| Ok(event.clone())).await?;
    }
    lately(cx, member, (power, subject)).await
}

/// The entry of the same refusal within the hour.
async fn lately(
    cx: &Context,
    member: &StaffMember,
    (power, subject): (Power, &Subject),
) -> Result<Option<u64>, Failure> {
    let since = Millis(cx.now().0.saturating_sub(Fold::ATTEMPT_MS));
    let is_it = |tried: &Attempted| tried.person == Some(member.person) && tried.power == power && tried.at > since;
    Ok(about(cx, subject).await?.into_iter().find(is_it).map(|tried| tried.index))
}

/// What was refused about a thing, the newest first.
pub async fn about(cx: &Context, subject: &Subject) -> Result<Vec<Attempted>, Failure> {
    let indexes = cx.ledger().read(|log| newest(log.refused().iter().filter(|refused| refused.1 == *subject)));
    list(cx, &indexes).await
}

/// What was refused since a moment, the newest first.
pub async fn since(cx: &Context, since: Millis) -> Result<Vec<Attempted>, Failure> {
    let indexes = cx.ledger().read(|log| newest(log.refused().iter()));
    let mut lately = list(cx, &indexes).await?;
    lately.retain(|tried| tried.at >= since);
    Ok(lately)
}

fn newest<'a>(refused: impl DoubleEndedIterator<Item = &'a (u64, Subject)>) -> Vec<u64> {
    refused.rev().take(LOOKED_AT_MAX).map(|(index, _)| *index).collect()
}

async fn list(cx: &Context, indexes: &[u64]) -> Result<Vec<Attempted>, Failure> {
    let mut found = Vec::with_capacity(indexes.len());
    for placed in load(cx, indexes).await? {
        let (person, power, code) = match &placed.entry.record {
            Record::Attempt(tried) => (Some(tried.person), tried.power, tried.code.clone()),
            Record::RefusedStep(refused) => {
                let signer = refused.step.statement.signer;
                let person = cx.ledger().read(|log| log.fold().key(&signer).map(|held| held.key.person));
                (person, refused.step.statement.power, refused.code.clone())
            }
            _ => continue,
        };
        let Some(subject) = placed.entry.record.subject() else { continue };
        let at = Millis(placed.entry.time.0);
        found.push(Attempted { index: placed.index, at, person, power, subject, code });
    }
    Ok(found)
}
