//! The matrix as data: which power over which tier takes how many people, of which kind, after how long.
//!
//! Derived by asking the policy, so it cannot tell another story than the rules do. A cell is empty when three people (or
//! as many as the house has) with every role and with keys that cannot leave their devices are not enough, however long they wait.

mod words;

use std::collections::BTreeSet;

pub use self::words::markdown;
use super::Policy;
use super::missing::{TeamNeed, Way};
use super::question::{Delay, Mode, Question, Signer, Span};
use super::search::least_demanding;
use crate::person::{PersonId, Role, Team};
use crate::power::{Power, Tier};

/// The house that is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct House {
    /// How it is run.
    pub mode: Mode,
    /// Live people.
    pub live: u32,
    /// Their teams.
    pub live_teams: u32,
}

/// What a power over a tier takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// How many people, whoever proposes included.
    pub people: usize,
    /// Of how many teams.
    pub teams: usize,
    /// Who, without regard to teams: one of these.
    pub ways: Vec<Way>,
    /// How long the house waits before the effect, at least.
    pub delay: Delay,
    /// How long it waits when it is urgent.
    pub delay_when_urgent: Delay,
}

/// One power, for effects of some lengths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The longest of the effects that this row is about; none: it makes no difference.
    pub span: Option<Span>,
    /// By tier: ordinary, notable, protected. None: nobody can.
    pub cells: [Option<Cell>; 3],
}

impl House {
    /// A house that is big enough for every rule.
    pub const LARGE: Self = Self { mode: Mode::Team, live: 9, live_teams: 3 };
    /// A house that one person was founded for and runs.
    pub const SOLO: Self = Self { mode: Mode::Solo, live: 1, live_teams: 1 };
}

/// The rows of `power` in `house`, shortest effects first. Lengths that make no difference share a row.
pub fn rows(policy: &Policy, house: House, power: Power) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for span in Span::ALL {
        let cells =
            [Tier::Ordinary, Tier::Notable, Tier::Protected].map(|tier| cell(policy, house, power, tier, *span));
        match rows.last_mut() {
            Some(last) if last.cells == cells => last.span = Some(*span),
            _ => rows.push(Row { span: Some(*span), cells }),
        }
    }
    if let [only] = rows.as_mut_slice() {
        only.span = None;
    }
    rows
}

/// What `power` over `tier` takes in `house` for an effect of this length. Of a house that one person runs, that person.
pub fn cell(policy: &Policy, house: House, power: Power, tier: Tier, span: Span) -> Option<Cell> {
    // Answers are remembered by question: one word where the rules do not look spares most of them.
    let span = if policy.speaks_of(power, tier, "context.span") { span } else { Span::Endless };
    let asked = |delay, urgent| question(house, (power, tier), span, (delay, urgent));
    let (delay, delay_when_urgent) = (least_delay(policy, &asked, false)?, least_delay(policy, &asked, true)?);
    let ways: Vec<Way> = policy.missing(&asked(delay, false), &[]).ways.into_iter().map(described).collect();
    let teams = ways.iter().map(teams).min()?;
    let ways = least_demanding(ways.into_iter().map(without_teams).collect());
    Some(Cell { people: ways.first()?.len(), teams, ways, delay, delay_when_urgent })
}

/// Whether some people of `house` could put another policy in the place of this one. One that nobody can replace is for ever.
pub fn can_be_replaced(policy: &Policy, house: House) -> bool {
    let asked = |delay, urgent| question(house, (Power::Policy, Tier::Protected), Span::Endless, (delay, urgent));
    least_delay(policy, &asked, false).is_some()
}

/// The shortest delay at which people with every role are enough.
fn least_delay(policy: &Policy, asked: &dyn Fn(Delay, bool) -> Question, urgent: bool) -> Option<Delay> {
    let is_enough = |delay: &Delay| {
        let asked = asked(*delay, urgent);
        policy.permits(&Question { signers: crowd(asked.live.min(3), asked.live_teams), ..asked })
    };
    Delay::ALL.iter().copied().find(is_enough)
}

fn question(house: House, over: (Power, Tier), span: Span, (delay, urgent): (Delay, bool)) -> Question {
    let House { mode, live, live_teams } = house;
    let ((power, tier), undo_needs, extra, signers) = (over, 1, 0, Vec::new());
    Question { power, tier, span, delay, urgent, undo_needs, mode, live, live_teams, extra, signers }
}

fn described(way: Vec<super::missing::Offer>) -> Way {
    way.into_iter().map(|offer| offer.addition).collect()
}

/// People with every role but an auditor's, of as many teams as there are.
fn crowd(people: u32, teams: u32) -> Vec<Signer> {
    let roles: BTreeSet<_> = Role::ALL.iter().copied().filter(|role| *role != Role::Auditor).collect();
    let member = |number: u32| Signer {
        person: PersonId(number),
        roles: roles.clone(),
        team: Team::new(&format!("team-{}", number % teams.max(1)))
            .expect("it is made of letters, digits and a hyphen"),
        powers_ended: false,
        device_bound: true,
    };
    (1..=people).map(member).collect()
}

/// How many teams a way needs.
fn teams(way: &Way) -> usize {
    let others = way.iter().filter(|addition| addition.team == TeamNeed::Other).count();
    others + usize::from(others < way.len())
}

fn without_teams(mut way: Way) -> Way {
    for addition in &mut way {
        addition.team = TeamNeed::Any;
    }
    way
}
