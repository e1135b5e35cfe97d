//! Who must agree: the floor in the program, and the policy that the ledger names.
//!
//! Both are Cedar. The [floor](FLOOR) forbids what no deployment may permit and permits the two things that none may forbid
//! (`restore` and `step_up`); the deployment's policy says everything else. Nothing here counts people: policies look at up
//! to three signers in slots, and a question is answered yes when some arrangement of different signers is permitted. What is
//! asked for beyond the policy ([`Question::extra`]) is the one number kept in Rust. Deliberately absent: velocity, clocks,
//! validity, who may read: `step` judges those.

mod arrange;
mod ask;
mod memory;
pub mod missing;
pub mod question;
mod read;
mod search;
pub mod table;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;

use sha2::{Digest, Sha256};

use self::arrange::arrangements;
use self::memory::Memory;
use self::missing::{Missing, Way};
use self::question::{Question, Signer};
pub use self::read::POLICY_BYTES_MAX;
use self::read::Rules;
use crate::power::{Power, Tier};
use crate::refusal::Refusal;

/// What no policy can permit, and what none can forbid. Cedar text.
pub const FLOOR: &str = include_str!("floor.cedar");

/// What a policy can speak of. Cedar's own notation.
pub const SCHEMA: &str = read::SCHEMA;

/// The policy that a deployment starts with. Cedar text.
const DEFAULT: &str = include_str!("default.cedar");

/// A deployment's policy on its floor, ready to be asked.
pub struct Policy {
    hash: [u8; 32],
    floor: [u8; 32],
    rules: BTreeMap<(Power, Tier), Rules>,
    permitted: Memory<Question, bool>,
    ways: Memory<Question, Vec<Way>>,
    completed: Memory<(Question, Vec<Signer>), bool>,
}

impl Policy {
    /// Reads a deployment's policy: Cedar text of at most [`POLICY_BYTES_MAX`] bytes that speaks only of what the
    /// [schema](SCHEMA) knows. The floor is always added.
    pub fn parse(text: &[u8]) -> Result<Self, Refusal> {
        Self::with_made_up_floor(text, FLOOR)
    }

    /// Reads a policy onto a floor that is **not** the one that protects people: for showing how an evening went that had
    /// none. A ledger that was written under it says so, and [`Policy::has_real_floor`] tells.
    pub fn with_made_up_floor(text: &[u8], floor: &str) -> Result<Self, Refusal> {
        let floor_rules = read::layer("floor", floor.as_bytes())?;
        let rules = read::by_cell(&floor_rules, &read::layer("rule", text)?);
        Ok(Self {
            hash: Sha256::digest(text).into(),
            floor: Sha256::digest(floor).into(),
            rules,
            permitted: Memory::new(),
            ways: Memory::new(),
            completed: Memory::new(),
        })
    }

    /// The text of the policy that a deployment starts with.
    pub const fn default_text() -> &'static str {
        DEFAULT
    }

    /// SHA-256 of the deployment's text: its name in statements and leaves.
    pub const fn hash(&self) -> [u8; 32] {
        self.hash
    }

    /// SHA-256 of the floor's text: its version, recorded at founding and at each start.
    pub const fn floor_hash(&self) -> [u8; 32] {
        self.floor
    }

    /// Whether it stands on the floor that is in the program.
    pub fn has_real_floor(&self) -> bool {
        self.floor == <[u8; 32]>::from(Sha256::digest(FLOOR))
    }

    /// Whether those who signed are enough: some one, two or three of them satisfy floor and policy, and beyond those there
    /// are [`Question::extra`] more with powers. A person counts once, whatever their keys.
    pub fn permits(&self, question: &Question) -> bool {
        self.permitted.recall(question.clone(), |question| {
            arrangements(&question.signers).any(|slots| {
                arrange::others_with_powers(&question.signers, &slots) >= usize::from(question.extra)
                    && self.permits_slots(question, &slots)
            })
        })
    }

    /// What is missing until those who signed are enough, and who on `roster` (as they would sign now) could supply it.
    pub fn missing(&self, question: &Question, roster: &[Signer]) -> Missing {
        Missing::on(roster, question, self.ways(question), self.may_begin(question, roster))
    }

    /// Where nobody signed, those who are asked for beyond the policy come on top, whoever they are; so one search answers
    /// for any number of them.
    fn ways(&self, question: &Question) -> Vec<Way> {
        if question.signers.is_empty() && question.extra > 0 {
            let ways = self.ways(&Question { extra: 0, ..question.clone() });
            return search::with_anybody(ways, usize::from(question.extra));
        }
        self.ways.recall(question.clone(), |question| search::ways(self, question))
    }

    /// Whether those who signed, and whoever else is on `roster`, could complete the action at all.
    pub fn may_begin(&self, question: &Question, roster: &[Signer]) -> bool {
        let key = (question.clone(), roster.to_vec());
        self.completed.recall(key, |(question, roster)| missing::can_be_completed(self, question, roster))
    }

    /// Whether a rule about `power` over `tier` speaks of this.
    fn speaks_of(&self, power: Power, tier: Tier, what: &str) -> bool {
        self.rules[&(power, tier)].words.contains(what)
    }

    fn rules_for(&self, question: &Question) -> &Rules {
        &self.rules[&(question.power, question.tier)]
    }

    /// Whether exactly these people, in these slots, satisfy the rules.
    fn permits_slots(&self, question: &Question, slots: &[&Signer]) -> bool {
        self.rules_for(question).permit(&ask::request(question, slots))
    }
}

impl fmt::Debug for Policy {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Policy")
            .field("hash", &crate::hex::encode(&self.hash))
            .field("floor", &crate::hex::encode(&self.floor))
            .finish_non_exhaustive()
    }
}
