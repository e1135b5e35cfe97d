//! What the founding and the policy entries say about the house.

use std::sync::Arc;

use crate::assertion::RelyingParty;
use crate::policy::Policy;
use crate::refusal::Refusal;

/// The house: where its ledger is, and what its policy says.
#[derive(Debug, Clone)]
pub struct House {
    /// SHA-256 of entry 0's leaf.
    pub founding: [u8; 32],
    /// The ledger's origin line.
    pub origin: String,
    /// The ledger's public key, as in its vkey.
    pub log_key: String,
    /// The site for which the passkeys are made.
    pub relying_party: RelyingParty,
    /// A floor that is not the program's own.
    pub made_up_floor: Option<String>,
    /// The vkeys of the first witnesses.
    pub witnesses: Vec<String>,
    /// The policy in force, as text.
    pub policy_text: String,
    /// The policy in force.
    pub policy: Arc<Policy>,
    /// Its hash.
    pub policy_hash: [u8; 32],
    /// Index of the entry that put it in force.
    pub policy_index: u64,
}

impl House {
    /// Reads a policy on this house's floor.
    pub(crate) fn read_policy(made_up_floor: Option<&str>, text: &str) -> Result<Policy, Refusal> {
        match made_up_floor {
            Some(floor) => Policy::with_made_up_floor(text.as_bytes(), floor),
            None => Policy::parse(text.as_bytes()),
        }
    }
}

impl PartialEq for House {
    /// The policy is what its text says.
    fn eq(&self, other: &Self) -> bool {
        let all = |house: &Self| {
            (
                house.founding,
                house.origin.clone(),
                house.log_key.clone(),
                house.relying_party.clone(),
                house.made_up_floor.clone(),
                house.witnesses.clone(),
                house.policy_text.clone(),
                house.policy_index,
            )
        };
        all(self) == all(other)
    }
}

impl Eq for House {}
