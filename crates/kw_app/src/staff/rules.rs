//! The rules that are in force, as everybody may read them: the policy's own answers, arranged as a table.

use std::collections::BTreeSet;
use std::sync::Arc;

use kw_domain::time::Millis;
use kw_staff::person::Role;
use kw_staff::policy::Policy;
use kw_staff::policy::question::{Delay, Mode, Span};
use kw_staff::policy::table::{Cell, House, Row, cell, rows};
use kw_staff::power::{Power, Tier};
use kw_staff::step::{Thresholds, clock};
use tokio::sync::Mutex;

use crate::context::Context;
use crate::failure::Failure;
use crate::ledger::read::load as load_entries;
use crate::ledger::watch;
use crate::staff::house::moment;

/// What is in force.
#[derive(Debug, Clone)]
pub struct Rules {
    /// One row for each power, or for each length of its effect that makes a difference.
    pub rows: Vec<Rule>,
    /// How the server is run.
    pub mode: Mode,
    /// The policy's hash.
    pub policy: [u8; 32],
    /// Since when it is in force.
    pub since: Millis,
    /// How many watch from outside.
    pub watchers: u64,
}

/// Who must agree to a power.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The power.
    pub power: Power,
    /// For effects that last so long at most; none where length does not matter.
    pub at_most: Option<Most>,
    /// For ordinary, notable and protected accounts; none where nobody can.
    pub needs: [Option<Needs>; 3],
    /// How long signatures count, in milliseconds, where more than one is asked for.
    pub counts_ms: Option<u64>,
}

/// How long an effect lasts at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Most {
    /// So many milliseconds.
    Lasting(u64),
    /// Without end.
    Endless,
}

/// Who must agree, in one tier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needs {
    /// How many people, the proposer included.
    pub people: usize,
    /// Of how many teams at least.
    pub teams: usize,
    /// One of them has one of these roles; empty where everybody who decides will do.
    pub roles: BTreeSet<Role>,
    /// That one's key cannot leave its device.
    pub fixed_key: bool,
    /// How long it waits before it takes effect, in milliseconds.
    pub waits_ms: u64,
    /// How long it waits when it is said to be urgent, in milliseconds.
    pub waits_urgently_ms: u64,
}

/// From how many followers an account is notable, and from how many protected.
pub const THRESHOLDS: (u64, u64) = (Thresholds::NOTABLE_MAX, Thresholds::PROTECTED_MAX);

/// The roles that decide.
const DECIDING: [Role; 3] = [Role::Moderator, Role::TrustLead, Role::Security];

/// The rules for the people who are there now; none before staff were founded.
pub async fn load(cx: &Context) -> Result<Option<Rules>, Failure> {
    let now = moment(cx.now());
    let found = cx.ledger().read(|log| {
        let fold = log.fold();
        let house = fold.house()?;
        Some((house.policy.clone(), house.policy_hash, house.policy_index, fold.people_here(now)))
    });
    let Some((policy, hash, index, staff)) = found else { return Ok(None) };
    let since = load_entries(cx, &[index]).await?.pop().map_or(Millis(0), |placed| Millis(placed.entry.time.0));
    let rows = ask(cx, policy, staff).await?;
    Ok(Some(Rules { rows, mode: staff.mode, policy: hash, since, watchers: watch::watchers(cx) }))
}

/// What the policy answered last, with what it was asked about. Asking takes seconds, so that it is done once for each policy
/// and number of people, and whoever else asks meanwhile waits for the same answer.
#[derive(Debug, Default)]
pub struct Remembered(Mutex<Option<(Asked, Vec<Rule>)>>);

/// A policy's hash, and the house it was asked for.
type Asked = ([u8; 32], House);

async fn ask(cx: &Context, policy: Arc<Policy>, house: House) -> Result<Vec<Rule>, Failure> {
    let asked = (policy.hash(), house);
    let mut remembered = cx.ledger().rules().0.lock().await;
    if let Some((_, rules)) = remembered.as_ref().filter(|(known, _)| *known == asked) {
        return Ok(rules.clone());
    }
    let all = move || {
        let of_power = |power: &Power| {
            let power = *power;
            rows_of(&policy, house, power).into_iter().map(move |row| rule(power, row))
        };
        Power::ALL.iter().flat_map(of_power).collect()
    };
    let rules: Vec<Rule> =
        tokio::task::spawn_blocking(all).await.map_err(|error| Failure::Outside(error.to_string()))?;
    *remembered = Some((asked, rules.clone()));
    Ok(rules)
}

/// What is over the house has no tiers and no lengths.
fn rows_of(policy: &Policy, house: House, power: Power) -> Vec<Row> {
    if power.is_over_accounts() {
        let mut rows = rows(policy, house, power);
        // That longer ones are nobody's goes without a row of its own, unless nobody can do any of it.
        while rows.len() > 1 && rows.last().is_some_and(|row| row.cells.iter().all(Option::is_none)) {
            rows.pop();
        }
        return rows;
    }
    let only: Option<Cell> = cell(policy, house, power, Tier::Protected, Span::Endless);
    vec![Row { span: None, cells: [only.clone(), only.clone(), only] }]
}

fn rule(power: Power, row: Row) -> Rule {
    let cells: Vec<&Cell> = row.cells.iter().flatten().collect();
    let takes_several = cells.iter().any(|cell| cell.people > 1);
    let at_most = match power {
        Power::StepUp => Some(Most::Lasting(clock::STEP_UP_MS)),
        Power::BreakGlass => Some(Most::Lasting(clock::BREAK_GLASS_MS)),
        _ => row.span.map(most),
    };
    Rule {
        power,
        at_most,
        counts_ms: takes_several.then(|| clock::approval_ms(power)),
        needs: row.cells.map(|cell| cell.as_ref().map(needs)),
    }
}

fn needs(cell: &Cell) -> Needs {
    let additions = || cell.ways.iter().flatten();
    let is_special = |roles: &BTreeSet<Role>| !roles.is_empty() && !DECIDING.iter().all(|role| roles.contains(role));
    let special = additions().filter(|addition| is_special(&addition.roles));
    Needs {
        people: cell.people,
        teams: cell.teams,
        roles: special.flat_map(|addition| addition.roles.iter().copied()).collect(),
        fixed_key: additions().any(|addition| addition.device_bound),
        waits_ms: delay_ms(cell.delay),
        waits_urgently_ms: delay_ms(cell.delay_when_urgent),
    }
}

const fn most(span: Span) -> Most {
    match span {
        Span::Day => Most::Lasting(Millis::DAY),
        Span::ThreeDays => Most::Lasting(3 * Millis::DAY),
        Span::Week => Most::Lasting(7 * Millis::DAY),
        Span::Month => Most::Lasting(30 * Millis::DAY),
        Span::Endless => Most::Endless,
    }
}

const fn delay_ms(delay: Delay) -> u64 {
    match delay {
        Delay::Instant => 0,
        Delay::Day => Millis::DAY,
        Delay::ThreeDays => 3 * Millis::DAY,
        Delay::Week => 7 * Millis::DAY,
        Delay::Month => 30 * Millis::DAY,
    }
}
