//! People and questions for tests.

use std::sync::LazyLock;

use super::super::Policy;
use super::super::question::{Delay, Mode, Question, Signer, Span};
use crate::person::{PersonId, Role, Team};
use crate::power::{Power, Tier};

/// The policy that a deployment starts with.
pub(super) static DEFAULT: LazyLock<Policy> =
    LazyLock::new(|| Policy::parse(Policy::default_text().as_bytes()).expect("the default policy can be read"));

/// Somebody with one role and a key that cannot leave its device.
pub(super) fn signer(person: u32, team: &str, role: Role) -> Signer {
    let team = Team::new(team).expect("a plain name");
    Signer { person: PersonId(person), roles: [role].into(), team, powers_ended: false, device_bound: true }
}

/// A week of `power` over `tier`, at once, in a house of nine people and three teams.
pub(super) fn question(power: Power, tier: Tier, signers: &[Signer]) -> Question {
    Question {
        power,
        tier,
        span: Span::Week,
        delay: Delay::Instant,
        urgent: false,
        undo_needs: 1,
        mode: Mode::Team,
        live: 9,
        live_teams: 3,
        extra: 0,
        signers: signers.to_vec(),
    }
}
