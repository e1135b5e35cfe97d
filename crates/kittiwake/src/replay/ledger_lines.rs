//! What the ledger shows, a line an entry, for colleagues: who signed what, what took effect, what was refused.

use kw_app::context::Context;
use kw_app::failure::Failure;
use kw_app::ledger::log::Log;
use kw_app::ledger::read::load;
use kw_app::staff::roster::name_of;
use kw_staff::entry::Record;
use kw_staff::person::{KeyId, PersonId};
use serde::Serialize;

/// An entry in a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Its index.
    pub entry: u64,
    /// What it says.
    pub says: String,
    /// Whether it records a step that was refused.
    pub is_refusal: bool,
}

/// How many entries there are.
pub fn size(cx: &Context) -> u64 {
    cx.ledger().read(Log::size)
}

/// The entries from `first` on that staff made: starts and daily counts are left out.
pub async fn since(cx: &Context, first: u64) -> Result<Vec<Line>, Failure> {
    let indexes: Vec<u64> = (first..size(cx)).collect();
    let mut lines = Vec::new();
    for placed in load(cx, &indexes).await? {
        let is_refusal = matches!(placed.entry.record, Record::RefusedStep(_) | Record::Attempt(_));
        if let Some(says) = says(cx, &placed.entry.record).await? {
            lines.push(Line { entry: placed.index, says, is_refusal });
        }
    }
    Ok(lines)
}

async fn says(cx: &Context, record: &Record) -> Result<Option<String>, Failure> {
    Ok(match record {
        Record::Founded(founding) if founding.made_up_floor.is_some() => {
            Some("founded, on rules that were made up for a play".to_owned())
        }
        Record::Founded(_) => Some("founded".to_owned()),
        Record::Step(step) => {
            let who = name(cx, &step.statement.signer).await?;
            let verb = format!("{:?}", step.statement.step).to_lowercase();
            Some(format!("{who} signed: {verb} {}", words(step.statement.power.word())))
        }
        Record::RefusedStep(refused) => {
            let who = name(cx, &refused.step.statement.signer).await?;
            Some(format!("refused: {who}, {} ({})", words(refused.step.statement.power.word()), words(&refused.code)))
        }
        Record::Attempt(attempt) => {
            let who = name_of(cx, attempt.person).await?;
            Some(format!("refused unsigned: {who}, {} ({})", words(attempt.power.word()), words(&attempt.code)))
        }
        Record::InForce(in_force) => {
            let people = in_force.signers.len();
            let plural = if people == 1 { "one person" } else { "people" };
            let count = if people == 1 { String::new() } else { format!("{people} ") };
            Some(format!("in force: {}, signed by {count}{plural}", words(in_force.power.word())))
        }
        Record::Outcome(outcome) => Some(format!("{}: {}", outcome.turn.kind().word(), words(outcome.power.word()))),
        Record::TierRose(rise) => Some(format!("the account became {}", rise.tier.word())),
        Record::Started(_) | Record::Census(_) | Record::OwnerState(_) | Record::Erased { .. } => None,
    })
}

fn words(word: &str) -> String {
    word.replace('_', " ")
}

async fn name(cx: &Context, key: &KeyId) -> Result<String, Failure> {
    let person: Option<PersonId> = cx.ledger().read(|log| log.fold().key(key).map(|held| held.key.person));
    match person {
        Some(person) => name_of(cx, person).await,
        None => Ok("somebody unknown".to_owned()),
    }
}
