//! Clocks of actions: how long a proposal waits, what waits before it takes effect, how long effects may last.

use crate::fold::{Case, State};
use crate::policy::question::Mode;
use crate::power::{Power, Tier};
use crate::statement::Effect;
use crate::time::Millis;

/// After so long a proposal that nobody approved yields to the next.
pub const YIELDS_MS: u64 = 30 * Millis::MINUTE;
/// A break-glass that nobody confirms ends after so long.
pub const BREAK_GLASS_MS: u64 = 15 * Millis::MINUTE;
/// A confirmed break-glass ends after so long at the latest.
pub const CONFIRMED_MS: u64 = Millis::DAY;
/// A step-up lasts so long at most.
pub const STEP_UP_MS: u64 = 30 * Millis::MINUTE;
/// Break-glass and step-up are there for a target once in so long, whoever asks.
pub const BUDGET_MS: u64 = Millis::DAY;
/// Hiding again so soon after staff brought an account back needs one more person.
pub const AGAIN_MS: u64 = Millis::DAY;
/// Solo's other door: what others would have agreed to waits so long in public instead.
pub const SOLO_MS: u64 = 72 * Millis::HOUR;
/// What one person alone may hide at once, in solo mode, lasts so long at most.
pub const SOLO_HIDDEN_MS: u64 = 30 * Millis::DAY;
/// A statement may be appended for so long after it was written at most.
pub const VALID_MS: u64 = Millis::DAY;
/// Beyond its waiting time an action may be left for so long.
pub const EXECUTE_MS: u64 = 7 * Millis::DAY;

/// How long signatures on a proposal count.
pub const fn approval_ms(power: Power) -> u64 {
    if power.hides() || matches!(power, Power::Restore | Power::StepUp) { 2 * Millis::HOUR } else { 24 * Millis::HOUR }
}

/// Until when a case can be completed, or fired.
pub fn deadline(case: &Case) -> Millis {
    match case.state {
        State::Proposed => case.execute_by.min(case.proposed.plus(approval_ms(case.power))),
        State::Scheduled { .. } => case.execute_by,
    }
}

/// How long an action waits once it is complete.
pub fn delay_ms(power: Power, tier: Tier, effect: &Effect, mode: Mode, now: Millis) -> u64 {
    let own = match power {
        Power::RosterWiden | Power::KeyEnrol | Power::Policy => Millis::DAY,
        Power::TierDown | Power::LabelRemove => 7 * Millis::DAY,
        Power::Rename if tier == Tier::Protected => 3 * Millis::DAY,
        Power::TakeDown if tier == Tier::Protected && effect.until.is_none() && !is_urgent(effect) => Millis::DAY,
        _ => 0,
    };
    if mode == Mode::Solo && waits_in_solo(power, tier, effect, now) { own.max(SOLO_MS) } else { own }
}

fn waits_in_solo(power: Power, tier: Tier, effect: &Effect, now: Millis) -> bool {
    let is_long = power.hides() && effect.until.is_none_or(|until| until.since(now) > SOLO_HIDDEN_MS);
    !matches!(power, Power::Restore | Power::StepUp) && (power.is_over_the_house() || tier > Tier::Ordinary || is_long)
}

/// Whether an action says that it cannot wait: child safety, danger to life, a hijack under way.
pub fn is_urgent(effect: &Effect) -> bool {
    effect.parameters.contains_key("urgent")
}
