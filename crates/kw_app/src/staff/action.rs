//! One action as staff read it: what was proposed and why, who signed what and when, where it stands, what is missing.

use kw_domain::refusal::Refusal;
use kw_domain::time::Millis;
use kw_staff::entry::{InForce, Opened, Reason, Record, SignedStep, Turn};
use kw_staff::fold::State;
use kw_staff::person::{KeyId, PersonId};
use kw_staff::policy::missing::Missing;
use kw_staff::power::Verb;
use kw_staff::statement::{ActionId, Statement};
use kw_staff::step::judge;

use crate::context::Context;
use crate::failure::Failure;
use crate::ledger::read::{Placed, load as load_entries};
use crate::staff::details::{self, Details};
use crate::staff::house::moment;

/// An action, from its proposal to its end.
#[derive(Debug, Clone)]
pub struct Action {
    /// Which.
    pub action: ActionId,
    /// Its proposal, in its exact words.
    pub proposal: Statement,
    /// Where in the ledger it was proposed.
    pub index: u64,
    /// When it was proposed.
    pub proposed: Millis,
    /// Why; none once that was erased.
    pub reason: Option<Reason>,
    /// What it rests on, in the proposer's words; none once that was erased.
    pub facts: Option<String>,
    /// What stands beside that prose, where the proposer said it.
    pub details: Option<Details>,
    /// The text of the policy that it proposes.
    pub document: Option<String>,
    /// Who signed what, oldest first.
    pub steps: Vec<StepTaken>,
    /// Where it stands.
    pub stage: Stage,
    /// What is missing while it is proposed.
    pub missing: Option<Missing>,
    /// What the entry says that put it in force.
    pub in_force: Option<(Placed, InForce)>,
}

/// A step that somebody signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepTaken {
    /// Which.
    pub verb: Verb,
    /// Who; none where the key is not on the ledger any more.
    pub person: Option<PersonId>,
    /// With which key.
    pub key: KeyId,
    /// When.
    pub at: Millis,
    /// Where in the ledger.
    pub index: u64,
}

/// Where an action stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It waits for people, until then.
    Proposed(Millis),
    /// It waits for its moment.
    Scheduled {
        /// From when it may take effect.
        from: Millis,
        /// Whether it does so by itself.
        by_itself: bool,
    },
    /// It is in force, until then if it ends by itself.
    InForce(Option<Millis>),
    /// It took effect, and what it did does not end: a label, a key, a policy.
    Done(Millis),
    /// It is over.
    Over(Turn, Millis),
}

/// The action, or that there is none.
pub async fn load(cx: &Context, action: ActionId) -> Result<Action, Failure> {
    let indexes = cx.ledger().read(|log| log.of_action(action).to_vec());
    let entries = load_entries(cx, &indexes).await?;
    let proposal = entries.iter().find_map(|placed| match &placed.entry.record {
        Record::Step(step) if step.statement.step == Verb::Propose => Some((placed, step.as_ref())),
        _ => None,
    });
    let (placed, step) = proposal.ok_or_else(Refusal::missing)?;
    let (reason, facts) = words(step);
    let details = details_of(step);
    let now = moment(cx.now());
    let stage = stage(cx, action, &entries);
    let asked = cx.ledger().read(|log| judge::ask(log.fold(), action, now));
    let missing = asked.filter(|_| matches!(stage, Stage::Proposed(_))).map(|asked| asked.missing());
    Ok(Action {
        action,
        proposal: step.statement.clone(),
        index: placed.index,
        proposed: Millis(placed.entry.time.0),
        reason,
        facts,
        details,
        document: step.document.clone(),
        steps: steps(cx, &entries),
        missing,
        stage,
        in_force: entries.iter().find_map(|placed| match &placed.entry.record {
            Record::InForce(in_force) => Some((placed.clone(), in_force.as_ref().clone())),
            _ => None,
        }),
    })
}

/// Why an action was proposed, and on what it rests.
pub fn words(step: &SignedStep) -> (Option<Reason>, Option<String>) {
    let Some(Opened::Here(words)) = &step.words else { return (None, None) };
    (words.reason(), details::read(&words.facts.bytes).map(|(prose, _)| prose))
}

fn details_of(step: &SignedStep) -> Option<Details> {
    let Some(Opened::Here(words)) = &step.words else { return None };
    details::read(&words.facts.bytes)?.1
}

fn steps(cx: &Context, entries: &[Placed]) -> Vec<StepTaken> {
    let signed = entries.iter().filter_map(|placed| match &placed.entry.record {
        Record::Step(step) => Some((placed, &step.statement)),
        _ => None,
    });
    let taken = |(placed, statement): (&Placed, &Statement)| StepTaken {
        verb: statement.step,
        person: cx.ledger().read(|log| log.fold().key(&statement.signer).map(|held| held.key.person)),
        key: statement.signer,
        at: Millis(placed.entry.time.0),
        index: placed.index,
    };
    signed.map(taken).collect()
}

fn stage(cx: &Context, action: ActionId, entries: &[Placed]) -> Stage {
    let open = cx.ledger().read(|log| {
        let case = log.fold().case(action)?;
        let now = moment(cx.now());
        let deadline = kw_staff::step::clock::deadline(case);
        if now > deadline {
            // Closed by being read, as every effect is; the entry follows.
            return Some(Stage::Over(Turn::Expired, Millis(deadline.0)));
        }
        Some(match case.state {
            State::Proposed => Stage::Proposed(Millis(deadline.0)),
            State::Scheduled { from, by_itself } => Stage::Scheduled { from: Millis(from.0), by_itself },
        })
    });
    let now = moment(cx.now());
    let lasting = cx.ledger().read(|log| log.fold().force(action).map(|force| (force.holds_at(now), force.ends)));
    let newest = entries.iter().rev().find_map(|placed| match &placed.entry.record {
        Record::Outcome(outcome) if outcome.turn != Turn::Scheduled && outcome.turn != Turn::Confirmed => {
            Some(Stage::Over(outcome.turn, Millis(placed.entry.time.0)))
        }
        Record::InForce(_) => Some(match lasting {
            Some((true, ends)) => Stage::InForce(ends.map(|ends| Millis(ends.0))),
            Some((false, Some(ends))) => Stage::Over(Turn::Lapsed, Millis(ends.0)),
            _ => Stage::Done(Millis(placed.entry.time.0)),
        }),
        _ => None,
    });
    open.or(newest).unwrap_or(Stage::Over(Turn::Expired, cx.now()))
}
