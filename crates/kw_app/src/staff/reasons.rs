//! The statement of reasons: what the owner of an account reads about a use of a power over it. Everything that was signed,
//! and of those who signed how many, never who.

use kw_domain::id::AccountId;
use kw_staff::entry::{Opened, Reason, Record, SignedStep, Words};
use kw_staff::power::Power;
use kw_staff::statement::ActionId;

use crate::context::Context;
use crate::failure::Failure;
use crate::ledger::read::load as load_entries;
use crate::session::Actor;
use crate::staff::details::{self, Details};
use crate::staff::record::{OnRecord, of_account};

/// What was decided, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reasons {
    /// What took effect.
    pub decision: OnRecord,
    /// Why; none once its words were erased.
    pub reason: Option<Reason>,
    /// On what it rests, in the proposer's words; none once they were erased.
    pub facts: Option<String>,
    /// What stands beside that prose, where the proposer said it.
    pub details: Option<Details>,
    /// Whether it was said that it could not wait.
    pub is_urgent: bool,
}

/// The decision behind `entry`, for the owner who is signed in, as far as that goes; without an entry the one that holds
/// now, or else the newest that took something away, or else the newest. None where staff never did anything.
pub async fn load(cx: &Context, actor: &Actor, entry: Option<u64>) -> Result<Option<Reasons>, Failure> {
    let Some(account) = actor.owner_id() else { return Ok(None) };
    if let Some(entry) = entry {
        return find(cx, account, entry).await;
    }
    let now = super::house::moment(cx.now());
    let holds = cx.ledger().read(|log| {
        let newest = log.fold().forces(account.0, now).max_by_key(|(_, force)| (takes(force.power), force.index));
        newest.map(|(action, _)| action)
    });
    let record = of_account(cx, account).await?;
    let newest = |wanted: &dyn Fn(&OnRecord) -> bool| record.iter().find(|known| wanted(known)).cloned();
    let decision = newest(&|known| Some(known.action) == holds).or_else(|| newest(&|known| takes(known.power)));
    match decision.or_else(|| record.first().cloned()) {
        Some(decision) => with_words(cx, decision).await.map(Some),
        None => Ok(None),
    }
}

/// The decision about `account` that `entry` put in force or took back.
pub(crate) async fn find(cx: &Context, account: AccountId, entry: u64) -> Result<Option<Reasons>, Failure> {
    let is_it = |known: &OnRecord| known.index == entry || known.undone.is_some_and(|(_, undone)| undone == entry);
    match of_account(cx, account).await?.into_iter().find(is_it) {
        Some(decision) => with_words(cx, decision).await.map(Some),
        None => Ok(None),
    }
}

/// Whether a power takes something from an owner, for a while or for good.
pub(crate) const fn takes(power: Power) -> bool {
    power.hides() || matches!(power, Power::StepUp | Power::Freeze | Power::RemovePost | Power::Purge)
}

async fn with_words(cx: &Context, decision: OnRecord) -> Result<Reasons, Failure> {
    let proposal = find_proposal(cx, decision.action).await?;
    let words = proposal.as_ref().and_then(|step| match &step.words {
        Some(Opened::Here(words)) => Some(words),
        Some(Opened::Erased) | None => None,
    });
    let facts = words.and_then(|words| details::read(&words.facts.bytes));
    Ok(Reasons {
        reason: words.and_then(Words::reason),
        details: facts.as_ref().and_then(|(_, details)| details.clone()),
        facts: facts.map(|(prose, _)| prose),
        is_urgent: proposal.is_some_and(|step| step.statement.effect.parameters.contains_key("urgent")),
        decision,
    })
}

/// The step that proposed an action: the first of its entries.
async fn find_proposal(cx: &Context, action: ActionId) -> Result<Option<SignedStep>, Failure> {
    let entries = cx.ledger().read(|log| log.of_action(action).to_vec());
    let Some(first) = entries.first() else { return Ok(None) };
    let entry = load_entries(cx, &[*first]).await?.pop();
    Ok(entry.and_then(|placed| match placed.entry.record {
        Record::Step(step) => Some(*step),
        _ => None,
    }))
}
