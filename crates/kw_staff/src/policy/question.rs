//! What the policy is asked, and by whom an action is signed so far.

use std::collections::BTreeSet;

use crate::person::{PersonId, Role, Team};
use crate::power::{Power, Tier};
use crate::word::words;

words! {
    /// How long an effect lasts, as far as policies tell.
    Span {
        /// At most 24 hours.
        Day = "day",
        /// At most 7 days.
        Week = "week",
        /// At most 30 days.
        Month = "month",
        /// Longer, or without end; also whatever has no end by nature.
        Endless = "endless",
    }
}

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
    /// Who signed. At most eight.
    pub signers: Vec<Signer>,
}
