//! `/staff/ledger`: every entry with what staff may read of it.

use kw_app::ledger::log::Log;
use kw_app::ledger::public;
use kw_app::ledger::read::{Placed, load};
use kw_app::staff::action::words;
use kw_html::part::ledger::EntryFact;
use kw_html::part::pager::Pager;
use kw_html::views::staff::{EntryRow, Opened, StaffLedger};
use kw_staff::entry::{Record, Rise, SignedStep};
use kw_staff::hex;
use kw_staff::statement::Effect;

use super::visit::StaffVisit;
use super::words::{colleague, power, verb, who};
use crate::error::Problem;
use crate::pages::answer::{Answer, page};
use crate::pages::ledger::show::head;
use crate::pages::view::ledger::entry;
use crate::params::Params;

/// Entries on a page.
const ENTRIES: u64 = 30;

/// The page, the newest entries first.
pub async fn show(visit: StaffVisit, params: Params) -> Answer {
    let cx = visit.cx();
    let size = cx.ledger().read(Log::size);
    let below = params.number("max_id")?.map_or(size, |below| below.min(size));
    let first = below.saturating_sub(ENTRIES);
    let mut entries = Vec::new();
    for placed in load(cx, &(first..below).rev().collect::<Vec<_>>()).await? {
        entries.push(row(&visit, &placed).await?);
    }
    let view = StaffLedger {
        head: head(&visit).ok_or_else(Problem::missing)?,
        entries,
        pager: Pager {
            newer: (below < size).then(|| "/staff/ledger".to_owned()),
            older: (first > 0).then(|| format!("/staff/ledger?max_id={first}")),
        },
        desk: visit.desk().await?,
        page: visit.page(),
    };
    Ok(page(&view))
}

async fn row(visit: &StaffVisit, placed: &Placed) -> Result<EntryRow, Problem> {
    let cx = visit.cx();
    let record = &placed.entry.record;
    let public = public::find(cx, placed.index).await?.ok_or_else(Problem::missing)?;
    let mut shown = entry(visit, &public).await?;
    // What staff propose, they know of before everybody does.
    shown.power = shown.power.or_else(|| used(record).map(power));
    if shown.who.is_none()
        && let Some(subject) = record.subject()
    {
        shown.who = Some(who(cx, &subject, &effect(record)).await?);
    }
    let facts = facts(visit, record).await?;
    Ok(EntryRow {
        entry: shown,
        action_url: record.action().map(|action| format!("/staff/actions/{action}")),
        opened: match record {
            Record::Erased { .. } => Opened::Erased,
            _ if facts.is_empty() => Opened::No,
            _ => Opened::Facts(facts),
        },
    })
}

fn used(record: &Record) -> Option<kw_staff::power::Power> {
    match record {
        Record::Step(step) => Some(step.statement.power),
        Record::RefusedStep(refused) => Some(refused.step.statement.power),
        Record::InForce(in_force) => Some(in_force.power),
        Record::Outcome(outcome) => Some(outcome.power),
        Record::Attempt(tried) => Some(tried.power),
        _ => None,
    }
}

fn effect(record: &Record) -> Effect {
    match record {
        Record::Step(step) => step.statement.effect.clone(),
        Record::RefusedStep(refused) => refused.step.statement.effect.clone(),
        Record::InForce(in_force) => in_force.effect.clone(),
        _ => Effect::default(),
    }
}

async fn facts(visit: &StaffVisit, record: &Record) -> Result<Vec<EntryFact>, Problem> {
    Ok(match record {
        Record::Step(step) => of_step(visit, step).await?,
        Record::RefusedStep(refused) => {
            let why = EntryFact::Refused(refused.code.clone());
            of_step(visit, &refused.step).await?.into_iter().chain([why]).collect()
        }
        Record::Attempt(tried) => {
            let by = EntryFact::By(colleague(visit.cx(), Some(tried.person)).await?);
            vec![by, EntryFact::Refused(tried.code.clone())]
        }
        Record::InForce(in_force) => {
            let mut people = Vec::with_capacity(in_force.signers.len());
            for person in &in_force.signers {
                people.push(EntryFact::By(colleague(visit.cx(), Some(*person)).await?));
            }
            people
        }
        Record::TierRose(rise) => match rise.because {
            Rise::Followers(followers) => vec![EntryFact::Followers(followers)],
            Rise::Label => Vec::new(),
        },
        Record::Started(started) => {
            vec![EntryFact::Version(started.version.clone()), EntryFact::Program(hex::encode(&started.binary))]
        }
        Record::Census(census) => {
            census.counts.iter().map(|(name, count)| EntryFact::Counted(name.clone(), *count)).collect()
        }
        Record::Founded(_) | Record::Outcome(_) | Record::OwnerState(_) | Record::Erased { .. } => Vec::new(),
    })
}

async fn of_step(visit: &StaffVisit, step: &SignedStep) -> Result<Vec<EntryFact>, Problem> {
    let signer = step.statement.signer;
    let person = visit.cx().ledger().read(|log| log.fold().key(&signer).map(|held| held.key.person));
    let (reason, facts) = words(step);
    let mut told = vec![EntryFact::Step(verb(step.statement.step))];
    told.push(EntryFact::By(colleague(visit.cx(), person).await?));
    told.extend(reason.map(|reason| EntryFact::Explanation(reason.explanation)));
    told.extend(facts.filter(|facts| !facts.is_empty()).map(EntryFact::Facts));
    Ok(told)
}
