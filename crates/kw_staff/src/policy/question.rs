//! What the policy is asked, and by whom an action is signed so far.

use std::collections::BTreeSet;

use crate::person::{PersonId, Role, Team};
use crate::power::{Power, Tier};
use crate::time::Millis;
use crate::word::words;

words! {
    /// How long an effect lasts, as far as policies tell.
    Span {
        /// At most 24 hours.
        Day = "day",
        /// At most 72 hours.
        ThreeDays = "three_days",
        /// At most 7 days.
        Week = "week",
        /// At most 30 days.
        Month = "month",
        /// Longer, or without end; also whatever has no end by nature.
        Endless = "endless",
    }
}

words! {
    /// How long the house waits between the last approval and the effect, publicly, so that somebody can stop it.
    Delay {
        /// Less than 24 hours, or not at all.
        Instant = "instant",
        /// At least 24 hours.
        Day = "day",
        /// At least 72 hours.
        ThreeDays = "three_days",
        /// At least 7 days.
        Week = "week",
        /// At least 30 days.
        Month = "month",
    }
}

impl Span {
    /// The word for an effect of so many milliseconds; none: without end.
    pub const fn of(millis: Option<u64>) -> Self {
        match millis {
            Some(..=Millis::DAY) => Self::Day,
            Some(..=THREE_DAYS) => Self::ThreeDays,
            Some(..=WEEK) => Self::Week,
            Some(..=MONTH) => Self::Month,
            _ => Self::Endless,
        }
    }
}

impl Delay {
    /// The word for a wait of so many milliseconds.
    pub const fn of(millis: u64) -> Self {
        match millis {
            MONTH.. => Self::Month,
            WEEK.. => Self::Week,
            THREE_DAYS.. => Self::ThreeDays,
            Millis::DAY.. => Self::Day,
            _ => Self::Instant,
        }
    }
}

const THREE_DAYS: u64 = 3 * Millis::DAY;
const WEEK: u64 = 7 * Millis::DAY;
const MONTH: u64 = 30 * Millis::DAY;

words! {
    /// How the deployment is run, derived from the roster (staff.md, section 6).
    Mode {
        /// One person was ever founded.
        Solo = "solo",
        /// Two live people.
        Pair = "pair",
        /// Three or more.
        Team = "team",
        /// Fewer than two after there were more.
        Stalled = "stalled",
    }
}

/// A person who signed, as the policy sees them at the moment of judging.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Signer {
    /// Who.
    pub person: PersonId,
    /// Their roles now.
    pub roles: BTreeSet<Role>,
    /// Their team now.
    pub team: Team,
    /// Their powers have ended for the power in question: employment over, key ended, or a hiding or changing power within
    /// 14 days of the last day. Such a signer never counts.
    pub powers_ended: bool,
    /// The key they signed with cannot leave its device.
    pub device_bound: bool,
}

/// What is asked. Everything that can change an answer is in here, so that answers can be remembered.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Question {
    /// The power used.
    pub power: Power,
    /// The tier of its target; of several, the highest. Matters of the house are asked with [`Tier::Protected`].
    pub tier: Tier,
    /// How long the effect lasts.
    pub span: Span,
    /// How long after the last approval it takes effect.
    pub delay: Delay,
    /// Said to be urgent: child safety, danger to life, a hijack under way.
    pub urgent: bool,
    /// How many people the action itself says undoing takes (for `restore`): 1 or 2.
    pub undo_needs: u8,
    /// How the deployment is run.
    pub mode: Mode,
    /// Live people: employed now, with a live key, not only auditors.
    pub live: u32,
    /// Teams of the live people.
    pub live_teams: u32,
    /// People asked for beyond what the policy says (an earlier denial, hiding again within a day, somebody's first day,
    /// speed): whoever they are, different from the others and with powers.
    pub extra: u8,
    /// Who signed, or would. A person with several keys may be here once for each, and counts once.
    pub signers: Vec<Signer>,
}

impl Signer {
    /// Whether they can be asked for beyond what the policy says: powers that have not ended, and more than an auditor's.
    pub fn has_powers(&self) -> bool {
        !self.powers_ended && !self.roles.iter().all(|role| *role == Role::Auditor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_belongs_to_the_shorter_span_and_to_the_longer_delay() {
        let day = Millis::DAY;
        for (millis, span, delay) in [
            (day - 1, Span::Day, Delay::Instant),
            (day, Span::Day, Delay::Day),
            (3 * day, Span::ThreeDays, Delay::ThreeDays),
            (3 * day + 1, Span::Week, Delay::ThreeDays),
            (7 * day, Span::Week, Delay::Week),
            (30 * day, Span::Month, Delay::Month),
            (30 * day + 1, Span::Endless, Delay::Month),
        ] {
            assert_eq!((Span::of(Some(millis)), Delay::of(millis)), (span, delay), "{millis}");
        }
        assert_eq!(Span::of(None), Span::Endless);
    }
}
